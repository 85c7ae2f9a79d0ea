package effect

import "fmt"

// Given is a file, a registry value (its content encoded) or, where Folder is
// set, a folder or key that a step finds on the host.
type Given struct {
	Path    string `json:"path"`
	Content []byte `json:"content,omitempty"`
	Folder  bool   `json:"folder,omitempty"`
}

// LayOut puts what is given in its place. What is there already stays.
func LayOut(tree Tree, given []Given) error {
	for _, one := range given {
		if err := one.layOut(tree); err != nil {
			return fmt.Errorf("lay out: %w", err)
		}
	}
	return nil
}

func (g Given) layOut(tree Tree) error {
	if g.Folder {
		return on(tree, "make folder", g.Path, func(real string) error { return tree.disk().MkdirAll(real, 0o755) })
	}
	return on(tree, "write", g.Path, func(real string) error {
		if _, err := tree.disk().Lstat(real); err == nil {
			return nil
		}
		return tree.disk().Put(real, g.Content, 0o755, false)
	})
}
