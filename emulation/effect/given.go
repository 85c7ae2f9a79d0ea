package effect

import "fmt"

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
	switch {
	case g.Gone:
		return on(tree, "remove", g.Path, tree.disk().RemoveAll)
	case g.Folder:
		return on(tree, "make folder", g.Path, func(real string) error { return tree.disk().MkdirAll(real, 0o755) })
	}
	return put(tree, g.Path, g.Content, 0o755, g.Add)
}
