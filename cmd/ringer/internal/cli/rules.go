package cli

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/scenarios"
)

// ruleSet is the detector with all rules.
type ruleSet struct {
	*detect.Sigma
	// own are the ids of ringer's own rules.
	own map[string]bool
	// paths are where the others were read from.
	paths []string
	// broken are the files' errors; the rules concerned are left out.
	broken []sigma.Problem
}

// loadRules reads ringer's own rules and those of the paths given: files, folders or
// zip archives. Of two with the same id the later one counts. It fails with a usage
// error if the paths have no usable rule.
func (c *command) loadRules(paths []string) (*ruleSet, error) {
	all, problems := sigma.LoadFS(scenarios.FS, "rules")
	own := map[string]bool{}
	for _, rule := range all {
		own[rule.ID] = true
	}
	return c.addRules(all, problems, own, paths)
}

// recordedRules are the rules of a recorded run, and those of the paths given.
func (c *command) recordedRules(recording *record.Recording, paths []string) (*ruleSet, error) {
	sources, err := recording.Rules()
	if err != nil {
		return nil, usageError{err}
	}
	var all []*sigma.Rule
	var problems []sigma.Problem
	own := map[string]bool{}
	for _, source := range sources {
		rules, found := sigma.Parse(source.Name, source.Content)
		all, problems = append(all, rules...), append(problems, found...)
		for _, rule := range rules {
			own[rule.ID] = own[rule.ID] || source.Shipped
		}
	}
	return c.addRules(all, problems, own, paths)
}

// addRules compiles rules with those of the paths given.
func (c *command) addRules(all []*sigma.Rule, problems []sigma.Problem, own map[string]bool, paths []string) (*ruleSet, error) {
	r := &ruleSet{own: own, paths: paths}
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

// noRules returns the error for paths without a usable rule, with the problems found.
func noRules(paths []string, wrong []sigma.Problem) error {
	words := "read rules: no usable Sigma rule in " + strings.Join(paths, ", ")
	for _, problem := range wrong {
		words += "\n" + problem.String()
	}
	return errors.New(words)
}

// warnBroken writes a warning for each rule that was left out.
func (c *command) warnBroken(r *ruleSet) {
	for _, problem := range r.broken {
		fmt.Fprintf(c.Stderr, "Warning: rule left out: %s\n", problem)
	}
}

// compileRules returns the rules of the paths given, ready to match. Errors are
// written; lost is true if a rule was left out. It fails with a usage error if no
// rule is left.
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
	set, more := sigma.Compile(rules) // its warnings are about rules that are not used as written
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

// readRules reads rules from files, folders and zip archives. The rules of folders
// are cached in the user's cache (XDG_CACHE_HOME, else ~/.cache, on Windows
// LOCALAPPDATA), as parsing SigmaHQ's thousands takes most of a second.
// RINGER_CACHE=off turns the cache off.
func (c *command) readRules(paths []string) ([]*sigma.Rule, []sigma.Problem) {
	file, ok := c.ruleCache(paths)
	if !ok {
		return sigma.LoadPaths(paths...)
	}
	return sigma.LoadCached(file, paths...)
}

// ruleCache returns the cache file for those paths; ok is false if nothing is to be
// cached.
func (c *command) ruleCache(paths []string) (file string, ok bool) {
	folder := c.Env("XDG_CACHE_HOME")
	if home := c.Env("HOME"); folder == "" && home != "" {
		folder = filepath.Join(home, ".cache")
	}
	folder = cmp.Or(folder, c.Env("LOCALAPPDATA"))
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
		real = append(real, path, absolute) // diagnostics name files as given
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

// info is what a reader wants to know of a rule.
func (r *ruleSet) info(id string) report.RuleInfo {
	rule, ok := r.FullRule(id)
	if !ok {
		return report.RuleInfo{}
	}
	info := report.RuleInfo{Given: !r.own[id], Level: rule.Level, File: rule.File, Line: rule.DetectionLine()}
	for _, tag := range rule.Tags {
		if technique, ok := strings.CutPrefix(tag, "attack.t"); ok {
			info.Technique = "T" + technique
			break
		}
	}
	return info
}
