package debian

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"strings"
)

// File is one file of a package. A link has a Link and no Content.
type File struct {
	Mode    fs.FileMode
	Content []byte
	Link    string
}

// Tree holds files by their path, without a slash at its head. Folders follow
// from them.
type Tree map[string]File

// Read lays packages over each other; wanted says which paths to read at all.
// Programs keep no right but to be run: a set-user-id bit is left out. The error is
// [ErrUnavailable] where there is no dpkg-deb, or that a package cannot be read.
func Read(ctx context.Context, packages []string, wanted func(path string) bool) (Tree, error) {
	tree := Tree{}
	for _, file := range packages {
		if err := tree.addPackage(ctx, file, wanted); err != nil {
			return nil, fmt.Errorf("read %s: %w", path.Base(file), err)
		}
	}
	return tree, nil
}

func (t Tree) addPackage(ctx context.Context, deb string, wanted func(path string) bool) error {
	unpack := exec.CommandContext(ctx, "dpkg-deb", "--fsys-tarfile", deb)
	out, err := unpack.StdoutPipe()
	if err != nil {
		return err
	}
	if err := unpack.Start(); err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	readErr := t.addTar(tar.NewReader(out), wanted)
	_, _ = io.Copy(io.Discard, out) // whoever writes shall come to an end
	return errors.Join(readErr, unpack.Wait())
}

func (t Tree) addTar(in *tar.Reader, wanted func(path string) bool) error {
	for {
		head, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(path.Clean("/"+head.Name), "/")
		if !wanted(name) {
			continue
		}
		file := File{Mode: fs.FileMode(head.Mode).Perm()}
		switch head.Typeflag {
		case tar.TypeReg:
			if file.Content, err = io.ReadAll(in); err != nil {
				return err
			}
		case tar.TypeSymlink:
			file.Link = head.Linkname
		case tar.TypeLink:
			file = t[strings.TrimPrefix(path.Clean("/"+head.Linkname), "/")]
		default:
			continue
		}
		t[name] = file
	}
}
