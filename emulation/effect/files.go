package effect

import (
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// Write creates a file, or replaces its content.
type Write struct {
	Path    string      `json:"path"`
	Content []byte      `json:"content"`
	Mode    fs.FileMode `json:"mode,omitempty"` // 0 is 0644
}

func (Write) Kind() string        { return "write" }
func (w Write) Touches() []string { return []string{w.Path} }
func (w Write) String() string    { return fmt.Sprintf("write %s (%d bytes)", w.Path, len(w.Content)) }

// Perform writes the file and makes missing folders above it. It returns an error
// for a path that [Tree.Locate] refuses, and where the file cannot be written.
func (w Write) Perform(in Executor) error {
	return writeFile(in.Tree, w.Path, w.Content, w.Mode, false)
}

// Traces is the file opened for writing.
func (w Write) Traces() []Trace { return []Trace{{Kind: TraceOverwrite, Path: w.Path}} }

// Append adds to the end of a file, which is made if it is missing.
type Append struct {
	Path    string `json:"path"`
	Content []byte `json:"content"`
}

func (Append) Kind() string        { return "append" }
func (a Append) Touches() []string { return []string{a.Path} }
func (a Append) String() string    { return fmt.Sprintf("append %d bytes to %s", len(a.Content), a.Path) }

// Perform adds the content. It returns an error for a path that [Tree.Locate]
// refuses, and where the file cannot be written.
func (a Append) Perform(in Executor) error { return writeFile(in.Tree, a.Path, a.Content, 0, true) }

// Traces is the file opened to be extended.
func (a Append) Traces() []Trace { return []Trace{{Kind: TraceAppend, Path: a.Path}} }

// Copy copies one file.
type Copy struct {
	From string `json:"from"`
	To   string `json:"to"`
	// KeepTimes gives the copy its source's times.
	KeepTimes bool `json:"keep_times,omitempty"`
}

func (Copy) Kind() string        { return "copy" }
func (c Copy) Touches() []string { return []string{c.To} }
func (c Copy) String() string    { return "copy " + c.From + " to " + c.To }

// Perform reads the whole source: an asset's files are small. It returns an error
// for a path that [Tree.Locate] refuses, where the source cannot be read, or the
// copy not written.
func (c Copy) Perform(in Executor) error {
	content, stat, err := readFile(in.Tree, c.From)
	if err != nil {
		return err
	}
	if err := writeFile(in.Tree, c.To, content, stat.Mode().Perm(), false); err != nil {
		return err
	}
	if !c.KeepTimes {
		return nil
	}
	return SetTimes{Path: c.To, Like: c.From}.Perform(in)
}

// Traces is the copy, and its times where they are kept: reading leaves nothing.
func (c Copy) Traces() []Trace {
	all := []Trace{{Kind: TraceOverwrite, Path: c.To, From: c.From}}
	if c.KeepTimes {
		all = append(all, Trace{Kind: TraceTimes, Path: c.To})
	}
	return all
}

// Move renames a file. From one of a Linux asset's file systems to another (see
// [Tree.Crosses]) it is a copy with the file's times, and the file deleted, as of mv.
type Move struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func (Move) Kind() string        { return "move" }
func (m Move) Touches() []string { return []string{m.From, m.To} }
func (m Move) String() string    { return "rename " + m.From + " to " + m.To }

// Perform replaces what was at the new name. It returns an error for a path that
// [Tree.Locate] refuses, and where there is no file at the old name.
func (m Move) Perform(in Executor) error {
	if in.Tree.Crosses(m.From, m.To) {
		if err := m.copied().Perform(in); err != nil {
			return err
		}
		return m.removed().Perform(in)
	}
	from, err := in.Tree.Locate(m.From)
	if err != nil {
		return err
	}
	to, err := in.Tree.Locate(m.To)
	if err != nil {
		return err
	}
	return withPlatformPath("rename", m.From, in.Tree.disk().Rename(from, to))
}

// Traces is the new name.
func (m Move) Traces() []Trace { return []Trace{{Kind: TraceRename, Path: m.From, To: m.To}} }

// TracesAcross is what it leaves instead from one file system to another.
func (m Move) TracesAcross() []Trace { return append(m.copied().Traces(), m.removed().Traces()...) }

func (m Move) copied() Copy    { return Copy{From: m.From, To: m.To, KeepTimes: true} }
func (m Move) removed() Remove { return Remove{Path: m.From} }

// Remove deletes one file, or one empty folder.
type Remove struct {
	Path string `json:"path"`
}

func (Remove) Kind() string        { return "remove" }
func (r Remove) Touches() []string { return []string{r.Path} }
func (r Remove) String() string    { return "delete " + r.Path }

// Perform deletes it. It returns an error for a path that [Tree.Locate] refuses,
// where nothing is there, and for a folder that is not empty.
func (r Remove) Perform(in Executor) error {
	return withRealPath(in.Tree, "delete", r.Path, in.Tree.disk().Remove)
}

// Traces is the deletion.
func (r Remove) Traces() []Trace { return []Trace{{Kind: TraceRemove, Path: r.Path}} }

// Truncate empties a file and keeps it.
type Truncate struct {
	Path string `json:"path"`
}

func (Truncate) Kind() string        { return "truncate" }
func (t Truncate) Touches() []string { return []string{t.Path} }
func (t Truncate) String() string    { return "empty " + t.Path }

// Perform empties the file. It returns an error for a path that [Tree.Locate]
// refuses, and where there is no such file.
func (t Truncate) Perform(in Executor) error {
	return withRealFile(in.Tree, "empty", t.Path, func(real string) error { return in.Tree.disk().Truncate(real, 0) })
}

// Traces is the file emptied.
func (t Truncate) Traces() []Trace { return []Trace{{Kind: TraceTruncate, Path: t.Path}} }

// MakeDir makes a folder and those above it.
type MakeDir struct {
	Path string      `json:"path"`
	Mode fs.FileMode `json:"mode,omitempty"` // 0 is 0755
}

func (MakeDir) Kind() string        { return "make_dir" }
func (m MakeDir) Touches() []string { return []string{m.Path} }
func (m MakeDir) String() string    { return "make folder " + m.Path }

// Perform makes what is missing and leaves a folder that exists as it is. It
// returns an error for a path that [Tree.Locate] refuses, and where a file stands
// in the way.
func (m MakeDir) Perform(in Executor) error {
	return withRealFile(in.Tree, "make folder", m.Path, func(real string) error { return in.Tree.disk().MkdirAll(real, m.mode()) })
}

// Traces is the folders made.
func (m MakeDir) Traces() []Trace { return []Trace{{Kind: TraceFolder, Path: m.Path, Mode: m.mode()}} }

func (m MakeDir) mode() fs.FileMode {
	if m.Mode == 0 {
		return 0o755
	}
	return m.Mode
}

// SetMode changes permission bits.
type SetMode struct {
	Path string      `json:"path"`
	Mode fs.FileMode `json:"mode"`
}

func (SetMode) Kind() string        { return "set_mode" }
func (s SetMode) Touches() []string { return []string{s.Path} }
func (s SetMode) String() string    { return fmt.Sprintf("set mode of %s to %04o", s.Path, s.Mode) }

// Perform sets the bits as given. It returns an error for a path that
// [Tree.Locate] refuses, and where nothing is there.
func (s SetMode) Perform(in Executor) error {
	return withRealFile(in.Tree, "set mode of", s.Path, func(real string) error { return in.Tree.disk().Chmod(real, s.Mode) })
}

// Traces is the mode.
func (s SetMode) Traces() []Trace { return []Trace{{Kind: TraceMode, Path: s.Path, Mode: s.Mode}} }

// SymLink makes a symbolic link in place of what is there. The target is text:
// it is not followed, and need not exist.
type SymLink struct {
	Path   string `json:"path"`
	Target string `json:"target"`
}

func (SymLink) Kind() string        { return "symlink" }
func (s SymLink) Touches() []string { return []string{s.Path} }
func (s SymLink) String() string    { return "link " + s.Path + " to " + s.Target }

// Perform replaces a file or link of that name, as `ln -sf` does. It returns an
// error for a path that [Tree.Locate] refuses, and where a folder stands in the
// way.
func (s SymLink) Perform(in Executor) error {
	return withRealPath(in.Tree, "link", s.Path, func(real string) error {
		if err := in.Tree.disk().MkdirAll(folderOf(real), 0o755); err != nil {
			return err
		}
		if err := in.Tree.disk().Remove(real); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return in.Tree.disk().Symlink(s.Target, real)
	})
}

// Traces is the link, the folders on its way and what it replaces.
func (s SymLink) Traces() []Trace {
	return []Trace{{Kind: TraceReplace, Path: s.Path}, {Kind: TraceSymlink, Path: s.Path, To: s.Target}}
}

// SetTimes sets access and modification time, to At or to another file's.
type SetTimes struct {
	Path string    `json:"path"`
	Like string    `json:"like,omitempty"`
	At   time.Time `json:"at,omitzero"`
}

func (SetTimes) Kind() string        { return "set_times" }
func (s SetTimes) Touches() []string { return []string{s.Path} }
func (s SetTimes) String() string {
	if s.Like != "" {
		return "set times of " + s.Path + " to those of " + s.Like
	}
	return "set times of " + s.Path + " to " + s.At.UTC().Format(time.RFC3339)
}

// Perform leaves the change time alone, which no call sets. It returns an error
// for a path that [Tree.Locate] refuses, and where the file, or the one whose
// times it takes, is missing.
func (s SetTimes) Perform(in Executor) error {
	at := s.At
	if s.Like != "" {
		_, stat, err := readFile(in.Tree, s.Like)
		if err != nil {
			return err
		}
		at = stat.ModTime()
	}
	return withRealFile(in.Tree, "set times of", s.Path, func(real string) error { return in.Tree.disk().Chtimes(real, at, at) })
}

// Traces is the times.
func (s SetTimes) Traces() []Trace { return []Trace{{Kind: TraceTimes, Path: s.Path, At: s.At}} }
