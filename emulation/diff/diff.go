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
	// not met and became worse, a detection that became a known gap, and an
	// expectation that is new and not met.
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
	d.verdicts(Changes(before.results(), after.results()))
	return d
}

func (r Run) results() []result.Scenario {
	all := make([]result.Scenario, len(r.Scenarios))
	for i, scenario := range r.Scenarios {
		all[i] = scenario.Scenario
	}
	return all
}

const (
	worse  = "worse"
	better = "better"
	other  = "other"
)

var rank = map[string]int{worse: 0, other: 1, better: 2}

func steps(s result.Scenario) []result.Step { return slices.Concat(s.Baselines, s.Steps) }

// scenario compares two runs of one scenario.
func (d *Difference) scenario(old, now Scenario) {
	was := map[string]bool{}
	for _, step := range steps(old.Scenario) {
		was[step.ID] = true
	}
	for _, step := range steps(now.Scenario) {
		at := At{now.Name, step.ID}
		if !was[step.ID] {
			d.Added = append(d.Added, at.String())
			continue
		}
		delete(was, step.ID)
		d.alerts(at, old, now)
		d.events(at, old.Events[step.ID], now.Events[step.ID])
	}
	for _, step := range steps(old.Scenario) {
		if was[step.ID] {
			d.Removed = append(d.Removed, At{old.Name, step.ID}.String())
		}
	}
}

// verdicts enters the changes of expectations. Those of a scenario or step that was
// removed are left out, as it is named; alerts are compared by their number.
func (d *Difference) verdicts(changes []Change) {
	for _, c := range changes {
		e := cmp.Or(c.After, c.Before)
		if e == nil || c.After == nil && (slices.Contains(d.Removed, c.Scenario) || slices.Contains(d.Removed, c.At.String())) {
			continue
		}
		change := VerdictChange{At: c.At, Rule: e.Rule, Title: e.Title, Want: e.Want, Shape: e.Shape, File: e.File, Line: e.Line, Change: other}
		if c.Before != nil {
			change.Before = c.Before.Verdict.String()
		}
		if c.After != nil {
			change.After, change.Reason, change.Explanation = c.After.Verdict.String(), c.After.Reason, c.After.Explanation
		}
		switch c.Kind {
		case Worse:
			change.Change = worse
			d.Worse++
		case Better:
			change.Change = better
			d.Better++
		case NewAlert, Removed, GoneAlert, Added, Reinterpreted:
		}
		d.Verdicts = append(d.Verdicts, change)
	}
	d.explain()
	slices.SortStableFunc(d.Verdicts, func(a, b VerdictChange) int { return cmp.Compare(rank[a.Change], rank[b.Change]) })
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
