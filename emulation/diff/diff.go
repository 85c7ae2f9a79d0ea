package diff

import (
	"cmp"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Run is one of the two runs.
type Run struct {
	ID        string
	Scenarios []Scenario
	Rules     []Rule
}

// Scenario is one scenario of a run, as it was judged.
type Scenario struct {
	result.Scenario
	// Start is the virtual time of its offset 0.
	Start time.Time
	// Events and Alerts are those of each step and baseline, by its id.
	Events map[string][]event.Event
	Alerts map[string][]detect.Alert
}

// Rule is a rule as a run had it.
type Rule struct {
	ID, Title string
	// File is where it was read from; Digest is the SHA-256 of its text, in hex.
	File, Digest string
}

// Format names the document's schema; its text is in emulation/report.
const Format = "ringer.diff/1"

// Difference is what is different in the second run.
type Difference struct {
	Format string `json:"format"`
	Before string `json:"before"` // ids of the runs
	After  string `json:"after"`
	// Worse counts what got worse: a verdict that was met and is not, one that was
	// not met and became worse, and an expectation that is new and not met.
	Worse    int             `json:"worse"`
	Better   int             `json:"better"`
	Verdicts []VerdictChange `json:"verdicts"`
	Rules    []RuleChange    `json:"rules"`
	Alerts   []AlertChange   `json:"alerts"`
	Times    []TimeChange    `json:"times"`
	Events   []EventChange   `json:"events"`
	Fields   []FieldChange   `json:"fields"`
	// Added and Removed name what only one run has: scenarios and steps.
	Added   []string `json:"added"`
	Removed []string `json:"removed"`
}

// Same tells whether nothing is different.
func (d Difference) Same() bool {
	return len(d.Verdicts)+len(d.Rules)+len(d.Alerts)+len(d.Times)+len(d.Events)+len(d.Fields)+len(d.Added)+len(d.Removed) == 0
}

// At names a step or baseline.
type At struct {
	Scenario string `json:"scenario"`
	Step     string `json:"step"`
}

// String is the place as it is typed: scenario/step.
func (a At) String() string { return a.Scenario + "/" + a.Step }

// VerdictChange is an expectation with another verdict, or one that only one run has.
type VerdictChange struct {
	At
	Rule  string       `json:"rule"`
	Title string       `json:"title"`
	Want  verdict.Want `json:"want"`
	Shape event.Shape  `json:"shape"`
	// Before and After are "" where that run has no such expectation.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	// Change is "worse", "better" or "other".
	Change string `json:"change"`
	// Reason and Explanation are those of the second run; Why names what is different
	// that bears on it: its rule, the events of the step.
	Reason      string   `json:"reason,omitempty"`
	Explanation string   `json:"explanation,omitempty"`
	Why         []string `json:"why,omitempty"`
	File        string   `json:"file"`
	Line        int      `json:"line"`
}

// Compare finds what is different in the run after, apart from what differs between
// any two runs: real times, and the numbers of processes and records.
func Compare(before, after Run) Difference {
	d := Difference{
		Format: Format, Before: before.ID, After: after.ID, Verdicts: []VerdictChange{}, Rules: rules(before.Rules, after.Rules), Alerts: []AlertChange{},
		Times: []TimeChange{}, Events: []EventChange{}, Fields: []FieldChange{}, Added: []string{}, Removed: []string{},
	}
	was := map[string]Scenario{}
	for _, scenario := range before.Scenarios {
		was[scenario.Name] = scenario
	}
	for _, scenario := range after.Scenarios {
		old, ok := was[scenario.Name]
		if !ok {
			d.Added = append(d.Added, scenario.Name)
			d.expectations(scenario.Name, nil, steps(scenario))
			continue
		}
		delete(was, scenario.Name)
		d.scenario(old, scenario)
	}
	for _, scenario := range before.Scenarios {
		if _, left := was[scenario.Name]; left {
			d.Removed = append(d.Removed, scenario.Name)
		}
	}
	d.explain()
	slices.SortStableFunc(d.Verdicts, func(a, b VerdictChange) int { return cmp.Compare(rank[a.Change], rank[b.Change]) })
	for _, change := range d.Verdicts {
		switch change.Change {
		case worse:
			d.Worse++
		case better:
			d.Better++
		}
	}
	return d
}

const (
	worse  = "worse"
	better = "better"
	other  = "other"
)

var rank = map[string]int{worse: 0, other: 1, better: 2}

func steps(s Scenario) []result.Step { return slices.Concat(s.Baselines, s.Steps) }

// scenario compares two runs of one scenario.
func (d *Difference) scenario(old, now Scenario) {
	was := map[string]result.Step{}
	for _, step := range steps(old) {
		was[step.ID] = step
	}
	for _, step := range steps(now) {
		at := At{now.Name, step.ID}
		before, ok := was[step.ID]
		if !ok {
			d.Added = append(d.Added, at.String())
			d.expectations(now.Name, nil, []result.Step{step})
			continue
		}
		delete(was, step.ID)
		d.expectations(now.Name, []result.Step{before}, []result.Step{step})
		d.alerts(at, old, now)
		d.events(at, old.Events[step.ID], now.Events[step.ID])
	}
	for _, step := range steps(old) {
		if _, left := was[step.ID]; left {
			d.Removed = append(d.Removed, At{old.Name, step.ID}.String())
		}
	}
}

// expectationKey is what two runs' expectations of one step are matched by.
type expectationKey struct {
	detector, rule string
	want           verdict.Want
	shape          event.Shape
}

func keyOf(e result.Expectation) expectationKey {
	return expectationKey{e.Detector, e.Rule, e.Want, e.Shape}
}

// expectations compares the expectations of one step, or of new steps.
func (d *Difference) expectations(scenario string, before, after []result.Step) {
	was := map[expectationKey]result.Expectation{}
	for _, step := range before {
		for _, e := range step.Expectations {
			was[keyOf(e)] = e
		}
	}
	for _, step := range after {
		for _, e := range step.Expectations {
			old, had := was[keyOf(e)]
			delete(was, keyOf(e))
			if had && old.Verdict == e.Verdict {
				continue
			}
			change := VerdictChange{
				At: At{scenario, step.ID}, Rule: e.Rule, Title: e.Title, Want: e.Want, Shape: e.Shape, After: e.Verdict.String(),
				Reason: e.Reason, Explanation: e.Explanation, File: e.File, Line: e.Line, Change: changeOf(old, had, e),
			}
			if had {
				change.Before = old.Verdict.String()
			}
			d.Verdicts = append(d.Verdicts, change)
		}
	}
	for _, step := range before {
		for _, e := range step.Expectations {
			if old, left := was[keyOf(e)]; left {
				d.Verdicts = append(d.Verdicts, VerdictChange{
					At: At{scenario, step.ID}, Rule: old.Rule, Title: old.Title, Want: old.Want, Shape: old.Shape, Before: old.Verdict.String(),
					Change: other, File: old.File, Line: old.Line,
				})
			}
		}
	}
}

func changeOf(old result.Expectation, had bool, now result.Expectation) string {
	switch {
	case !had && now.Verdict.Met():
		return other
	case !had:
		return worse
	case old.Verdict.Met() && now.Verdict.Met():
		return other
	case now.Verdict.Met():
		return better
	case old.Verdict.Met() || now.Verdict > old.Verdict:
		return worse
	default:
		return better
	}
}

// explain says of each changed verdict what else is different that bears on it.
func (d *Difference) explain() {
	for i := range d.Verdicts {
		change := &d.Verdicts[i]
		for _, rule := range d.Rules {
			if rule.ID == change.Rule {
				change.Why = append(change.Why, "the rule was "+rule.Change)
			}
		}
		if slices.ContainsFunc(d.Events, func(e EventChange) bool { return e.At == change.At }) ||
			slices.ContainsFunc(d.Fields, func(f FieldChange) bool { return f.At == change.At }) {
			change.Why = append(change.Why, "the step left other events")
		}
	}
}
