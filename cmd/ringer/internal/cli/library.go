package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// The shipped library as the user knows it: by the paths it has in the project.
const (
	libraryFolder = "scenarios"
	sigmahqFolder = "scenarios/sigmahq" // needs SigmaHQ's rules
)

// shipped is the embedded library below its folder's name.
type shipped struct{}

func (shipped) Open(name string) (fs.File, error) {
	inside := strings.TrimPrefix(strings.TrimPrefix(name, libraryFolder), "/")
	if inside == "" {
		inside = "."
	}
	return scenarios.FS.Open(inside)
}

// load reads what the arguments name: files and folders, scenarios of the
// library by name, or the library itself where there is no argument. It returns
// all problems of all of them.
func load(args []string, variables map[string]string) (*scenario.Set, hcl.Diagnostics, error) {
	opt := scenario.Options{Vars: variables}
	if len(args) == 0 {
		set, problems := scenario.LoadFS(opt, shipped{}, libraryFolder)
		return set, problems, nil
	}
	whole := &scenario.Set{Files: map[string]*hcl.File{}}
	var problems hcl.Diagnostics
	byName := map[string]string{}
	for _, arg := range args {
		set, found, err := loadOne(opt, arg, byName)
		if err != nil {
			return nil, nil, err
		}
		whole.Scenarios = append(whole.Scenarios, set.Scenarios...)
		for name, file := range set.Files {
			whole.Files[name] = file
		}
		problems = append(problems, found...)
	}
	return whole, problems, nil
}

// loadOne reads one argument. A path on disk comes before a name.
func loadOne(opt scenario.Options, arg string, byName map[string]string) (*scenario.Set, hcl.Diagnostics, error) {
	if _, err := os.Stat(arg); err == nil || strings.HasSuffix(arg, ".hcl") {
		set, problems := scenario.Load(opt, arg)
		return set, problems, nil
	}
	if len(byName) == 0 {
		for _, one := range libraryScenarios() {
			byName[one.Name.Text] = one.File
			if path.Dir(one.File) == libraryFolder {
				byName[stem(one.File)] = one.File
			}
		}
	}
	file, ok := byName[arg]
	if !ok {
		var known []string
		for name := range byName {
			known = append(known, name)
		}
		return nil, nil, usageError{fmt.Errorf("there is no file and no scenario %q.%s\n\"ringer list scenarios\" shows the library", arg, didYouMean(arg, known))}
	}
	set, problems := scenario.LoadFS(opt, shipped{}, file)
	return set, problems, nil
}

// stem is a file's name without folder and ending; the library's files may be
// called by it.
func stem(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// libraryScenarios reads the whole library, SigmaHQ's part last. Its tests hold
// it to be without problems.
func libraryScenarios() []*scenario.Scenario {
	set, _ := scenario.LoadFS(scenario.Options{}, shipped{}, libraryFolder, sigmahqFolder)
	return set.Scenarios
}

// libraryNames are the names of the library's scenarios.
func (c *command) libraryNames() []string {
	var names []string
	for _, one := range libraryScenarios() {
		names = append(names, one.Name.Text)
	}
	return names
}

func (c *command) listScenarios() ([]listed, []string, error) {
	rows := []listed{}
	for _, one := range libraryScenarios() {
		row := listed{Name: one.Name.Text, Title: one.Title, File: one.File, Steps: len(one.Steps)}
		for _, actor := range one.Actors {
			row.Actors = append(row.Actors, actor.Name.Text)
		}
		for _, asset := range one.Assets {
			row.Assets = append(row.Assets, asset.Kind.Name)
		}
		rows = append(rows, row)
	}
	return rows, []string{"steps", "title"}, nil
}
