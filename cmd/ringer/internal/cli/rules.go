package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/scenarios"
)

// ruleSet is what the detectors know.
type ruleSet struct {
	*detect.Sigma
	// recognize are the ids of ringer's own rules.
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
