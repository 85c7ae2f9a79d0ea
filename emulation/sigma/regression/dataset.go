package regression

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// Load finds the data sets of a file system, sorted by folder.
func Load(fsys fs.FS) ([]DataSet, []sigma.Problem) {
	var sets []DataSet
	var problems []sigma.Problem
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || path.Base(name) != "info.yml" {
			return nil
		}
		set, err := readDataSet(fsys, name)
		if err != nil {
			p := sigma.Problem{File: name, Summary: "Data set cannot be read", Detail: err.Error()}
			if at, ok := errors.AsType[*yamldoc.Error](err); ok {
				p.Line, p.Column = at.Line, at.Col
			}
			problems = append(problems, p)
			return nil
		}
		sets = append(sets, set)
		return nil
	})
	if err != nil {
		problems = append(problems, sigma.Problem{Summary: "Data sets cannot be read", Detail: err.Error()})
	}
	return sets, problems
}

func readDataSet(fsys fs.FS, name string) (DataSet, error) {
	src, err := userfile.ReadFS(fsys, name, yamldoc.MaxFileSize)
	if err != nil {
		return DataSet{}, err
	}
	docs := yamldoc.Documents(src)
	if len(docs) != 1 {
		return DataSet{}, errors.New("expected a single YAML document")
	}
	if docs[0].Err != nil {
		return DataSet{}, docs[0].Err
	}
	root := docs[0].Root
	set := DataSet{Dir: path.Dir(name)}
	if list := root.Get("rule_metadata"); list != nil {
		for _, e := range list.Items {
			if id := e.Get("id"); id != nil {
				set.Rules = append(set.Rules, id.Text)
			}
		}
	}
	if list := root.Get("regression_tests_info"); list != nil {
		for _, e := range list.Items {
			t, err := readTest(fsys, set.Dir, e)
			if err != nil {
				return DataSet{}, err
			}
			set.Tests = append(set.Tests, t)
		}
	}
	if len(set.Tests) == 0 {
		set.Tests = unlisted(fsys, set)
	}
	if len(set.Tests) == 1 && set.Tests[0].File == "" {
		set.Tests[0].File = onlyFile(fsys, set.Dir)
	}
	return set, nil
}

func readTest(fsys fs.FS, dir string, n *yamldoc.Node) (Test, error) {
	text := func(key string) string {
		if v := n.Get(key); v != nil {
			return v.Text
		}
		return ""
	}
	t := Test{Name: text("name"), Type: text("type"), Path: text("path"), Count: 1}
	if v := n.Get("match_count"); v != nil {
		c, err := strconv.Atoi(v.Text)
		if err != nil || c < 0 {
			return t, &yamldoc.Error{Line: v.Line, Col: v.Col, Summary: "Number expected", Detail: fmt.Sprintf("match_count is %q; it must be a number of at least 0", v.Text)}
		}
		t.Count, t.CountGiven = c, true
	}
	base := strings.TrimSuffix(path.Base(t.Path), path.Ext(t.Path))
	t.File = firstFile(fsys, dir, base)
	return t, nil
}

// firstFile finds the readable recording beside the named one: SigmaHQ keeps
// the .evtx and its JSON side by side.
func firstFile(fsys fs.FS, dir, base string) string {
	for _, ext := range recordingExtensions {
		name := path.Join(dir, base+ext)
		if _, err := fs.Stat(fsys, name); err == nil {
			return name
		}
	}
	return ""
}

var recordingExtensions = [...]string{".json", ".jsonl", ".ndjson", ".raw", ".log", ".evtx"}

// onlyFile is the one recording of a folder whose info.yml calls it something
// else, as after a rule got another id.
func onlyFile(fsys fs.FS, dir string) string {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return ""
	}
	only := ""
	for _, entry := range entries {
		if entry.IsDir() || !slices.Contains(recordingExtensions[:], strings.ToLower(path.Ext(entry.Name()))) {
			continue
		}
		if only != "" {
			return ""
		}
		only = path.Join(dir, entry.Name())
	}
	return only
}

// unlisted makes a test of a recording whose entry is commented out.
func unlisted(fsys fs.FS, set DataSet) []Test {
	for _, id := range set.Rules {
		if file := firstFile(fsys, set.Dir, id); file != "" {
			return []Test{{Name: "unlisted", Type: strings.TrimPrefix(path.Ext(file), "."), Path: file, File: file, Count: 1}}
		}
	}
	return nil
}
