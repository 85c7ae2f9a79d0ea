package selection

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// Affected is what changed files concern.
type Affected struct {
	// Rules are those that changed, and the correlations that rest on one. A step or
	// baseline is concerned that expects something of one, or on whose asset one could be
	// asked.
	Rules []plan.Rule
	// Scenarios are those that changed, or of whose libraries one did, by name: all of
	// their steps are concerned.
	Scenarios []string
	// Files are the changed files, and Unrelated those of them that concern nothing that was
	// read.
	Files, Unrelated []string
	// CanAsk reports whether an asset's records can be of a log source that a rule reads.
	CanAsk func(on plan.Asset, sources []event.LogSource) bool
}

func (a *Affected) concerns(c candidate) bool {
	if slices.Contains(a.Scenarios, c.plan.Name) {
		return true
	}
	return slices.ContainsFunc(a.Rules, func(rule plan.Rule) bool {
		expected := slices.ContainsFunc(c.expect, func(e plan.Expectation) bool { return e.Rule == rule.ID })
		return expected || a.CanAsk(c.asset, rule.Sources)
	})
}

// nothing says why the changes concern no step.
func (a *Affected) nothing() string {
	switch {
	case len(a.Files) == 0:
		return "no file changed"
	case len(a.Unrelated) == len(a.Files):
		return "none of the changed files is a rule that is loaded or part of a scenario that was read: " + names(a.Files) + "; --rules takes in rules of your own"
	}
	return "no step could be seen by a changed rule: " + names(a.Files)
}

func names(files []string) string {
	if more := len(files) - mostNamed; more > 0 {
		return strings.Join(files[:mostNamed], ", ") + ", …"
	}
	return strings.Join(files, ", ")
}
