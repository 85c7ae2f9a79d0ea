package scenario

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// Options are what a scenario is read with.
type Options struct {
	// Variables are values for variables, by name.
	Variables map[string]string
	// Libraries are the files and folders of libraries whose behaviours, hosts and ordinary
	// days scenarios can name besides.
	Libraries []string
	// Vocabulary is what scenarios can name; it is asked for with the first scenario.
	// Files of profiles alone need none.
	Vocabulary func() Vocabulary
}

// Set is what was read from all paths.
type Set struct {
	// Scenarios are in the order of the paths given; a folder's by file name.
	Scenarios []*Scenario
	// Conditions are those of files that have profiles, faults, gates, destinations, exercises and detectors alone.
	Conditions []Conditions
	// Gates are those of all files, in their order.
	Gates []Gate
	// Ships are those of all files, in their order.
	Ships []Ship
	// Exercises are those of all files, in their order.
	Exercises []*Exercise
	// Detectors are those of all files, in their order.
	Detectors []Detector
	// Libraries are those of the options, and those that were read in the place of a
	// scenario.
	Libraries []*behaviour.Library
	// Files are the sources by name, for hcl.NewDiagnosticTextWriter.
	Files map[string]*hcl.File
}

// Unresolved returns the exercises whose scenario is not among what was read.
func (s *Set) Unresolved() []*Exercise {
	var out []*Exercise
	for _, e := range s.Exercises {
		if !e.Resolved && e.Of.Text != "" {
			out = append(out, e)
		}
	}
	return out
}

// Load reads scenario files, and folders of them (their *.hcl files, without
// subfolders). It returns whatever could be read and every problem of all of it, in
// order. A scenario with an error among its problems is not Valid. Files are named with
// slashes, on Windows too, so that a file has one name however it was reached.
func Load(opt Options, paths ...string) (*Set, hcl.Diagnostics) {
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = filepath.ToSlash(path)
	}
	return LoadFS(opt, userfile.Disk{}, names...)
}

// LoadFS is [Load] in a file system, such as the embedded library.
func LoadFS(opt Options, in fs.FS, paths ...string) (*Set, hcl.Diagnostics) {
	l := loader{
		in: in, opt: opt, vocabulary: sync.OnceValue(opt.Vocabulary),
		set: &Set{Files: map[string]*hcl.File{}}, variables: map[string]bool{}, scenarios: map[string]hcl.Range{},
		libraries: map[string]*behaviour.Library{}, budget: bounded.NewBudget(),
	}
	defer l.budget.End()
	l.loadLibraries()
	for _, name := range paths {
		l.loadPath(name)
	}
	if problem := l.budget.Problem(); problem != nil {
		l.Report(problem)
	}
	l.checkUnknownVariables()
	l.resolveExercises()
	return l.set, diagnostic.Sort(l.Diagnostics())
}

type loader struct {
	diagnostic.Reporter
	in         fs.FS
	opt        Options
	vocabulary func() Vocabulary
	set        *Set
	budget     *bounded.Budget               // of a scenario; once it is used up no other is read
	libraries  map[string]*behaviour.Library // by path
	variables  map[string]bool               // declared by any scenario
	scenarios  map[string]hcl.Range          // by name
	incomplete bool                          // some file could not be read, so its variables are not known
}

func (l *loader) loadPath(name string) {
	about, err := fs.Stat(l.in, name)
	switch {
	case err != nil:
		l.reportUnreadable(err)
	case about.IsDir():
		l.loadFolder(name)
	default:
		files := l.parseFiles(l.in, []string{name}, func(name string) string { return name })
		if isLibrary(files, false) {
			l.loadLibrary(name)
			return
		}
		l.loadScenario(files)
	}
}

