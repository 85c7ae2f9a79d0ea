package effect

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// A link is something to make, look at and take away. What it leads to is a place
// of the platform's, which the real file system knows by another name: whoever
// followed it there would come out of the tree. Only the null device is the same
// on both, and what is written to it is lost, as it is to be.

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
