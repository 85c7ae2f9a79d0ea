package cli

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/mutate"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
	"github.com/ringer-lab/ringer/scenarios"
)

// ruleSet is the detector with all rules.
type ruleSet struct {
	*detect.Sigma
	// own are the ids of ringer's own rules.
	own map[string]bool
	// from are the flags by which the rules were selected.
	from ruleFlags
	// broken are the files' errors; the rules concerned are left out.
	broken []sigma.Problem
	// given are those of the flags.
	given map[*sigma.Rule]bool
	// leftOut are those that ringer brings along and that are left out.
	leftOut []*sigma.Rule
	// replaced are those of which another with the same id has taken the place.
	replaced []sigma.Replaced
	// outside are the outside detectors that are asked.
	outside []outside.Detector
}

// OutsideDetectors are those that a run asks; none is that nobody named any.
func (r *ruleSet) OutsideDetectors() []outside.Detector { return r.outside }

// isOwn reports whether a rule is ringer's own, by its id.
func (r *ruleSet) isOwn(rule string) bool { return r.own[rule] }

// mutantTester judges runs again under mutants of the rules, as of a day.
func (r *ruleSet) mutantTester(today time.Time) mutate.Tester {
	return mutate.Tester{Detector: r.Sigma, BaselineSilent: r.isOwn, Today: today}
}

// Named finds the rules that a scenario can mean. What another rule with the same id has
// taken the place of lends it its name; what is left out is found too, so that it is told
// that it is.
func (r *ruleSet) Named(name string) []plan.Rule {
	found := r.Sigma.Named(name)
	if len(found) == 0 {
		for _, id := range r.replacedBy(name) {
			found = append(found, r.Sigma.Named(id)...)
		}
	}
	if len(found) > 0 {
		return found
	}
	for _, rule := range rulename.New(r.leftOut, nil).Named(name) {
		found = append(found, plan.Rule{ID: rule.Ref(), Title: rule.Title, File: rule.File, Line: max(1, rule.Line), LeftOut: true})
	}
	return found[:min(1, len(found))]
}

// Find finds the rules that a command line can mean: as [ruleSet.Named], but by all that a
// report prints of them.
func (r *ruleSet) Find(given string) []*sigma.Rule {
	found := r.Sigma.Find(given)
	if len(found) == 0 {
		for _, id := range r.replacedBy(given) {
			found = append(found, r.Sigma.Find(id)...)
		}
	}
	return found
}

