package cli

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/scenarios"
)

// ruleSet is what the detectors know.
type ruleSet struct {
	*detect.Sigma
	// own are the ids of ringer's own rules.
	own map[string]bool
	// broken are the files' errors; the rules concerned are left out.
	broken []sigma.Problem
}

// loadRules reads ringer's own rules and those of the paths given: files,
// folders or zip archives, later ones in place of earlier ones of the same id.
func (c *command) loadRules(paths []string) (*ruleSet, error) {
	all, problems := sigma.LoadFS(scenarios.FS, "rules")
	r := &ruleSet{own: map[string]bool{}}
	for _, rule := range all {
		r.own[rule.ID] = true
	}
	if len(paths) > 0 {
		more, wrong := c.readRules(paths)
		if len(more) == 0 {
			return nil, usageError{noRules(paths, wrong)}
		}
		all, problems = append(all, more...), append(problems, wrong...)
	}
	var wrong []sigma.Problem
	r.Sigma, wrong = detect.NewSigma(all)
	for _, problem := range slices.Concat(problems, wrong) {
		if problem.Severity == sigma.Error {
			r.broken = append(r.broken, problem)
		}
	}
	return r, nil
}

// noRules says that there are none, and what was found in their place.
func noRules(paths []string, wrong []sigma.Problem) error {
	words := "read rules: no usable Sigma rule in " + strings.Join(paths, ", ")
	for _, problem := range wrong {
		words += "\n" + problem.String()
	}
	return errors.New(words)
}

// warnBroken tells of rules that were left out.
func (c *command) warnBroken(r *ruleSet) {
	for _, problem := range r.broken {
		fmt.Fprintf(c.Stderr, "Warning: rule left out: %s\n", problem)
	}
}

// compileRules are the rules of the paths given, ready to match. Errors are written,
// and lost says that some rule was left out for one.
func (c *command) compileRules(paths []string) (set *sigma.Set, lost bool, err error) {
	if len(paths) == 0 {
		return nil, false, usageError{errors.New("--rules is required: a file, folder or zip archive of Sigma rules")}
	}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return nil, false, usageError{fmt.Errorf("read rules: %w", err)}
		}
	}
	rules, problems := c.readRules(paths)
	problems = slices.DeleteFunc(problems, func(p sigma.Problem) bool { return p.Severity != sigma.Error })
	set, more := sigma.Compile(rules) // its warnings are of rules not used as they stand
	problems = append(problems, more...)
	sigma.SortProblems(problems)
	for _, problem := range problems {
		lost = lost || problem.Severity == sigma.Error
		fmt.Fprintln(c.Stderr, problem)
	}
	if len(set.Rules()) == 0 {
		return nil, lost, usageError{fmt.Errorf("no usable Sigma rule in %s", strings.Join(paths, ", "))}
	}
	return set, lost, nil
}

// readRules reads rules from files, folders and zip archives. What was read from
// a folder is kept in the user's cache (XDG_CACHE_HOME, else ~/.cache), since
// parsing SigmaHQ's thousands takes most of a second and reading them again does
// not. RINGER_CACHE=off does without.
func (c *command) readRules(paths []string) ([]*sigma.Rule, []sigma.Problem) {
	file, ok := c.ruleCache(paths)
	if !ok {
		return sigma.LoadPaths(paths...)
	}
	return sigma.LoadCached(file, paths...)
}

// ruleCache is the file for those paths; ok is false where there shall be none.
func (c *command) ruleCache(paths []string) (file string, ok bool) {
	folder := c.Env("XDG_CACHE_HOME")
	if home := c.Env("HOME"); folder == "" && home != "" {
		folder = filepath.Join(home, ".cache")
	}
	if folder == "" || c.Env("RINGER_CACHE") == "off" {
		return "", false
	}
	var real []string
	large := false
	for _, path := range paths {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return "", false
		}
		about, err := os.Stat(absolute)
		large = large || err == nil && about.IsDir()
		real = append(real, path, absolute) // names in diagnostics are as given
	}
	if !large {
		return "", false
	}
	folder = filepath.Join(folder, "ringer")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", false
	}
	name := sha256.Sum256([]byte(strings.Join(real, "\x00")))
	return filepath.Join(folder, fmt.Sprintf("rules-%x", name[:8])), true
}
