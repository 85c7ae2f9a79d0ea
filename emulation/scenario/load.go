package scenario

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Options are what a scenario is read with. The zero value reads with the
// vocabulary compiled in and gives no variable a value.
type Options struct {
	// Vars are values for variables, by name.
	Vars map[string]string
	// Words is the vocabulary; nil is BuiltIn.
	Words *Vocabulary
}

// Set is what was read.
type Set struct {
	// Scenarios are in the order of the paths given; a folder's by file name.
	Scenarios []*Scenario
	// Carriers are those of files that hold nothing else.
	Carriers []Carriers
	// Files are the sources by name, for hcl.NewDiagnosticTextWriter.
	Files map[string]*hcl.File
}

// Load reads scenario files, and folders of them (*.hcl, not their folders'). It
// returns whatever could be read and every problem of all of it, in order. A
// scenario with an error among its problems is not Sound.
func Load(opt Options, paths ...string) (*Set, hcl.Diagnostics) {
	return LoadFS(opt, host{}, paths...)
}

// LoadFS does the same in a file system, such as the embedded library.
func LoadFS(opt Options, in fs.FS, paths ...string) (*Set, hcl.Diagnostics) {
	l := loader{
		in: in, opt: opt, words: BuiltIn,
		set: &Set{Files: map[string]*hcl.File{}}, declared: map[string]bool{}, named: map[string]hcl.Range{},
	}
	if opt.Words != nil {
		l.words = func() Vocabulary { return *opt.Words }
	}
	for _, name := range paths {
		l.path(name)
	}
	l.strangers()
	return l.set, InOrder(l.problems)
}

// host is the file system of the machine, by its own paths.
type host struct{}

func (host) Open(name string) (fs.File, error) { return os.Open(name) }

type loader struct {
	in       fs.FS
	opt      Options
	words    func() Vocabulary
	set      *Set
	problems hcl.Diagnostics
	declared map[string]bool      // variables, of all scenarios
	named    map[string]hcl.Range // scenarios
	partial  bool                 // some scenario could not be looked into
}

func (l *loader) path(name string) {
	about, err := fs.Stat(l.in, name)
	switch {
	case err != nil:
		l.unreadable(err)
	case about.IsDir():
		l.folder(name)
	default:
		l.group(l.sources([]string{name}))
	}
}

func (l *loader) folder(name string) {
	entries, err := fs.ReadDir(l.in, name)
	if err != nil {
		l.unreadable(err)
		return
	}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() && path.Ext(entry.Name()) == ".hcl" && !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, path.Join(name, entry.Name()))
		}
	}
	if len(names) == 0 {
		l.fail("No scenario", fmt.Sprintf("The folder %s holds no .hcl file.", name))
		return
	}
	for _, group := range grouped(l.sources(names)) {
		l.group(group)
	}
}

// group decodes one scenario.
func (l *loader) group(files []source) {
	broken := slices.ContainsFunc(files, func(f source) bool { return !f.whole })
	if broken || len(files) == 0 {
		l.partial = l.partial || broken
		return
	}
	headless := !slices.ContainsFunc(files, source.main)
	if headless && !slices.ContainsFunc(files, func(f source) bool { return !f.carriers() }) {
		l.carriers(files)
		return
	}
	if headless {
		for _, f := range files {
			l.headless(f)
		}
	}
	out := l.decode(files)
	if out.File == "" {
		out.File, out.Sound = files[0].name, false
	}
	l.unique(out)
	l.set.Scenarios = append(l.set.Scenarios, out)
}

// carriers keeps what files say that hold profiles and faults alone.
func (l *loader) carriers(files []source) {
	l.set.Carriers = append(l.set.Carriers, l.decode(files).Carriers)
}

func (l *loader) decode(files []source) *Scenario {
	d := newDecoder(l.words(), l.opt.Vars)
	var parts []*hcl.File
	for _, f := range files {
		parts = append(parts, f.file)
	}
	out := d.decode(parts)
	l.problems = append(l.problems, d.problems...)
	maps.Copy(l.declared, d.declared)
	return out
}

// headless reports a file that belongs to no scenario.
func (l *loader) headless(f source) {
	at := f.file.Body.MissingItemRange()
	l.problems = append(l.problems, &hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: "Missing scenario block",
		Detail:  `A scenario begins with scenario "NAME" { title = "…" }, and there is none here. A file without one is read with its folder, if just one file there has one.`,
		Subject: &at,
	})
}

// unique sees that a scenario can be told by its name.
func (l *loader) unique(one *Scenario) {
	if one.Name.Text == "" {
		return
	}
	first, taken := l.named[one.Name.Text]
	if !taken {
		l.named[one.Name.Text] = one.Name.Range
		return
	}
	one.Sound = false
	l.problems = append(l.problems, &hcl.Diagnostic{
		Severity: hcl.DiagError, Summary: "Duplicate name",
		Detail:  fmt.Sprintf("There is a scenario %q already, at %s. Give this one another name.", one.Name.Text, where(first)),
		Subject: &one.Name.Range,
	})
}

// strangers reports values for variables that no scenario declares.
func (l *loader) strangers() {
	known := slices.Collect(maps.Keys(l.declared))
	for _, name := range slices.SortedFunc(maps.Keys(l.opt.Vars), cmp.Compare[string]) {
		if !l.declared[name] && !l.partial {
			l.fail("Unknown variable", fmt.Sprintf("A value was given for the variable %q, which no scenario declares. %s", name, Suggest(name, known)))
		}
	}
}

func (l *loader) unreadable(err error) { l.fail("Cannot read", fmt.Sprintf("%s.", err)) }

func (l *loader) fail(summary, detail string) {
	l.partial = true
	l.problems = append(l.problems, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail})
}
