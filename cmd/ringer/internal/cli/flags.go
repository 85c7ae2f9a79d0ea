package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/outside"
)

// labFlags select the lab.
type labFlags struct {
	name     string
	parallel int
}

// addTo declares the flags; what is the plural of what runs in parallel.
func (f *labFlags) addTo(cmd *cobra.Command, what string) {
	f.addName(cmd)
	cmd.Flags().IntVar(&f.parallel, "parallel", runtime.NumCPU(), "run `N` "+what+" at a time")
}

// addName declares the flag of the lab alone.
func (f *labFlags) addName(cmd *cobra.Command) {
	cmd.Flags().Var(choose(&f.name, "docker", "fake"), "lab", "the `LAB` to run in: docker, or fake, which performs nothing")
}

// check returns a usage error for a number of none, before anything is started.
func (f *labFlags) check() error {
	if f.parallel < 1 {
		return usageError{fmt.Errorf("--parallel must be at least 1, not %d", f.parallel)}
	}
	return nil
}

// dataFlags select recordings.
type dataFlags struct{ folder string }

// addTo declares the flag.
func (f *dataFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.folder, "data", "", "the `DIR` of data sets, each with its info.yml")
}

// check returns a usage error if no folder was given.
func (f *dataFlags) check() error {
	if f.folder == "" {
		return usageError{errors.New("--data is required: a folder in SigmaHQ's regression layout")}
	}
	return nil
}

// scenarioFlags are what scenarios are read with.
type scenarioFlags struct {
	rules     ruleFlags
	variables variables
	libraries []string
	// detectors are outside detectors that expectations are of.
	detectors []outside.Detector
}

// addTo declares the flags.
func (f *scenarioFlags) addTo(cmd *cobra.Command) {
	f.rules.addTo(cmd)
	f.variables = variables{}
	cmd.Flags().Var(f.variables, "var", "set a variable; may be given several times")
	addLibraries(cmd, &f.libraries)
}

// addLibraries declares the flag of libraries of the user's own.
func addLibraries(cmd *cobra.Command, libraries *[]string) {
	cmd.Flags().StringArrayVar(libraries, "library", nil, "take in a library of behaviours, hosts and ordinary days: this `PATH` of a file or folder; may be given several times")
}

// ruleFlags select the rules.
type ruleFlags struct {
	paths []string
	// noDefault leaves out the rules that ringer brings along.
	noDefault bool
}

// addFile takes in the rules of what was named, if that is a file.
func (f *ruleFlags) addFile(named string) {
	if about, err := os.Stat(named); err == nil && about.Mode().IsRegular() {
		f.paths = append(f.paths, named)
	}
}

// addTo declares the flags of rules besides ringer's own.
func (f *ruleFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.paths, "rules", nil, "Sigma rules to add: the `PATH` of a file, folder or zip; of two rules with one id the later counts")
	cmd.Flags().BoolVar(&f.noDefault, "no-default-rules", false, "leave out the rules that ringer brings along")
}

// addOnly declares the flag where there are no other rules.
func (f *ruleFlags) addOnly(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.paths, "rules", nil, "Sigma rules: the `PATH` of a file, folder or zip; may be given several times")
}

// given reports whether one of the flags was.
func (f *ruleFlags) given() bool { return len(f.paths) > 0 || f.noDefault }

// rulePaths splits arguments into paths of rules and the rest, so that --rules may be
// followed by several paths.
func rulePaths(args []string) (rules, rest []string) {
	for _, arg := range args {
		about, err := os.Stat(arg)
		switch ext := strings.ToLower(filepath.Ext(arg)); {
		case err == nil && about.IsDir(), ext == ".yml", ext == ".yaml", ext == ".zip":
			rules = append(rules, arg)
		default:
			rest = append(rest, arg)
		}
	}
	return rules, rest
}

// variables are the values given by --var, one for each flag, as a value may have
// commas and quotes.
type variables map[string]string

// Set is called for each --var.
func (v variables) Set(given string) error {
	name, value, ok := strings.Cut(given, "=")
	if !ok || name == "" {
		return errors.New("expected NAME=VALUE")
	}
	v[name] = value
	return nil
}

// String is the default, which is none.
func (v variables) String() string { return "" }

// Type is shown in the help as the flag's value.
func (v variables) Type() string { return "NAME=VALUE" }
