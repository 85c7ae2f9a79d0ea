package trial

import (
	"cmp"
	_ "embed"
	"slices"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Schema is the JSON Schema (2020-12) of a [Trial].
//
//go:embed schema.json
var Schema []byte

// Format names the document's schema.
const Format = "ringer.try/1"

// Trial is what performing one behaviour once showed.
type Trial struct {
	Format string `json:"format"`
	// Run is the id of the run, Place the scenario and step by which its recording has it.
	Run   string `json:"run"`
	Place string `json:"place"`
	Lab   string `json:"lab"`
	// Behaviour is the behaviour's name, Library that of the library that has it.
	Behaviour string `json:"behaviour"`
	Library   string `json:"library"`
	Summary   string `json:"summary"`
	Technique string `json:"technique,omitempty"`
	Host      Host   `json:"host"`
	// Seconds is how long performing it took.
	Seconds float64 `json:"seconds"`
	// Outcome is one of the constants below; Reason says why it is not Proven.
	Outcome   Outcome   `json:"outcome"`
	Reason    string    `json:"reason,omitempty"`
	Performed []Process `json:"performed"`
	// Proofs are the checks; StandInErrors what a stand-in was refused.
	Proofs        []effect.Proof `json:"proofs"`
	StandInErrors []string       `json:"trouble,omitempty"`
	// Touched are the places that undo puts back; Leftover those that it did not.
	Touched  []string      `json:"touched"`
	Leftover []string      `json:"left,omitempty"`
	Events   []event.Event `json:"events"`
	// Rules counts the rules there are, Asked those that had an event to look at.
	Rules  int     `json:"rules"`
	Asked  int     `json:"asked"`
	Alerts []Alert `json:"alerts"`
	// Near are the rules that were asked and were silent: those on the technique first,
	// then the nearest.
	Near []Near `json:"near"`
}

// Host is the asset that it was performed on.
type Host struct {
	Kind     string          `json:"kind"`
	Hostname string          `json:"hostname"`
	Platform effect.Platform `json:"platform"`
}

// Outcome says what became of the behaviour.
type Outcome string

// The outcomes. Declared is of a lab in which nothing happens.
const (
	Proven   Outcome = "proven"
	NoEffect Outcome = "no_effect"
	Declared Outcome = "declared"
	Skipped  Outcome = "skipped"
	Errored  Outcome = "errored"
)

// Process is a program that was started, with what it did in order.
type Process struct {
	Image   string `json:"image"`
	Command string `json:"command,omitempty"`
	User    string `json:"user,omitempty"`
	// Resident is true of a process whose start is not told.
	Resident bool   `json:"resident,omitempty"`
	Acts     []Done `json:"acts"`
}

// Done is an act in words, or a process that was started.
type Done struct {
	Act     string   `json:"act,omitempty"`
	Process *Process `json:"process,omitempty"`
}

// Alert is an alert of a rule.
type Alert struct {
	Rule  string      `json:"rule"`
	Title string      `json:"title"`
	Level string      `json:"level,omitempty"`
	Shape event.Shape `json:"shape"`
	// Events are the ids of the events that it rests on.
	Events []string `json:"events"`
}

// Near is a rule that was asked and did not alert.
type Near struct {
	Rule    string          `json:"rule"`
	Title   string          `json:"title"`
	Nearest detect.NearMiss `json:"nearest"`
}

// Of puts together what is known of the only step of a run.
func Of(run *runner.RunRecord, judged result.Scenario, detector *detect.Sigma) Trial {
	step, record, asset := run.Plan.Steps[0], run.Steps[0], run.Assets[0]
	place := run.Plan.Assets[0].Place
	t := Trial{
		Format: Format, Run: run.Run, Place: run.Plan.Name + "/" + step.ID, Lab: run.Lab,
		Behaviour: step.Behaviour.Name, Library: step.Behaviour.Library, Summary: step.Behaviour.Summary, Technique: step.Technique,
		Host: Host{place.Kind.Name, place.Hostname, place.Kind.Platform}, Seconds: record.Outcome.Took.Seconds(),
		Performed: []Process{}, Proofs: slices.Clone(record.Outcome.Proofs), StandInErrors: record.Outcome.StandInErrors,
		Touched: touched(step.Effect), Leftover: asset.Undone.Leftover, Events: append([]event.Event{}, record.Events...),
		Alerts: []Alert{}, Near: []Near{},
	}
	if t.Proofs == nil {
		t.Proofs = []effect.Proof{}
	}
	t.Outcome, t.Reason = outcomeOf(record, asset)
	for _, root := range step.Effect.Processes {
		t.Performed = append(t.Performed, processOf(root))
	}
	fired := map[string]bool{}
	for _, alert := range judged.Steps[0].Alerts {
		fired[alert.Rule] = true
		t.Alerts = append(t.Alerts, Alert{alert.Rule, alert.Title, alert.Level, alert.Shape, alert.Events})
	}
	t.rules(detector, fired)
	return t
}

// outcomeOf says what became of a step on its asset.
func outcomeOf(record runner.StepRecord, asset runner.AssetRecord) (outcome Outcome, reason string) {
	switch {
	case record.Err != nil:
		return Errored, record.Err.Error()
	case asset.Err != nil:
		return Errored, asset.Err.Error()
	case record.Skipped != "":
		return Skipped, record.Skipped
	case record.Outcome.Skipped != "":
		return Skipped, record.Outcome.Skipped
	case !record.Proven():
		return NoEffect, "what should be true afterwards is not, or was true before"
	case record.Outcome.Declared:
		return Declared, "the fake lab performs nothing: the events are declared"
	}
	return Proven, ""
}

// rules counts the rules that were asked, and adds those that did not alert: those on the
// behaviour's technique first.
func (t *Trial) rules(detector *detect.Sigma, fired map[string]bool) {
	all := detector.Rules()
	t.Rules = len(all)
	related := map[string]bool{}
	for _, rule := range all {
		if detector.Asked(rule.ID, t.Events, event.Native) == 0 {
			continue
		}
		t.Asked++
		near, ok := detector.Nearest(rule.ID, t.Events, event.Native)
		if !ok || fired[rule.ID] || rule.SuppressedByCorrelation {
			continue
		}
		full, _ := detector.FullRule(rule.ID)
		related[rule.ID] = slices.Contains(attack.Current.TechniquesOf(full.Tags), t.Technique)
		t.Near = append(t.Near, Near{rule.ID, rule.Title, near})
	}
	slices.SortStableFunc(t.Near, func(a, b Near) int {
		if related[a.Rule] != related[b.Rule] {
			if related[a.Rule] {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Nearest.Distance, b.Nearest.Distance)
	})
}

func touched(plan effect.StepPlan) []string {
	all := slices.Clone(plan.Touches())
	slices.Sort(all)
	return append([]string{}, slices.Compact(all)...)
}

func processOf(p effect.Process) Process {
	out := Process{Image: p.Image, User: p.User, Resident: p.Resident, Acts: []Done{}}
	if !p.Resident {
		out.Command = p.CommandLine()
	}
	for _, act := range p.Acts {
		if run, ok := act.(effect.Run); ok {
			inner := processOf(run.Process)
			out.Acts = append(out.Acts, Done{Process: &inner})
			continue
		}
		out.Acts = append(out.Acts, Done{Act: act.String()})
	}
	return out
}
