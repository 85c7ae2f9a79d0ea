package effect

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// withRealPath calls do with the real path of a platform path. Its error names the
// platform path.
func withRealPath(tree Tree, verb, path string, do func(real string) error) error {
	real, err := tree.Locate(path)
	if err != nil {
		return err
	}
	return withPlatformPath(verb, path, do(real))
}

// withRealFile is withRealPath for what would follow a link: one that leads out of the
// tree is refused.
func withRealFile(tree Tree, verb, path string, do func(real string) error) error {
	return withRealPath(tree, verb, path, func(real string) error {
		if err := tree.refuseLink(real); err != nil {
			return err
		}
		return do(real)
	})
}

// readFile gives a file's content and what lstat says of it.
func readFile(tree Tree, path string) (content []byte, stat fs.FileInfo, err error) {
	err = withRealFile(tree, "read", path, func(real string) error {
		if stat, err = tree.disk().Lstat(real); err != nil {
			return err
		}
		content, err = tree.disk().ReadFile(real)
		return err
	})
	return content, stat, err
}

// writeFile creates a file or, with add, extends it; mode 0 is 0644.
func writeFile(tree Tree, path string, content []byte, mode fs.FileMode, add bool) error {
	if mode == 0 {
		mode = 0o644
	}
	return withRealFile(tree, "write", path, func(real string) error { return tree.disk().Put(real, content, mode, add) })
}

// withPlatformPath names the platform path in place of the real one in the operating
// system's error.
func withPlatformPath(verb, path string, err error) error {
	if err == nil {
		return nil
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return fmt.Errorf("%s %s: %w", verb, path, err)
}

// A link is something to make, look at and take away. What it leads to is a place
// of the platform's, which the real file system knows by another name, or has for
// itself (/proc): whoever followed it there would come out of the tree. Only the null
// device is the same on both, and what is written to it is lost, as it is to be.

var errLinkOut = errors.New("a link leads away from here")

// LocateFile is [Tree.Locate] for what is done to a file itself: it also returns
// an error for a link to anything but the null device.
func (t Tree) LocateFile(path string) (string, error) {
	real, err := t.Locate(path)
	if err != nil {
		return "", err
	}
	if err := t.refuseLink(real); err != nil {
		return "", fmt.Errorf("locate %q: %w", path, err)
	}
	return real, nil
}

// refuseLink refuses a link to anything but the null device.
func (t Tree) refuseLink(real string) error {
	if !t.isLink(real) {
		return nil
	}
	if target, err := t.disk().Readlink(real); err == nil && target == os.DevNull {
		return nil
	}
	return errLinkOut
}

func (t Tree) isLink(real string) bool {
	stat, err := t.disk().Lstat(real)
	return err == nil && stat.Mode()&fs.ModeSymlink != 0
}

// Real paths are Linux's, also in a ringer for another system, so package path serves
// them and path/filepath does not.

// join is the real path of names below a folder.
func join(names ...string) string { return path.Join(names...) }

// clean is the shortest form of a real path.
func clean(real string) string { return path.Clean(real) }

// child is the real path of a name in a folder, whose own real path is not "/": one name,
// without a slash, which is neither "." nor "..".
func child(folder, name string) string { return folder + "/" + name }

// folderOf is the folder that a real path lies in.
func folderOf(real string) string { return path.Dir(real) }
