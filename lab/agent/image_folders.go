//go:build linux

package agent

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// maxSaved is how many bytes the folders of an image may have that can be written to: they
// are kept twice, and an asset's memory is limited.
const maxSaved = 32 << 20

// savedFile is how one path was.
type savedFile struct {
	mode     fs.FileMode
	modified time.Time
	content  []byte
	target   string
}

// savedFolders are all paths of some folders, those included.
type savedFolders map[string]savedFile

// saveFolders reads them. It fails if one cannot be read, or if they have too much.
func saveFolders(folders []string) (savedFolders, error) {
	saved, size := savedFolders{}, 0
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			file, err := saveFile(name)
			if errors.Is(err, fs.ErrNotExist) {
				return nil // the daemon has removed it meanwhile
			}
			if size += len(file.content); size > maxSaved {
				return fmt.Errorf("its writable folders have more than %d MiB, which is the most", maxSaved>>20)
			}
			saved[name] = file
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("save %s: %w", folder, err)
		}
	}
	return saved, nil
}

func saveFile(name string) (savedFile, error) {
	stat, err := os.Lstat(name)
	if err != nil {
		return savedFile{}, err
	}
	file := savedFile{mode: stat.Mode(), modified: stat.ModTime()}
	switch {
	case stat.Mode()&fs.ModeSymlink != 0:
		file.target, err = os.Readlink(name)
	case stat.Mode().IsRegular() && stat.Size() > maxSaved:
		err = fmt.Errorf("%s has more than %d MiB, which is the most", name, maxSaved>>20)
	case stat.Mode().IsRegular():
		file.content, err = os.ReadFile(name)
	}
	return file, err
}

// same reports whether a path is as it was. A folder's time is not looked at.
func (f savedFile) same(other savedFile) bool {
	if f.mode != other.mode || f.target != other.target {
		return false
	}
	return !f.mode.IsRegular() || bytes.Equal(f.content, other.content) && f.modified.Equal(other.modified)
}

// differences are the paths that are otherwise in two.
func (s savedFolders) differences(other savedFolders) []string {
	var all []string
	for name, file := range s {
		if now, ok := other[name]; !ok || !file.same(now) {
			all = append(all, name)
		}
	}
	for name := range other {
		if _, ok := s[name]; !ok {
			all = append(all, name)
		}
	}
	return all
}

// restore puts folders back to how they were saved. A file that is there keeps its inode,
// as a daemon may have it open. It goes on past what cannot be restored and returns all
// errors joined.
func (s savedFolders) restore(folders []string) error {
	now, err := saveFolders(folders)
	if err != nil {
		return err
	}
	var failed []error
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(now))) {
		if was, ok := s[name]; !ok || was.mode.Type() != now[name].mode.Type() {
			failed = append(failed, os.RemoveAll(name))
			delete(now, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if is, ok := now[name]; !ok || !s[name].same(is) {
			failed = append(failed, s[name].put(name))
		}
	}
	return errors.Join(failed...)
}

// put makes a path what it was. What is neither file, folder nor link cannot be made again.
func (f savedFile) put(name string) error {
	switch {
	case f.mode.IsDir():
		return errors.Join(os.MkdirAll(name, 0o755), os.Chmod(name, f.mode.Perm()))
	case f.mode&fs.ModeSymlink != 0:
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return os.Symlink(f.target, name)
	case !f.mode.IsRegular():
		return fmt.Errorf("%s cannot be made again", name)
	}
	if stat, err := os.Lstat(name); err == nil && stat.Mode().Perm()&0o200 == 0 {
		if err := os.Chmod(name, stat.Mode().Perm()|0o200); err != nil {
			return err
		}
	}
	return errors.Join(os.WriteFile(name, f.content, 0o600), os.Chmod(name, f.mode.Perm()), os.Chtimes(name, f.modified, f.modified))
}

// copyFolder copies what is in a folder into another, which is there.
func copyFolder(from, into string) error {
	type made struct {
		name string
		stat fs.FileInfo
	}
	var folders []made
	err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		to := filepath.Join(into, below)
		stat, err := entry.Info()
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir():
			folders = append(folders, made{to, stat})
			return os.MkdirAll(to, 0o755)
		case stat.Mode()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			if err != nil {
				return err
			}
			return os.Symlink(target, to)
		case !stat.Mode().IsRegular():
			return fmt.Errorf("%s must be a file, a folder or a link", below)
		}
		return copyFile(name, to, stat)
	})
	failed := []error{err}
	for _, folder := range slices.Backward(folders) {
		failed = append(failed, os.Chmod(folder.name, folder.stat.Mode().Perm()), os.Chtimes(folder.name, folder.stat.ModTime(), folder.stat.ModTime()))
	}
	return errors.Join(failed...)
}

func copyFile(from, to string, stat fs.FileInfo) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close(), os.Chmod(to, stat.Mode().Perm()), os.Chtimes(to, stat.ModTime(), stat.ModTime()))
}
