package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

// The shipped library, under the paths that it has in the project.
const (
	libraryFolder = "scenarios"
	sigmahqFolder = "scenarios/sigmahq" // needs SigmaHQ's rules
)

// shipped is the embedded library, under the name of its folder.
type shipped struct{}

func (shipped) Open(name string) (fs.File, error) {
	inside := strings.TrimPrefix(strings.TrimPrefix(name, libraryFolder), "/")
	if inside == "" {
		inside = "."
	}
	return scenarios.FS.Open(inside)
}

// readShipped reads a file of the library. It fails if there is none of that name.
func readShipped(name string) ([]byte, error) {
	name = strings.TrimPrefix(name, libraryFolder+"/")
	if text, err := scenarios.LibraryFS.ReadFile(name); err == nil {
		return text, nil
	}
	return scenarios.FS.ReadFile(name)
}

// sources is the file system that arguments are read from: the disk, plus the files
// of the library that were asked for by name.
type sources struct {
	userfile.Disk
	shipped map[string]bool
	// written are files that a command made up, by name.
	written record.Files
}

// Open fails as the library or the disk does.
func (s sources) Open(name string) (fs.File, error) {
	if _, ok := s.written[name]; ok {
		return s.written.Open(name)
	}
	if s.shipped[name] {
		return shipped{}.Open(name)
	}
	return s.Disk.Open(name)
}

// loaded are scenarios that were read, all problems of all of them, and the paths by
// which they were.
type loaded struct {
	*scenario.Set
	problems hcl.Diagnostics
	paths    []string
	// shipped tells which of the files are the library's own.
	shipped func(name string) bool
}

// load reads what the arguments name: files, folders, or scenarios of the library;
// without arguments the library itself. It returns the problems of all of them. It
// fails with a usage error for a name that does not exist.
func load(args []string, flags scenarioFlags) (loaded, error) {
	opt := scenario.Options{Vocabulary: scenarios.Vocabulary, Variables: flags.variables, Libraries: flags.libraries}
	switch {
	case len(args) == 0 && len(flags.libraries) > 0:
		return loaded{}, usageError{errors.New("--library is for scenarios of your own: name them, or name the library itself to have it checked")}
	case len(args) == 0:
		set, problems := scenario.LoadFS(opt, shipped{}, libraryFolder)
		return loaded{set, problems, []string{libraryFolder}, func(string) bool { return true }}, nil
	}
	in := sources{shipped: map[string]bool{}}
	var paths []string
	for _, arg := range args {
		// A path on disk takes precedence over a name in the library.
		if _, err := os.Stat(arg); err == nil || strings.HasSuffix(arg, ".hcl") {
			if err := expectInput(arg, scenarioInput, "a scenario"); err != nil {
				return loaded{}, err
			}
			paths = append(paths, arg)
			continue
		}
		file, err := libraryFile(arg)
		if err != nil {
			return loaded{}, err
		}
		in.shipped[file] = true
		paths = append(paths, file)
	}
	set, problems := scenario.LoadFS(opt, in, paths...)
	return loaded{set, problems, paths, func(name string) bool { return in.shipped[name] }}, nil
}

// courseFile is the file of the course with that name, such as course/first; "" if there
// is none.
func courseFile(name string) string {
	if _, err := fs.Stat(scenarios.FS, name+".hcl"); err != nil || path.Dir(name) != "course" {
		return ""
	}
	return libraryFolder + "/" + name + ".hcl"
}

// courseNames are the exercises of the course.
func courseNames() []string {
	files, err := fs.Glob(scenarios.FS, "course/*.hcl")
	if err != nil {
		return nil // the pattern is right
	}
	for i := range files {
		files[i] = strings.TrimSuffix(files[i], ".hcl")
	}
	return files
}

// libraryFile returns the file of the library's scenario with that name or file name.
func libraryFile(name string) (string, error) {
	if file := courseFile(name); file != "" {
		return file, nil
	}
	var known []string
	for _, scenario := range libraryScenarios() {
		if name == scenario.Name.Text || path.Dir(scenario.File) == libraryFolder && name == stem(scenario.File) {
			return scenario.File, nil
		}
		known = append(known, scenario.Name.Text)
	}
	if kind := otherKind(name); kind != "" {
		return "", usageError{fmt.Errorf("%q is %s, not a scenario: \"ringer show %s\" describes it", name, kind, name)}
	}
	return "", usageError{fmt.Errorf("no file or scenario is named %q.%s\n\"ringer list scenarios\" shows the library", name, didYouMean(name, known))}
}

// otherKind says what has a name that no scenario has; "" if nothing does.
func otherKind(name string) string {
	library := scenarios.Library()
	if _, ok := library.Behaviour(name); ok {
		return "a behaviour"
	}
	if _, ok := library.Baseline(name); ok {
		return "a baseline"
	}
	if _, ok := library.Kind(name); ok {
		return "a kind of asset"
	}
	if attack.Current.Counterparts(name) != nil {
		return "a technique"
	}
	if _, err := fs.Stat(scenarios.FS, "rules/"+name+".yml"); err == nil {
		return "a rule"
	}
	return ""
}

// stem returns a file's name without folder and extension.
func stem(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// libraryScenarios returns all scenarios of the library, SigmaHQ's last. Tests check
// that it has no problems.
var libraryScenarios = sync.OnceValue(func() []*scenario.Scenario {
	set, _ := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, shipped{}, libraryFolder, sigmahqFolder)
	return set.Scenarios
})

// libraryConditions returns the library's profiles and faults. Tests check that they
// have no problems.
func libraryConditions() (all scenario.Conditions) {
	set, _ := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, shipped{}, profilesFile)
	for _, condition := range set.Conditions {
		all.Profiles, all.Faults = append(all.Profiles, condition.Profiles...), append(all.Faults, condition.Faults...)
	}
	return all
}

// profilesFile is the library's file of profiles and faults.
const profilesFile = libraryFolder + "/profiles.hcl"
