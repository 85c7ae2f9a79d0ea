package importer

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// The limits of what is read. The largest file of the public corpora has 850 KB, and
// the largest corpus 350 files.
const (
	maxFile  = 8 << 20
	maxFiles = 5000
	maxBytes = 256 << 20
)

// ReadFolder reads the files below a folder whose names end as the format's. It fails
// if one cannot be read, is too large, or if there are too many; hidden folders are left
// out.
func (f Format) ReadFolder(folder fs.FS) ([]File, error) {
	var files []File
	total := 0
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(path.Base(name), "."):
			return fs.SkipDir
		case entry.IsDir() || !f.takes(name):
			return nil
		case len(files) == maxFiles:
			return fmt.Errorf("the folder has more than %d files to read: name one below it", maxFiles)
		}
		text, err := userfile.ReadFS(folder, name, maxFile)
		if errors.Is(err, userfile.ErrNotRegular) || errors.Is(err, userfile.ErrLeadsOut) {
			return nil // a link out of the folder is none of its files
		}
		if err != nil {
			return err
		}
		if total += len(text); total > maxBytes {
			return fmt.Errorf("the folder has more than %d MiB to read: name one below it", maxBytes>>20)
		}
		files = append(files, File{name, text})
		return nil
	})
	return files, err
}

// ReadFile reads one file. It fails as [userfile.Read] does.
func ReadFile(name string) (File, error) {
	text, err := userfile.Read(name, maxFile)
	return File{name, text}, err
}
