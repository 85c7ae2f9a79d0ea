package effect

import (
	"fmt"
	"strings"
)

// Value is what a registry value holds: a type as the registry names it
// (REG_SZ, REG_EXPAND_SZ, REG_DWORD, REG_BINARY, …) and its data as text; a
// REG_DWORD's is decimal.
type Value struct {
	Type string `json:"type"`
	Data string `json:"data"`
}

// Encode is the content of the file that stands for the value.
func (v Value) Encode() []byte { return []byte(v.Type + "\n" + v.Data) }

// DecodeValue reads what Encode wrote.
func DecodeValue(content []byte) (Value, error) {
	kind, data, ok := strings.Cut(string(content), "\n")
	if !ok || !strings.HasPrefix(kind, "REG_") {
		return Value{}, fmt.Errorf("read registry value: the first line must name a type")
	}
	return Value{Type: kind, Data: data}, nil
}

// DefaultValue is the name of the file that holds a key's unnamed value.
const DefaultValue = "(Default)"

// SetValue sets a registry value; the key is made if it is missing.
type SetValue struct {
	Key   string `json:"key"`  // such as `HKLM\SOFTWARE\…`
	Name  string `json:"name"` // empty is the unnamed value
	Value Value  `json:"value"`
}

func (SetValue) Kind() string        { return "set_value" }
func (s SetValue) Touches() []string { return []string{s.path()} }
func (s SetValue) String() string    { return "set " + s.path() + " to " + s.Value.Data }
func (s SetValue) path() string      { return valuePath(s.Key, s.Name) }

// Perform writes the file that stands for the value.
func (s SetValue) Perform(in Executor) error {
	return writeFile(in.Tree, s.path(), s.Value.Encode(), 0o644, false)
}

// DeleteValue deletes a registry value.
type DeleteValue struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

func (DeleteValue) Kind() string        { return "delete_value" }
func (d DeleteValue) Touches() []string { return []string{valuePath(d.Key, d.Name)} }
func (d DeleteValue) String() string    { return "delete " + valuePath(d.Key, d.Name) }

// Perform fails where there is no such value.
func (d DeleteValue) Perform(in Executor) error {
	return withRealPath(in.Tree, "delete", valuePath(d.Key, d.Name), in.Tree.disk().Remove)
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

// valuePath is the platform path of a value: its key's, a backslash, its name
// (a slash in the name is no folder of ours).
func valuePath(key, name string) string {
	if name == "" {
		name = DefaultValue
	}
	return key + `\` + strings.ReplaceAll(name, `\`, "%5C")
}
