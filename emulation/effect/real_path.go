package effect

import (
	"errors"
	"fmt"
	"io/fs"
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

// withPlatformPath names the platform path in place of the real one that the operating
// system's error holds.
func withPlatformPath(verb, path string, err error) error {
	if err == nil {
		return nil
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return fmt.Errorf("%s %s: %w", verb, path, err)
}
