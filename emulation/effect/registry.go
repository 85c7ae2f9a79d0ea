package effect

import "github.com/ringer-lab/ringer/emulation/artifact"

// SetValue sets a registry value; the key is made if it is missing.
type SetValue struct {
	Key   string         `json:"key"`  // such as `HKLM\SOFTWARE\…`
	Name  string         `json:"name"` // empty is the unnamed value
	Value artifact.Value `json:"value"`
}

func (SetValue) Kind() string        { return "set_value" }
func (s SetValue) Touches() []string { return []string{s.path()} }
func (s SetValue) String() string    { return "set " + s.path() + " to " + s.Value.Data }
func (s SetValue) path() string      { return artifact.ValuePath(s.Key, s.Name) }

// Perform writes the file that stands for the value. It returns an error for a
// path that [Tree.Locate] refuses, and where the file cannot be written.
func (s SetValue) Perform(in Executor) error {
	return writeFile(in.Tree, s.path(), s.Value.Encode(), 0o644, false)
}

// Traces is the value's file.
func (s SetValue) Traces() []Trace { return []Trace{{Kind: TraceOverwrite, Path: s.path()}} }

// DeleteValue deletes a registry value.
type DeleteValue struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

func (DeleteValue) Kind() string        { return "delete_value" }
func (d DeleteValue) Touches() []string { return []string{artifact.ValuePath(d.Key, d.Name)} }
func (d DeleteValue) String() string    { return "delete " + artifact.ValuePath(d.Key, d.Name) }

// Perform fails where there is no such value.
func (d DeleteValue) Perform(in Executor) error {
	return withRealPath(in.Tree, "delete", artifact.ValuePath(d.Key, d.Name), in.Tree.disk().Remove)
}

// Traces is the deletion of the value's file.
func (d DeleteValue) Traces() []Trace {
	return []Trace{{Kind: TraceRemove, Path: artifact.ValuePath(d.Key, d.Name)}}
}

// DeleteKey deletes a registry key with all below it.
type DeleteKey struct {
	Key string `json:"key"`
}

func (DeleteKey) Kind() string        { return "delete_key" }
func (d DeleteKey) Touches() []string { return []string{d.Key} }
func (d DeleteKey) String() string    { return "delete key " + d.Key }

// Perform fails where there is no such key.
func (d DeleteKey) Perform(in Executor) error {
	return withRealPath(in.Tree, "delete key", d.Key, func(real string) error {
		if _, err := in.Tree.disk().Lstat(real); err != nil {
			return err
		}
		return in.Tree.disk().RemoveAll(real)
	})
}

// Traces is the deletion of all below the key and of itself.
func (d DeleteKey) Traces() []Trace { return []Trace{{Kind: TraceRemoveAll, Path: d.Key}} }
