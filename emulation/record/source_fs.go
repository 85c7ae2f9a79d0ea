package record

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// SourceFS has the scenario files of a recording under the names by which they were
// read, and the folders that they were in, so that Head.Paths can be read from it
// as they were then. Names are not held to be valid in the sense of io/fs, as
// they were not when they were read. It fails as Sources does.
func (r *Recording) SourceFS() (fs.FS, error) {
	sources, err := r.Sources()
	if err != nil {
		return nil, err
	}
	files := Files{}
	for _, source := range sources {
		files[source.Name] = source.Content
	}
	return files, nil
}

// Files are files in memory under the names by which they are read, which are not
// held to be valid in the sense of io/fs.
type Files map[string][]byte

// Open opens a file, or a folder that one of them is in. It fails with an error that
// wraps fs.ErrNotExist if there is neither.
func (f Files) Open(name string) (fs.File, error) {
	if content, ok := f[name]; ok {
		return &sourceFile{sourceInfo: sourceInfo{path.Base(name), int64(len(content)), 0o444}, Reader: bytes.NewReader(content)}, nil
	}
	var entries []fs.DirEntry
	below := map[string]bool{}
	for file, content := range f {
		inside, ok := relative(path.Clean(name), path.Clean(file))
		folder, _, deeper := strings.Cut(inside, "/")
		switch {
		case !ok:
		case !deeper:
			entries = append(entries, fs.FileInfoToDirEntry(sourceInfo{path.Base(file), int64(len(content)), 0o444}))
		case !below[folder]:
			below[folder] = true
			entries = append(entries, fs.FileInfoToDirEntry(sourceInfo{folder, 0, fs.ModeDir | 0o555}))
		}
	}
	if len(entries) == 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return &sourceListing{sourceInfo{path.Base(name), 0, fs.ModeDir | 0o555}, entries}, nil
}

// relative is the path of a file from a folder on. ok is false for one that is not in it.
func relative(folder, file string) (inside string, ok bool) {
	if folder == "." {
		return file, !path.IsAbs(file) && file != ".." && !strings.HasPrefix(file, "../")
	}
	return strings.CutPrefix(file, strings.TrimSuffix(folder, "/")+"/")
}

type sourceInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i sourceInfo) Name() string       { return i.name }
func (i sourceInfo) Size() int64        { return i.size }
func (i sourceInfo) Mode() fs.FileMode  { return i.mode }
func (i sourceInfo) ModTime() time.Time { return time.Time{} }
func (i sourceInfo) IsDir() bool        { return i.mode.IsDir() }
func (i sourceInfo) Sys() any           { return nil }

type sourceFile struct {
	sourceInfo
	*bytes.Reader
}

func (f *sourceFile) Size() int64                { return f.sourceInfo.size }
func (f *sourceFile) Stat() (fs.FileInfo, error) { return f.sourceInfo, nil }
func (f *sourceFile) Close() error               { return nil }

type sourceListing struct {
	sourceInfo
	left []fs.DirEntry
}

func (f *sourceListing) Stat() (fs.FileInfo, error) { return f.sourceInfo, nil }
func (f *sourceListing) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
}
func (f *sourceListing) Close() error { return nil }

func (f *sourceListing) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.left)
	} else if len(f.left) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.left))
	entries := f.left[:n]
	f.left = f.left[n:]
	return entries, nil
}
