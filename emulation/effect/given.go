package effect

import (
	"fmt"
)

// Given is a file, a registry value (its content encoded) or, where Folder is
// set, a folder or key that a step finds on the host.
type Given struct {
	Path    string `json:"path"`
	Content []byte `json:"content,omitempty"`
	Folder  bool   `json:"folder,omitempty"`
	// Add puts the content at the end of a file that is there already.
	Add bool `json:"add,omitempty"`
	// Gone says that there is nothing of that name.
	Gone bool `json:"gone,omitempty"`
}

// LayOut makes a host so.
func LayOut(tree Tree, given []Given) error {
	for _, one := range given {
		if err := one.layOut(tree); err != nil {
			return fmt.Errorf("lay out: %w", err)
		}
	}
	return nil
}

func (g Given) layOut(tree Tree) error {
	if err := on(tree, "make way for", g.Path, func(real string) error { return makeWay(tree, real, g.Folder) }); err != nil {
		return err
	}
	switch {
	case g.Gone:
		return on(tree, "remove", g.Path, tree.disk().RemoveAll)
	case g.Folder:
		return on(tree, "make folder", g.Path, func(real string) error { return tree.disk().MkdirAll(real, 0o755) })
	}
	return put(tree, g.Path, g.Content, 0o755, g.Add)
}

// makeWay removes a file that stands where a folder has to be, and a folder that
// stands where a file has to: on Windows a key and a value may have one name.
func makeWay(tree Tree, real string, folder bool) error {
	disk := tree.disk()
	if stat, err := disk.Lstat(real); err == nil && stat.IsDir() != folder {
		return disk.RemoveAll(real)
	}
	for parent := folderOf(real); len(parent) > len(tree.Root); parent = folderOf(parent) {
		if stat, err := disk.Lstat(parent); err == nil && !stat.IsDir() {
			return disk.Remove(parent)
		}
	}
	return nil
}
