package effect

import (
	"errors"
	"fmt"
	"io/fs"
)

// on does one thing to the real path of a persona path.
func on(tree Tree, verb, path string, do func(real string) error) error {
	real, err := tree.Locate(path)
	if err != nil {
		return err
	}
	return plain(verb, path, do(real))
}

// through is on for what a link would be followed by.
func through(tree Tree, verb, path string, do func(real string) error) error {
	return on(tree, verb, path, func(real string) error {
		if err := tree.leadsNowhere(real); err != nil {
			return err
		}
		return do(real)
	})
}

// read gives a file's content and what lstat says of it.
func read(tree Tree, path string) (content []byte, stat fs.FileInfo, err error) {
	err = through(tree, "read", path, func(real string) error {
		if stat, err = tree.disk().Lstat(real); err != nil {
			return err
		}
		content, err = tree.disk().ReadFile(real)
		return err
	})
	return content, stat, err
}

// plain names the persona path in place of the real one that the operating
// system's error holds.
func plain(verb, path string, err error) error {
	if err == nil {
		return nil
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return fmt.Errorf("%s %s: %w", verb, path, err)
}
