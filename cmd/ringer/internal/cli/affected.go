package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/rulestate"
	"github.com/ringer-lab/ringer/emulation/selection"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// affected is what the files of the flags concern. It fails with a usage error for a file
// that is not there, and if git cannot answer.
func (c *command) affected(ctx context.Context, e exercise, flags chooseFlags) (*selection.Affected, error) {
	out := &selection.Affected{CanAsk: canAsk}
	for _, file := range flags.affectedBy {
		if _, err := os.Stat(file); err != nil {
			return nil, usageError{fmt.Errorf("--affected-by: %w", err)}
		}
		out.Files = append(out.Files, file)
	}
	if flags.affectedByGit != "" {
		changed, err := c.changedSince(ctx, flags.affectedByGit)
		if err != nil {
			return nil, err
		}
		out.Files = append(out.Files, changed...)
	}
	rules := map[string]bool{}
	for _, file := range out.Files {
		concerned := e.rulesOf(file)
		scenarios := e.scenariosOf(file)
		for _, id := range concerned {
			rules[id] = true
		}
		out.Scenarios = append(out.Scenarios, scenarios...)
		if len(concerned)+len(scenarios) == 0 {
			out.Unrelated = append(out.Unrelated, file)
		}
	}
	out.Rules = e.withCorrelations(rules)
	return out, nil
}

// rulesOf are the ids of the loaded rules that are in a file, or in a folder. Those that
// ringer brings along are in none, whatever is called as they are.
func (e exercise) rulesOf(file string) []string {
	var ids []string
	for _, rule := range e.rules.InputRules() {
		broughtAlong := e.rules.own[rule.ID] && !e.rules.given[rule]
		if !broughtAlong && isIn(rule.File, file) {
			ids = append(ids, rule.Ref())
		}
	}
	return ids
}

// withCorrelations are rules with the correlations that rest on them.
func (e exercise) withCorrelations(ids map[string]bool) []plan.Rule {
	_, concerned := rulestate.Concerned(e.rules.InputRules(), func(rule *sigma.Rule) bool {
		return ids[rule.Ref()] && rule.Kind != sigma.Filter // what a filter narrows has not changed
	})
	for rule := range concerned {
		ids[rule.Ref()] = true
	}
	var all []plan.Rule
	for _, rule := range e.rules.Rules() {
		if ids[rule.ID] {
			all = append(all, rule)
		}
	}
	return all
}

// scenariosOf are the scenarios that are written in a file, or one of whose libraries is.
func (e exercise) scenariosOf(file string) []string {
	var names []string
	for _, scenario := range e.Scenarios {
		files := slices.Clone(scenario.Files)
		for _, library := range scenario.Libraries {
			files = append(files, library.Files()...)
		}
		for _, library := range e.Libraries {
			files = append(files, library.Files()...)
		}
		if slices.ContainsFunc(files, func(name string) bool { return !e.shipped(name) && isIn(name, file) }) {
			names = append(names, scenario.Name.Text)
		}
	}
	return names
}

// isIn reports whether a file is another, or in that folder.
func isIn(file, other string) bool {
	file, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	if other, err = filepath.Abs(other); err != nil {
		return false
	}
	return file == other || strings.HasPrefix(file, other+string(filepath.Separator))
}

// revision is what a revision of git may be: the beginning keeps it from being read as a
// flag, and no two dots make it a range.
var revision = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9@][A-Za-z0-9_/.@{}^~+-]*$`) })

// changedSince are the files of the working folder's repository that differ from those of a
// revision, deleted ones left out. It fails with a usage error if git cannot answer.
func (c *command) changedSince(ctx context.Context, rev string) ([]string, error) {
	if !revision().MatchString(rev) || strings.Contains(rev, "..") {
		return nil, usageError{fmt.Errorf("--affected-by-git cannot be %q: expected one revision, such as origin/main or HEAD~1", rev)}
	}
	if c.Git == nil {
		return nil, usageError{errors.New("--affected-by-git: there is no git here; name the files with --affected-by")}
	}
	top, err := c.Git(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, usageError{fmt.Errorf("--affected-by-git: %w", err)}
	}
	changed, err := c.Git(ctx, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", rev, "--")
	if err != nil {
		return nil, usageError{fmt.Errorf("--affected-by-git %s: %w", rev, err)}
	}
	root := strings.TrimRight(string(top), "\r\n")
	var files []string
	for name := range strings.SplitSeq(strings.TrimRight(string(changed), "\x00"), "\x00") {
		file := filepath.Join(root, filepath.FromSlash(name))
		if _, err := os.Stat(file); name == "" || errors.Is(err, fs.ErrNotExist) {
			continue // nothing is left of it that could be judged
		}
		files = append(files, fromHere(file))
	}
	return files, nil
}

// fromHere is a file's path from the working folder, where that is shorter.
func fromHere(file string) string {
	here, err := os.Getwd()
	if err != nil {
		return file
	}
	if relative, err := filepath.Rel(here, file); err == nil && len(relative) < len(file) {
		return relative
	}
	return file
}
