package sigma

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// MaxFileSize is the most bytes that a file of rules may have.
const MaxFileSize = yamldoc.MaxFileSize

// LoadFS reads every *.yml and *.yaml below the paths of a file system; no
// paths means all of it.
func LoadFS(fsys fs.FS, paths ...string) ([]*Rule, []Problem) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	return newFSLoader(fsys, paths).load()
}

func newFSLoader(fsys fs.FS, paths []string) *loader {
	l := &loader{}
	for _, p := range paths {
		l.addFolder(fsys, p, "")
	}
	l.keepLast()
	return l
}

// LoadPaths reads files and folders on disk, several at a time, and .zip
// archives of rules. A path named as a file is read whatever its name ends in. The
// rules come in the order of the paths, those of a folder or an archive sorted by
// their files' names; a file that several paths lead to comes where the last one does.
func LoadPaths(paths ...string) ([]*Rule, []Problem) {
	l := newLoader(paths)
	defer l.close()
	return l.load()
}

func newLoader(paths []string) *loader {
	l := &loader{}
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			l.reportUnreadable(p, err)
		case info.IsDir():
			folder, err := userfile.OpenFolder(p)
			if err != nil {
				l.reportUnreadable(p, err)
				continue
			}
			l.opened = append(l.opened, folder)
			l.addFolder(folder, ".", p)
		case strings.EqualFold(filepath.Ext(p), ".zip"):
			l.addArchive(p)
		default:
			l.sources = append(l.sources, source{name: p, open: func() (io.ReadCloser, error) { return userfile.Open(p) }})
		}
	}
	l.keepLast()
	return l
}

// Text is a file of rules as it stands. Name is that of its rules' File.
type Text struct {
	Name    string
	Content []byte
}

// Texts reads the files that [LoadPaths] reads, in its order, and parses nothing.
// It fails if one cannot be read.
func Texts(paths ...string) ([]Text, error) {
	l := newLoader(paths)
	defer l.close()
	return l.texts()
}

// TextsFS reads the files that [LoadFS] reads, in its order, and parses nothing.
// It fails if one cannot be read.
func TextsFS(fsys fs.FS, paths ...string) ([]Text, error) { return newFSLoader(fsys, paths).texts() }

// source is a rule file to be read.
type source struct {
	name string
	open func() (io.ReadCloser, error)
}

type loader struct {
	sources  []source
	problems []Problem
	opened   []io.Closer // folders and archives
}

func (l *loader) close() {
	for _, a := range l.opened {
		_ = a.Close() // only read from
	}
}

func (l *loader) reportUnreadable(name string, err error) {
	l.problems = append(l.problems, Problem{File: name, Summary: "File cannot be read", Detail: err.Error()})
}

func isRuleFile(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yml" || ext == ".yaml"
}

// keepLast drops a file that another path leads to later on, so that it counts where it
// was named last.
func (l *loader) keepLast() {
	seen := map[string]bool{}
	var kept []source
	for _, s := range slices.Backward(l.sources) {
		place, err := filepath.Abs(s.name)
		if err != nil {
			place = s.name
		}
		if !seen[place] {
			seen[place] = true
			kept = append(kept, s)
		}
	}
	slices.Reverse(kept)
	l.sources = kept
}

// sortFrom sorts the sources from that one on by name.
func (l *loader) sortFrom(first int) {
	slices.SortStableFunc(l.sources[first:], func(a, b source) int { return cmp.Compare(a.name, b.name) })
}

// addFolder gathers rule files, sorted by name; prefix goes before their names.
func (l *loader) addFolder(fsys fs.FS, root, prefix string) {
	defer l.sortFrom(len(l.sources))
	err := fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			l.reportUnreadable(path.Join(prefix, name), err)
			return nil
		}
		if d.IsDir() || !isRuleFile(name) {
			return nil
		}
		shown := name
		if prefix != "" {
			shown = filepath.Join(prefix, filepath.FromSlash(name))
		}
		l.sources = append(l.sources, source{name: shown, open: func() (io.ReadCloser, error) { return fsys.Open(name) }})
		return nil
	})
	if err != nil {
		l.reportUnreadable(path.Join(prefix, root), err)
	}
}

// addArchive gathers the rule files of a zip archive, sorted by name.
func (l *loader) addArchive(name string) {
	defer l.sortFrom(len(l.sources))
	file, err := userfile.Open(name)
	if err != nil {
		l.reportUnreadable(name, err)
		return
	}
	l.opened = append(l.opened, file)
	about, err := file.Stat()
	if err != nil {
		l.reportUnreadable(name, err)
		return
	}
	z, err := zip.NewReader(file, about.Size())
	if err != nil {
		l.reportUnreadable(name, err)
		return
	}
	for _, f := range z.File {
		if !f.FileInfo().IsDir() && isRuleFile(f.Name) {
			l.sources = append(l.sources, source{name: name + "/" + f.Name, open: func() (io.ReadCloser, error) { return f.Open() }})
		}
	}
}

// load parses all sources in parallel and keeps their order.
func (l *loader) load() ([]*Rule, []Problem) {
	type result struct {
		rules    []*Rule
		problems []Problem
		refused  []string
	}
	results := make([]result, len(l.sources))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(l.sources)) {
		wg.Go(func() {
			var text bytes.Buffer // Parse keeps nothing of it
			for i := range next {
				if err := l.sources[i].read(&text); err != nil {
					results[i].problems = []Problem{{File: l.sources[i].name, Summary: "File cannot be read", Detail: err.Error()}}
					continue
				}
				p := parseFile(l.sources[i].name, text.Bytes())
				results[i] = result{p.rules, p.problems, p.refused}
			}
		})
	}
	for i := range l.sources {
		next <- i
	}
	close(next)
	wg.Wait()
	var rules []*Rule
	var refused []string
	problems := l.problems
	for _, r := range results {
		rules = append(rules, r.rules...)
		problems = append(problems, r.problems...)
		refused = append(refused, r.refused...)
	}
	markCounted(rules, refused)
	return rules, problems
}

// read replaces what the buffer holds by the source's text.
func (s source) read(into *bytes.Buffer) error {
	f, err := s.open()
	if err != nil {
		return err
	}
	defer f.Close()
	into.Reset()
	if _, err := into.ReadFrom(io.LimitReader(f, yamldoc.MaxFileSize+1)); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	return nil
}

func (l *loader) texts() ([]Text, error) {
	if len(l.problems) > 0 {
		return nil, fmt.Errorf("read rules: %s", l.problems[0])
	}
	var texts []Text
	for _, source := range l.sources {
		var text bytes.Buffer
		if err := source.read(&text); err != nil {
			return nil, fmt.Errorf("read rules: %s: %w", source.name, err)
		}
		texts = append(texts, Text{source.name, text.Bytes()})
	}
	return texts, nil
}
