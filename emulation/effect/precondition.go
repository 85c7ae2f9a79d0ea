package effect

import (
	"fmt"
	"io/fs"
)

// Precondition is a file, a registry value (its content encoded) or, where Folder is
// set, a folder or key that a step finds on the host.
type Precondition struct {
	Path    string `json:"path"`
	Content []byte `json:"content,omitempty"`
	Folder  bool   `json:"folder,omitempty"`
	// Mode are the permission bits; 0 leaves those that there are, which of a new file
	// are 0755.
	Mode fs.FileMode `json:"mode,omitempty"`
	// Append puts the content at the end of a file that is there already.
	Append bool `json:"add,omitempty"`
	// Absent says that there is nothing of that name.
	Absent bool `json:"gone,omitempty"`
}

// ApplyPreconditions makes a host what a plan finds, in the order given. It returns
// an error for the first that cannot be met.
func ApplyPreconditions(tree Tree, preconditions []Precondition) error {
	for _, g := range preconditions {
		if err := g.apply(tree); err != nil {
			return fmt.Errorf("apply preconditions: %w", err)
		}
	}
	return nil
}

func (g Precondition) apply(tree Tree) error {
	err := withRealPath(tree, "clear the path of", g.Path, func(real string) error { return clearPath(tree, real, g.Folder) })
	if err != nil {
		return err
	}
	switch {
	case g.Absent:
		return withRealPath(tree, "remove", g.Path, tree.disk().RemoveAll)
	case g.Folder:
		err = withRealPath(tree, "make folder", g.Path, func(real string) error { return tree.disk().MkdirAll(real, 0o755) })
	default:
		err = writeFile(tree, g.Path, g.Content, 0o755, g.Append)
	}
	if err != nil || g.Mode == 0 {
		return err
	}
	return withRealFile(tree, "set mode of", g.Path, func(real string) error { return tree.disk().Chmod(real, g.Mode) })
}

// clearPath removes a file that stands where a folder has to be, and a folder that
// stands where a file has to: on Windows a key and a value may have one name.
func clearPath(tree Tree, real string, folder bool) error {
	disk := tree.disk()
	if stat, err := disk.Lstat(real); err == nil && stat.IsDir() != folder {
		return disk.RemoveAll(real)
	}
	for parent := folderOf(real); parent != "/" && parent != tree.Root; parent = folderOf(parent) {
		if stat, err := disk.Lstat(parent); err == nil && !stat.IsDir() {
			return disk.Remove(parent)
		}
	}
	return nil
}
