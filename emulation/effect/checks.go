package effect

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// ContentIs expects a file with exactly this content.
type ContentIs struct {
	Path    string `json:"path"`
	Content []byte `json:"content"`
}

func (ContentIs) Kind() string     { return "holds" }
func (h ContentIs) String() string { return h.Path + " has the expected content" }

// Verify compares byte for byte. Its error says what was found instead, or why
// the file cannot be read.
func (h ContentIs) Verify(tree Tree) error {
	content, _, err := readFile(tree, h.Path)
	if err == nil && !bytes.Equal(content, h.Content) {
		return fmt.Errorf("%s has other content (%d bytes)", h.Path, len(content))
	}
	return err
}

// EndsWith expects a file whose end is this content.
type EndsWith struct {
	Path    string `json:"path"`
	Content []byte `json:"content"`
}

func (EndsWith) Kind() string     { return "ends_with" }
func (e EndsWith) String() string { return e.Path + " ends with the expected content" }

// Verify compares the end. Its error says what was found instead, or why the file
// cannot be read.
func (e EndsWith) Verify(tree Tree) error {
	content, _, err := readFile(tree, e.Path)
	if err == nil && !bytes.HasSuffix(content, e.Content) {
		return fmt.Errorf("%s has another ending (%d bytes)", e.Path, len(content))
	}
	return err
}

// Gone expects that there is no file of that name.
type Gone struct {
	Path string `json:"path"`
}

func (Gone) Kind() string     { return "gone" }
func (g Gone) String() string { return g.Path + " is gone" }

// Verify looks at the name itself, not at what a link points to. It returns an
// error if something is there, or the path is refused.
func (g Gone) Verify(tree Tree) error {
	return withRealPath(tree, "look at", g.Path, func(real string) error {
		switch _, err := tree.disk().Lstat(real); {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		}
		return errors.New("it exists")
	})
}

// Empty expects a file of no bytes.
type Empty struct {
	Path string `json:"path"`
}

func (Empty) Kind() string     { return "empty" }
func (e Empty) String() string { return e.Path + " exists and is empty" }

// Verify reads the size. Its error says what was found instead, or why the file
// cannot be read.
func (e Empty) Verify(tree Tree) error {
	_, stat, err := readFile(tree, e.Path)
	if err == nil && stat.Size() != 0 {
		return fmt.Errorf("%s has %d bytes", e.Path, stat.Size())
	}
	return err
}

// SameAs expects a file equal to another, content for content.
type SameAs struct {
	Path string `json:"path"`
	As   string `json:"as"`
}

func (SameAs) Kind() string     { return "same_as" }
func (s SameAs) String() string { return s.Path + " equals " + s.As }

// Verify compares both files byte for byte. Its error says what was found
// instead, or why the file cannot be read.
func (s SameAs) Verify(tree Tree) error {
	a, _, err := readFile(tree, s.Path)
	if err != nil {
		return err
	}
	b, _, err := readFile(tree, s.As)
	if err == nil && !bytes.Equal(a, b) {
		return fmt.Errorf("%s differs from %s", s.Path, s.As)
	}
	return err
}

// TimesLike expects a file with a modification time of At, or of another file.
type TimesLike struct {
	Path string    `json:"path"`
	Like string    `json:"like,omitempty"`
	At   time.Time `json:"at,omitzero"`
}

func (TimesLike) Kind() string { return "times_like" }
func (t TimesLike) String() string {
	if t.Like != "" {
		return t.Path + " has the times of " + t.Like
	}
	return t.Path + " has the time " + t.At.UTC().Format(time.RFC3339)
}

// Verify compares to the nanosecond, where the file system keeps them. Its error
// says what was found instead, or why the file cannot be read.
func (t TimesLike) Verify(tree Tree) error {
	_, stat, err := readFile(tree, t.Path)
	if err != nil {
		return err
	}
	want := t.At
	if t.Like != "" {
		_, like, err := readFile(tree, t.Like)
		if err != nil {
			return err
		}
		want = like.ModTime()
	}
	if !stat.ModTime().Equal(want) {
		return fmt.Errorf("%s has the time %s", t.Path, stat.ModTime().UTC().Format(time.RFC3339))
	}
	return nil
}

// ModeIs expects permission bits.
type ModeIs struct {
	Path string      `json:"path"`
	Mode fs.FileMode `json:"mode"`
}

func (ModeIs) Kind() string     { return "mode_is" }
func (m ModeIs) String() string { return fmt.Sprintf("%s has mode %04o", m.Path, m.Mode) }

// Verify compares the permission bits only. Its error names the mode that was
// found, or why there is none.
func (m ModeIs) Verify(tree Tree) error {
	return withRealPath(tree, "look at", m.Path, func(real string) error {
		stat, err := tree.disk().Lstat(real)
		if err == nil && stat.Mode().Perm() != m.Mode {
			return fmt.Errorf("mode is %04o", stat.Mode().Perm())
		}
		return err
	})
}

// LinksTo expects a symbolic link with that target.
type LinksTo struct {
	Path   string `json:"path"`
	Target string `json:"target"`
}

func (LinksTo) Kind() string     { return "links_to" }
func (l LinksTo) String() string { return l.Path + " is a link to " + l.Target }

// Verify reads the link and does not follow it. Its error names the target that
// was found, or why there is none.
func (l LinksTo) Verify(tree Tree) error {
	return withRealPath(tree, "read link", l.Path, func(real string) error {
		target, err := tree.disk().Readlink(real)
		if err == nil && target != l.Target {
			return fmt.Errorf("it points to %s", target)
		}
		return err
	})
}

// ValueIs expects a registry value.
type ValueIs struct {
	Key   string         `json:"key"`
	Name  string         `json:"name"`
	Value artifact.Value `json:"value"`
}

func (ValueIs) Kind() string     { return "value_is" }
func (v ValueIs) String() string { return artifact.ValuePath(v.Key, v.Name) + " is " + v.Value.Data }

// Verify compares type and data. Its error says what was found instead, or why
// the file cannot be read.
func (v ValueIs) Verify(tree Tree) error {
	content, _, err := readFile(tree, artifact.ValuePath(v.Key, v.Name))
	if err != nil {
		return err
	}
	found, err := artifact.DecodeValue(content)
	if err == nil && found != v.Value {
		return fmt.Errorf("%s is %s %s", artifact.ValuePath(v.Key, v.Name), found.Type, found.Data)
	}
	return err
}

// Packs expects that the pieces, joined, are an archive of exactly these files
// as they are now.
type Packs struct {
	Pieces []string `json:"pieces"`
	From   []string `json:"from"`
}

func (Packs) Kind() string     { return "packs" }
func (p Packs) String() string { return fmt.Sprintf("%s packs %d files", p.Pieces[0], len(p.From)) }

// Verify unpacks in memory and compares each file's SHA-256. Its error names the
// first file that differs, is missing or cannot be read.
func (p Packs) Verify(tree Tree) error {
	var joined []byte
	for _, piece := range p.Pieces {
		content, _, err := readFile(tree, piece)
		if err != nil {
			return err
		}
		joined = append(joined, content...)
	}
	digests, err := unpack(joined)
	if err != nil {
		return err
	}
	if len(digests) != len(p.From) {
		return fmt.Errorf("%s has %d files, expected %d", p.Pieces[0], len(digests), len(p.From))
	}
	for _, from := range p.From {
		content, _, err := readFile(tree, from)
		if err != nil {
			return err
		}
		if digests[base(from)] != sha256.Sum256(content) {
			return fmt.Errorf("%s differs from its copy in the archive", from)
		}
	}
	return nil
}
