package importer

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Format is a format that can be read.
type Format struct {
	// Name is the word for it on the command line.
	Name string
	// Endings are those of its files.
	Endings []string
	// read reads files together, as in some formats one refers to others.
	read func(files []File) ([]Plan, []error)
}

// File is one file that was read.
type File struct {
	Name string
	Text []byte
}

// errOther says of a file that it is not of the format.
var errOther = errors.New("it is not of that format")

// Formats returns all formats.
func Formats() []Format {
	return []Format{
		{"attack-flow", []string{".json", ".afb"}, each(readAttackFlow)},
		{"atomic", []string{".yaml", ".yml"}, each(readAtomic)},
		{"caldera", []string{".yaml", ".yml", ".json"}, readCaldera},
		{"ctid", []string{".yaml", ".yml"}, each(readCTID)},
	}
}

// FormatNamed finds a format by its name.
func FormatNamed(name string) (Format, bool) {
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}

// Read reads files of the format, each error naming a file of which nothing was read and
// saying why. Plans are in the order of the files, and none has more steps than a
// scenario may have.
func (f Format) Read(files []File) ([]Plan, []error) {
	plans, problems := f.read(files)
	var fitting []Plan
	for _, plan := range plans {
		switch {
		case len(plan.Steps) == 0:
			problems = append(problems, fmt.Errorf("%s: it has no step", plan.File))
		case len(plan.Steps) > scenario.MaxSteps:
			problems = append(problems, fmt.Errorf("%s: it has %d steps; at most %d can be imported", plan.File, len(plan.Steps), scenario.MaxSteps))
		default:
			fitting = append(fitting, plan)
		}
	}
	return fitting, problems
}

// takes reports whether a file's name ends as one of the format.
func (f Format) takes(name string) bool {
	return slices.Contains(f.Endings, strings.ToLower(path.Ext(name)))
}

// each reads files one by one.
func each(read func(File) (Plan, error)) func([]File) ([]Plan, []error) {
	return func(files []File) ([]Plan, []error) {
		var plans []Plan
		var problems []error
		for _, file := range files {
			plan, err := read(file)
			if err != nil {
				problems = append(problems, fmt.Errorf("%s: %w", file.Name, err))
				continue
			}
			plans = append(plans, plan)
		}
		return plans, problems
	}
}