// replacedBy returns the ids of the rules that have taken the place of those of a name.
func (r *ruleSet) replacedBy(name string) []string {
	var old []*sigma.Rule
	for _, replaced := range r.replaced {
		old = append(old, replaced.Rule)
	}
	var ids []string
	for _, rule := range rulename.New(old, nil).Named(name) {
		ids = append(ids, rule.Ref())
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// shortID returns a function that cuts a rule's id to the digits that tell it from the
// others, as reports print it.
func (r *ruleSet) shortID() func(string) string { return rulename.ShortIDs(idsOf(r.InputRules())) }

// spelling returns what a scenario can call a rule; "" if that is nothing.
func (r *ruleSet) spelling(rule *sigma.Rule) string {
	if known, ok := r.FullRule(rule.Ref()); !ok || known != rule {
		return ""
	}
	return r.Sigma.Spelling(rule)
}

// idOf returns the id of the rule that a scenario means by a name, or else the name.
func (r *ruleSet) idOf(name string) string {
	if found := r.Named(name); len(found) == 1 {
		return found[0].ID
	}
	return name
}

// loadRules reads ringer's own rules, unless they are to be left out, and those of the
// paths given: files, folders or zip archives. Of two with the same id the later one
// counts, and stderr tells of it. It fails with a usage error if the paths have no
// usable rule, or if there is no rule at all.
func (c *command) loadRules(flags ruleFlags) (*ruleSet, error) {
	r := &ruleSet{own: map[string]bool{}, from: flags}
	all, problems := sigma.LoadFS(scenarios.FS, "rules")
	if flags.noDefault {
		r.leftOut, all, problems = all, nil, nil
	}
	for _, rule := range all {
		r.own[rule.ID] = true
	}
	return r, c.addRules(r, all, problems, "ringer's ")
}

// recordedRules are the rules of a recorded run, and those of the paths given.
func (c *command) recordedRules(recording *record.Recording, flags ruleFlags) (*ruleSet, error) {
	sources, err := recording.Rules()
	if err != nil {
		return nil, usageError{err}
	}
	r := &ruleSet{own: map[string]bool{}, from: flags}
	var all []*sigma.Rule
	var problems []sigma.Problem
	for i, parsed := range parseSources(sources) {
		source := sources[i]
		if source.Shipped && flags.noDefault {
			r.leftOut = append(r.leftOut, parsed.rules...)
			continue
		}
		all, problems = append(all, parsed.rules...), append(problems, parsed.problems...)
		for _, rule := range parsed.rules {
			r.own[rule.ID] = r.own[rule.ID] || source.Shipped
		}
	}
	all, r.replaced = sigma.Latest(all) // it was told when they were recorded
	return r, c.addRules(r, all, problems, "the run's ")
}

// parsedSource is what a file of rules has.
type parsedSource struct {
	rules    []*sigma.Rule
	problems []sigma.Problem
}

// parseSources parses files of rules, several at a time: a run may have thousands.
func parseSources(sources []record.Source) []parsedSource {
	parsed := make([]parsedSource, len(sources))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, source := range sources {
		group.Go(func() error {
			parsed[i].rules, parsed[i].problems = sigma.Parse(source.Name, source.Content)
			return nil
		})
	}
	_ = group.Wait() // what is wrong is among the problems
	return parsed
}

// addRules compiles rules, whose files are called base, with those of the paths given,
// into a set.
func (c *command) addRules(r *ruleSet, all []*sigma.Rule, problems []sigma.Problem, base string) error {
	if paths := r.from.paths; len(paths) > 0 {
		if err := expectRules(paths); err != nil {
			return err
		}
		more, wrong := c.readRules(paths)
		if len(more) == 0 {
			return usageError{noRules(paths, wrong)}
		}
		r.given = map[*sigma.Rule]bool{}
		for _, rule := range more {
			r.given[rule] = true
		}
		kept, replaced := sigma.Latest(append(all, more...))
		c.tellReplaced(replaced, r.given, base)
		all, r.replaced = kept, append(r.replaced, replaced...)
		problems = append(problems, wrong...)
	}
	if len(all) == 0 && r.from.noDefault {
		return usageError{errors.New("--no-default-rules leaves no rule: give your own with --rules")}
	}
	var wrong []sigma.Problem
	r.Sigma, wrong = detect.NewSigma(all)
	for _, problem := range slices.Concat(problems, wrong) {
		if problem.Severity == sigma.Error {
			r.broken = append(r.broken, problem)
		}
	}
	return nil
}

// mostReplaced is how many rules are told to have taken the place of others, each by
// its files.
const mostReplaced = 10

// tellReplaced tells of each rule that took the place of another with the same id. The
// files of those that were not given are called base.
func (c *command) tellReplaced(replaced []sigma.Replaced, given map[*sigma.Rule]bool, base string) {
	for i, r := range replaced {
		if i == mostReplaced {
			fmt.Fprintf(c.Stderr, "Note: %s take the place of others with the same id\n", report.Plural(len(replaced)-i, "more rule"))
			break
		}
		place := base
		if given[r.Rule] {
			place = ""
		}
		fmt.Fprintf(c.Stderr, "Note: %s:%d takes the place of %s%s:%d (rule %s)\n", r.By.File, max(1, r.By.Line), place, r.Rule.File, max(1, r.Rule.Line), r.By.Ref())
	}
}

// expectRules fails as [expectInput] does for the first path that has no rules.
func expectRules(paths []string) error {
	for _, path := range paths {
		if err := expectInput(path, ruleInput, "Sigma rules"); err != nil {
			return err
		}
	}
	return nil
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
	c.annotateBroken(r.broken)
}

// compiledRules are rules that are ready to match.
type compiledRules struct {
	*sigma.Set
	given []*sigma.Rule // including filters and those that are left out
	lost  bool          // whether one is left out
}

// compileRules returns the rules of the paths given, ready to match. Errors are
// written. It fails with a usage error if no rule is left, or the flags cannot be
// followed.
func (c *command) compileRules(paths []string, engine engineFlags) (compiledRules, error) {
	if len(paths) == 0 {
		return compiledRules{}, usageError{errors.New("--rules is required: a file, folder or zip archive of Sigma rules")}
	}
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return compiledRules{}, usageError{fmt.Errorf("read rules: %w", err)}
		}
	}
	if err := expectRules(paths); err != nil {
		return compiledRules{}, err
	}
	rules, problems := c.readRules(paths)
	problems = slices.DeleteFunc(problems, func(p sigma.Problem) bool { return p.Severity != sigma.Error })
	given, replaced := sigma.Latest(rules)
	c.tellReplaced(replaced, nil, "")
	out := compiledRules{given: given}
	var more []sigma.Problem
	var err error
	if out.Set, out.given, more, err = engine.compile(out.given); err != nil {
		return compiledRules{}, err
	}
	// The warnings of what is compiled are about rules that are not used as written.
	problems = append(problems, more...)
	sigma.SortProblems(problems)
	for _, problem := range problems {
		out.lost = out.lost || problem.Severity == sigma.Error
		fmt.Fprintln(c.Stderr, problem)
	}
	if len(out.Rules()) == 0 {
		return compiledRules{}, usageError{fmt.Errorf("no usable Sigma rule in %s", strings.Join(paths, ", "))}
	}
	return out, nil
}

// info is what a reader wants to know of a rule, its technique in that version of
// ATT&CK.
func (r *ruleSet) info(id string, speaks attack.Version) report.RuleInfo {
	rule, ok := r.FullRule(id)
	if !ok {
		return report.RuleInfo{}
	}
	info := report.RuleInfo{Given: !r.own[id], Level: rule.Level, File: rule.File, Line: rule.DetectionLine()}
	if techniques := speaks.TechniquesOf(rule.Tags); len(techniques) > 0 {
		info.Technique = techniques[0]
	}
	return info
}

// idsOf are the ids of rules.
func idsOf(rules []*sigma.Rule) []string {
	var ids []string
	for _, rule := range rules {
		ids = append(ids, rule.ID)
	}
	return ids
}

// preferred is the first of rules by their ids that the user gave, or else that is on a
// technique, or else the first; nil of none.
func (r *ruleSet) preferred(ids []string, technique string) *sigma.Rule {
	for _, is := range []func(*sigma.Rule) bool{
		func(rule *sigma.Rule) bool { return r.given[rule] },
		func(rule *sigma.Rule) bool {
			return slices.Contains(attack.Current.TechniquesOf(rule.Tags), technique)
		},
		func(*sigma.Rule) bool { return true },
	} {
		for _, id := range ids {
			if rule, ok := r.FullRule(id); ok && is(rule) {
				return rule
			}
		}
	}
	return nil
}
