package sigma

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"slices"
)

// Text is a file of rules as it stands. Name is that of its rules' File.
type Text struct {
	Name    string
	Content []byte
}

// Texts reads the files that [LoadPaths] reads, sorted by name, and parses nothing.
// It fails if one cannot be read.
func Texts(paths ...string) ([]Text, error) {
	l := newLoader(paths)
	defer l.close()
	return l.texts()
}

// TextsFS reads the files that [LoadFS] reads, sorted by name, and parses nothing.
// It fails if one cannot be read.
func TextsFS(fsys fs.FS, paths ...string) ([]Text, error) {
	l := &loader{}
	for _, p := range paths {
		l.addFolder(fsys, p, "")
	}
	return l.texts()
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
	slices.SortStableFunc(texts, func(a, b Text) int { return cmp.Compare(a.Name, b.Name) })
	return slices.CompactFunc(texts, func(a, b Text) bool { return a.Name == b.Name }), nil
}
