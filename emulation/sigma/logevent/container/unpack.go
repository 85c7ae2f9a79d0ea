package container

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

var (
	gzipMagic = []byte("\x1f\x8b")
	zipMagic  = []byte("PK\x03\x04")
)

// Archive is a file that can be read at any place, as a zip archive must be.
type Archive interface {
	io.ReaderAt
	// Stat says how large the file is; it fails as that of an os.File does.
	Stat() (fs.FileInfo, error)
}

// Unpack hands out what an input holds under its name: itself, what gzip packed into
// it, or each file of a zip or tar archive. Archive is the input where it is one's file, else
// nil. It fails if the input cannot be read or unpacked, and as each does.
func Unpack(name string, in io.Reader, archive Archive, each func(name string, in io.Reader) error) error {
	return unpack(name, in, archive, maxPacked, each)
}

// maxPacked is how many times an input may be packed.
const maxPacked = 3

func unpack(name string, in io.Reader, archive Archive, left int, each func(name string, in io.Reader) error) error {
	from := bufio.NewReaderSize(in, 64<<10)
	magic, _ := from.Peek(len(zipMagic)) // what is shorter is handed out as it is
	switch {
	case left == 0:
	case bytes.HasPrefix(magic, gzipMagic):
		unpacked, err := gzip.NewReader(from)
		if err != nil {
			return fmt.Errorf("unpack %s: %w", name, err)
		}
		return unpack(strings.TrimSuffix(name, ".gz"), unpacked, nil, left-1, each)
	case bytes.Equal(magic, zipMagic) && archive != nil:
		return unzip(name, archive, each)
	}
	if isTar(from) && left > 0 {
		return untar(name, from, left-1, each)
	}
	return each(name, from)
}

// isTar looks for what the head of a tar archive's first file has in it.
func isTar(from *bufio.Reader) bool {
	const at = 257
	if first, err := from.Peek(1); err != nil || first[0] == '{' || first[0] == '[' || first[0] == '<' {
		return false // which a pipe may begin with, and have no more to say for long
	}
	head, _ := from.Peek(at + len("ustar"))
	return len(head) > at && string(head[at:]) == "ustar"
}

func untar(name string, from io.Reader, left int, each func(name string, in io.Reader) error) error {
	files := tar.NewReader(from)
	for {
		file, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("unpack %s: %w", name, err)
		}
		if file.Typeflag != tar.TypeReg || hidden(file.Name) || describes(file.Name) {
			continue
		}
		if err := unpack(name+"/"+file.Name, files, nil, left, each); err != nil {
			return err
		}
	}
}

func unzip(name string, archive Archive, each func(name string, in io.Reader) error) error {
	about, err := archive.Stat()
	if err != nil {
		return fmt.Errorf("unpack %s: %w", name, err)
	}
	files, err := zip.NewReader(archive, about.Size())
	if err != nil {
		return fmt.Errorf("unpack %s: %w", name, err)
	}
	for _, file := range files.File {
		if !file.Mode().IsRegular() || hidden(file.Name) || describes(file.Name) {
			continue
		}
		if err := unzipOne(name+"/"+file.Name, file, each); err != nil {
			return err
		}
	}
	return nil
}

func unzipOne(name string, file *zip.File, each func(name string, in io.Reader) error) error {
	in, err := file.Open()
	if err != nil {
		return fmt.Errorf("unpack %s: %w", name, err)
	}
	defer in.Close()
	return unpack(name, in, nil, maxPacked-1, each)
}

// Files lists the files of a folder and those below it that may hold events, in the
// order of their names: not hidden ones, nor what only describes others. It fails if
// the folder cannot be read.
func Files(folder *userfile.Folder) ([]string, error) {
	var names []string
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && hidden(name):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && !describes(name):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the folder %s: %w", folder.Name(), err)
	}
	return names, nil
}

func hidden(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/")
}

// describes says that a file is a description, as data sets have it beside recordings.
func describes(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yml", ".yaml", ".md":
		return true
	}
	return false
}

// errEvents ends the search: there is a file of events.
var errEvents = errors.New("holds events")

// HoldsRules reports whether a folder or zip archive is one of rules rather than of
// events: it has a file of YAML and none that may hold events.
func HoldsRules(in fs.FS) bool {
	rules := false
	err := fs.WalkDir(in, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name != "." && hidden(name) {
			return nil // what cannot be read is told when it is read
		}
		switch strings.ToLower(path.Ext(name)) {
		case ".yml", ".yaml":
			rules = true
		case ".evtx", ".json", ".jsonl", ".ndjson", ".xml", ".csv", ".log", ".gz", ".raw":
			return errEvents
		}
		return nil
	})
	return rules && err == nil
}
