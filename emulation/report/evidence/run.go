package evidence

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Run is a run with all that a report says of it.
type Run struct {
	// Result is how it was judged.
	Result    result.Run
	Scenarios []Scenario
	// Rules are those that the result refers to, by id. One whose file is not known
	// is missing.
	Rules map[string]Rule
	// Compared tells that there was an earlier run; Changes are what differs from
	// it, the worse first.
	Compared bool
	Changes  []diff.Change
	// History are earlier runs that can be compared with this one; nil if there are none.
	History  *history.Trend
	Replayed bool

	shortID      func(string) string
	inRepository func(string) (string, bool)
	lines        map[string][]string // of scenario files, by name
}

// ShortID is the beginning of a rule's id, enough to type it.
func (r Run) ShortID(id string) string {
	if r.shortID != nil {
		return r.shortID(id)
	}
	return id[:min(8, len(id))]
}

// Scenario is one scenario of the run.
type Scenario struct {
	// Judged is how it was judged.
	Judged result.Scenario
	// Start is the virtual time of offset 0; zero where there is no record.
	Start      time.Time
	References []string
	// Steps are the baselines, then the steps, in the order in which they were
	// performed.
	Steps []Step
	// Telemetry is what each telemetry profile would have seen; nil if that was
	// not asked.
	Telemetry *compare.Scenario
}

// Step is one step or baseline.
type Step struct {
	Judged   result.Step
	Baseline bool
	// Offset is the virtual time since the start, At the virtual time itself. At is
	// zero where there is no record.
	Offset time.Duration
	At     time.Time
	// Summary says what the behaviour does, Source where it was reported.
	Summary, Source string
	// Line is where the scenario file has the step; 0 where there is no record.
	Line int
	// Events are all that it left, in order. Without a record they are those that
	// the result holds.
	Events []event.Event
	// Processes are the roots of the process trees that left them.
	Processes []*Process
	// Alerts are those of rules, expected or not.
	Alerts []Alert
}

// Event finds an event of the step by its id.
func (s Step) Event(id string) (event.Event, bool) {
	for _, e := range s.Events {
		if e.ID == id {
			return e, true
		}
	}
	return event.Event{}, false
}

func scenarioOf(judged result.Scenario, record *runner.RunRecord, rules map[string]Rule) Scenario {
	out := Scenario{Judged: judged}
	if record == nil {
		record = &runner.RunRecord{Plan: &plan.Plan{}}
	}
	out.Start, out.References = record.Start, record.Plan.References
	known := stepsByID(record)
	for _, step := range judged.Baselines {
		evidence := known[step.ID]
		evidence.Judged, evidence.Baseline = step, true
		out.Steps = append(out.Steps, evidence.complete(rules))
	}
	for _, step := range judged.Steps {
		evidence := known[step.ID]
		evidence.Judged = step
		if evidence.At.IsZero() {
			// An offset that cannot be read is that of no plan: it is left at the start.
			evidence.Offset, _ = scenario.ParseOffset(step.At)
		}
		out.Steps = append(out.Steps, evidence.complete(rules))
	}
	return out
}

// stepsByID is what a record has of each baseline and step.
func stepsByID(record *runner.RunRecord) map[string]Step {
	known := map[string]Step{}
	trees := newForest(record)
	for i, planned := range record.Plan.Baselines {
		of := record.Baselines[i]
		known[planned.ID] = Step{
			At: record.Start, Summary: planned.Kind.Summary, Line: planned.Range.Start.Line,
			Events: of.Events, Processes: trees.processes(of),
		}
	}
	for i, planned := range record.Plan.Steps {
		of := record.Steps[i]
		known[planned.ID] = Step{
			Offset: planned.At, At: record.Start.Add(planned.At), Summary: planned.Behaviour.Summary, Source: planned.Behaviour.Source,
			Line: planned.Range.Start.Line, Events: of.Events, Processes: trees.processes(of),
		}
	}
	return known
}

// complete adds what follows from the result.
func (s Step) complete(rules map[string]Rule) Step {
	if s.Events == nil {
		s.Events = eventsBehind(s.Judged)
	}
	s.Alerts = alertsOf(s, rules)
	return s
}

// eventsBehind are the events that a result holds of a step, each once.
func eventsBehind(step result.Step) []event.Event {
	var found []event.Event
	known := map[string]bool{}
	add := func(e event.Event) {
		if !known[e.ID] {
			known[e.ID] = true
			found = append(found, e)
		}
	}
	for _, expectation := range step.Expectations {
		for _, e := range expectation.Evidence {
			add(e)
		}
		for _, mismatch := range expectation.Mismatches {
			add(mismatch.Event)
		}
	}
	return found
}
