package diff

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Change is one answer of a run that an earlier run gave otherwise, or not at all.
type Change struct {
	Kind ChangeKind
	At
	Rule, Title string
	Shape       event.Shape
	// Before and After are the expectation in the two runs. Before is nil of one
	// that is new, After of one that is gone; both are of an unexpected alert.
	Before, After *result.Expectation
}

// ChangeKind is how a change is to be taken.
type ChangeKind int

// The kinds, those that want looking at first.
const (
	Worse         ChangeKind = iota // an expectation was met and is not, or is further from it
	NewAlert                        // an unexpected alert that was not there
	Removed                         // an expectation that is no longer judged
	Better                          // an expectation was not met and is, or is nearer to it
	GoneAlert                       // an unexpected alert that is no longer there
	Added                           // an expectation that was not judged before
	Reinterpreted                   // another verdict, as good as the one before
)

var changeKinds = [...]string{"worse", "new unexpected alert", "no longer judged", "better", "unexpected alert gone", "new", "changed"}

func (k ChangeKind) String() string { return changeKinds[k] }

// answerKey names an answer across runs.
type answerKey struct {
	At
	detector, rule string
	shape          event.Shape
}

// answers are a run's expectations and unexpected alerts, with the order in which
// they come.
type answers struct {
	order        []answerKey
	expectations map[answerKey]*result.Expectation
	alerts       map[answerKey]detect.Alert
}

func answersOf(scenarios []result.Scenario) answers {
	all := answers{expectations: map[answerKey]*result.Expectation{}, alerts: map[answerKey]detect.Alert{}}
	for _, scenario := range scenarios {
		for _, step := range steps(scenario) {
			at := At{scenario.Name, step.ID}
			for i, expectation := range step.Expectations {
				key := answerKey{at, expectation.Detector, expectation.Rule, expectation.Shape}
				all.order = append(all.order, key)
				all.expectations[key] = &step.Expectations[i]
			}
			for _, alert := range step.UnexpectedAlerts {
				// The shape is left out: only the first of a rule's is told of.
				key := answerKey{At: at, detector: alert.Detector, rule: alert.Rule}
				all.order = append(all.order, key)
				all.alerts[key] = alert
			}
		}
	}
	return all
}

// Changes are the answers that differ between two runs of scenarios, or that only one
// of them gives, by their kinds.
func Changes(before, after []result.Scenario) []Change {
	was, is := answersOf(before), answersOf(after)
	var changes []Change
	for _, key := range is.order {
		change := Change{At: key.At, Rule: key.rule, Shape: key.shape}
		if alert, unexpected := is.alerts[key]; unexpected {
			if _, there := was.alerts[key]; there {
				continue
			}
			change.Kind, change.Title, change.Shape = NewAlert, alert.Title, alert.Shape
		} else {
			change.Before, change.After = was.expectations[key], is.expectations[key]
			if change.Before != nil && change.Before.Verdict == change.After.Verdict {
				continue
			}
			change.Kind, change.Title = kindOfChange(change.Before, change.After), change.After.Title
		}
		changes = append(changes, change)
	}
	for _, key := range was.order {
		change := Change{At: key.At, Rule: key.rule, Shape: key.shape}
		if alert, unexpected := was.alerts[key]; unexpected {
			if _, there := is.alerts[key]; there {
				continue
			}
			change.Kind, change.Title, change.Shape = GoneAlert, alert.Title, alert.Shape
		} else {
			change.Before = was.expectations[key]
			if is.expectations[key] != nil {
				continue
			}
			change.Kind, change.Title = Removed, change.Before.Title
		}
		changes = append(changes, change)
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(concernOf(b.After), concernOf(a.After)))
	})
	return changes
}

// concernOf is greater for a verdict that wants looking at sooner. What was left
// pending was forgotten, which is as bad as an error.
func concernOf(e *result.Expectation) verdict.Verdict {
	switch {
	case e == nil:
		return verdict.Silent
	case e.Verdict == verdict.Pending:
		return verdict.Errored
	}
	return e.Verdict
}

// kindOfChange is how it is to be taken that an expectation has another verdict. A
// detection that became a known gap is worse, though both are as expected.
func kindOfChange(before, after *result.Expectation) ChangeKind {
	switch {
	case before == nil && !after.Verdict.Met():
		return Worse
	case before == nil:
		return Added
	case before.Verdict.Met() && after.Verdict.Met() && (before.Verdict == verdict.Silent || after.Verdict == verdict.Silent):
		return Reinterpreted
	case concernOf(after) > concernOf(before):
		return Worse
	}
	return Better
}