func (l *loader) loadFolder(name string) {
	in, err := l.openFolder(name)
	if err != nil {
		l.reportUnreadable(err)
		return
	}
	if opened, ok := in.(io.Closer); ok {
		defer opened.Close()
	}
	entries, err := fs.ReadDir(in, ".")
	if err != nil {
		l.reportUnreadable(err)
		return
	}
	var names []string
	for _, entry := range entries {
		if !entry.IsDir() && path.Ext(entry.Name()) == ".hcl" && !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, entry.Name())
		}
	}
	files := l.parseFiles(in, names, func(file string) string { return inFolder(name, file) })
	if len(files) == len(names) && isLibrary(files, hasBelow(in, ".hcl")) {
		l.loadLibrary(name)
		return
	}
	if len(names) == 0 {
		l.reportError("No scenario", fmt.Sprintf("The folder %s contains no .hcl file.", name))
		return
	}
	for _, group := range groupFiles(files) {
		l.loadScenario(group)
	}
}

// hasBelow reports whether a file that ends so is in a folder of a folder.
func hasBelow(in fs.FS, extension string) bool {
	found := false
	_ = fs.WalkDir(in, ".", func(name string, entry fs.DirEntry, err error) error { // reading it reports
		if err == nil && !entry.IsDir() && path.Ext(name) == extension && path.Dir(name) != "." {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// openFolder opens a folder as a file system of its own: that of the disk is not left
// by a link.
func (l *loader) openFolder(name string) (fs.FS, error) {
	if disk, ok := l.in.(fs.SubFS); ok {
		return disk.Sub(name)
	}
	return folderFS{l.in, name}, nil
}

// folderFS is a folder of a file system that has no links.
type folderFS struct {
	fs.FS
	folder string
}

// Open fails as the file system does.
func (f folderFS) Open(name string) (fs.File, error) {
	if name == "." {
		return f.FS.Open(f.folder)
	}
	return f.FS.Open(inFolder(f.folder, name))
}

// inFolder returns the name of a file in a folder. A volume, which only Windows has,
// stays as it is: that of a share begins with two slashes.
func inFolder(folder, file string) string {
	volume := filepath.VolumeName(folder)
	return volume + path.Join(folder[len(volume):], file)
}

// loadScenario decodes one scenario.
func (l *loader) loadScenario(files []source) {
	broken := slices.ContainsFunc(files, func(f source) bool { return !f.parsed })
	if broken || len(files) == 0 || l.budget.Problem() != nil {
		l.incomplete = l.incomplete || broken
		return
	}
	withoutHeader := !slices.ContainsFunc(files, source.hasScenario)
	if withoutHeader && !slices.ContainsFunc(files, func(f source) bool { return !f.onlyConditions() }) {
		l.loadConditions(files)
		return
	}
	if withoutHeader {
		for _, f := range files {
			l.missingScenario(f)
		}
	}
	out := l.decodeScenario(files)
	if out.File == "" {
		out.File, out.Valid = files[0].name, false
	}
	l.checkUniqueName(out)
	l.addGates(out.Gates)
	l.addShips(out.Ships)
	l.addExercises(out.Exercises)
	l.set.Detectors = append(l.set.Detectors, out.Detectors...)
	l.set.Scenarios = append(l.set.Scenarios, out)
}

// loadConditions reads files that have profiles, faults, gates, destinations, exercises and detectors alone.
func (l *loader) loadConditions(files []source) {
	out := l.decodeScenario(files)
	l.set.Conditions = append(l.set.Conditions, out.Conditions)
	l.addGates(out.Gates)
	l.addShips(out.Ships)
	l.addExercises(out.Exercises)
	l.set.Detectors = append(l.set.Detectors, out.Detectors...)
}

// addGates adds gates, and reports one whose name another file has.
func (l *loader) addGates(gates []Gate) {
	before := l.set.Gates
	for _, gate := range gates {
		at := slices.IndexFunc(before, func(g Gate) bool { return g.Name.Text == gate.Name.Text })
		if at >= 0 {
			l.Errorf(diagnostic.At(gate.Name.Range), "Duplicate name", "There is already a gate %q, at %s. Give this one another name.",
				gate.Name.Text, diagnostic.FileLine(before[at].Name.Range))
			continue
		}
		l.set.Gates = append(l.set.Gates, gate)
	}
}

// addShips adds destinations, and reports one whose name another file has.
func (l *loader) addShips(ships []Ship) {
	before := l.set.Ships
	for _, s := range ships {
		at := slices.IndexFunc(before, func(other Ship) bool { return other.Name.Text == s.Name.Text })
		if at >= 0 {
			l.Errorf(diagnostic.At(s.Name.Range), "Duplicate name", "There is already a ship %q, at %s. Give this one another name.",
				s.Name.Text, diagnostic.FileLine(before[at].Name.Range))
			continue
		}
		l.set.Ships = append(l.set.Ships, s)
	}
}

// addExercises adds exercises, and reports one whose name another file has.
func (l *loader) addExercises(exercises []*Exercise) {
	before := l.set.Exercises
	for _, e := range exercises {
		at := slices.IndexFunc(before, func(other *Exercise) bool { return other.Name.Text == e.Name.Text })
		if at >= 0 {
			l.Errorf(diagnostic.At(e.Name.Range), "Duplicate name", "There is already an exercise %q, at %s. Give this one another name.",
				e.Name.Text, diagnostic.FileLine(before[at].Name.Range))
			continue
		}
		l.set.Exercises = append(l.set.Exercises, e)
	}
}

// resolveExercises looks up what exercises refer to, where their scenario was read. A
// scenario is not valid if an exercise in its own files is not.
func (l *loader) resolveExercises() {
	for _, s := range l.set.Scenarios {
		for _, e := range l.set.Exercises {
			if e.Of.Text == s.Name.Text && !e.Resolved {
				l.Report(e.Resolve(s)...)
			}
		}
	}
	for _, s := range l.set.Scenarios {
		s.Valid = s.Valid && !slices.ContainsFunc(s.Exercises, func(e *Exercise) bool { return !e.Valid })
	}
}

func (l *loader) decodeScenario(files []source) *Scenario {
	before := l.ErrorCount()
	libraries, complete := l.librariesOf(files)
	words := l.vocabulary().with(libraries...)
	words.incomplete = !complete
	l.budget.Begin()
	d := newDecoder(words, l.opt.Variables, l.budget)
	var parts []*hcl.File
	for _, f := range files {
		parts = append(parts, f.file)
	}
	out := d.decodeFiles(parts)
	for _, f := range files {
		out.Files = append(out.Files, f.name)
	}
	out.Libraries = d.vocabulary.Libraries[len(l.vocabulary().Libraries):]
	if l.ErrorCount() != before {
		out.Valid = false // a library of its own is wrong
	}
	if l.budget.Problem() != nil {
		out.Valid, out.Conditions.Valid, l.incomplete = false, false, true
	}
	l.Report(d.Diagnostics()...)
	maps.Copy(l.variables, d.declared)
	return out
}

// missingScenario reports a file that belongs to no scenario.
func (l *loader) missingScenario(f source) {
	l.Errorf(diagnostic.At(f.file.Body.MissingItemRange()), "Missing scenario block",
		`This file has no scenario block: add scenario "NAME" { title = "…" }. A file without one is read together with its folder if exactly one file of the folder has one.`)
}

// checkUniqueName reports a second scenario of the same name.
func (l *loader) checkUniqueName(scenario *Scenario) {
	if scenario.Name.Text == "" {
		return
	}
	first, taken := l.scenarios[scenario.Name.Text]
	if !taken {
		l.scenarios[scenario.Name.Text] = scenario.Name.Range
		return
	}
	scenario.Valid = false
	l.Errorf(diagnostic.At(scenario.Name.Range), "Duplicate name",
		"There is already a scenario %q, at %s. Give this one another name.", scenario.Name.Text, diagnostic.FileLine(first))
}

// checkUnknownVariables reports values for variables that no scenario declares.
func (l *loader) checkUnknownVariables() {
	known := slices.Collect(maps.Keys(l.variables))
	for _, name := range slices.SortedFunc(maps.Keys(l.opt.Variables), cmp.Compare[string]) {
		if !l.variables[name] && !l.incomplete {
			l.reportError("Unknown variable", fmt.Sprintf("A value was given for the variable %q, which no scenario declares. %s", name, diagnostic.Suggest(name, known)))
		}
	}
}

func (l *loader) reportUnreadable(err error) { l.reportError("Cannot read", fmt.Sprintf("%s.", err)) }

func (l *loader) reportError(summary, detail string) {
	l.incomplete = true
	l.Report(&hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail})
}
