package coverage

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Coverage is which rules detect one behaviour.
type Coverage struct {
	// Reported are the actors of whom it was reported.
	Reported []string `json:"reported"`
	// Emulated is whether its effect came about and was proven.
	Emulated bool `json:"emulated"`
	// Stated are those of Detected and Joined that fire only on stated fields, such
	// as an account or a line in a log; sorted.
	Stated []string `json:"stated"`
	// Detected are the ids of the rules that fire on the log sources alone, sorted.
	Detected []string `json:"detected"`
	// Joined are the ids of the rules that also need fields of the acting process,
	// sorted.
	Joined []string `json:"joined"`
	// Asked counts the rules that had an event of it to read, declared events left
	// out.
	Asked int `json:"asked"`
}

// RuleDetector is a detector that lists its rules.
type RuleDetector interface {
	detect.Detector
	Rules() []plan.Rule
}

// Blind reports whether no rule detects it, though some had an event to read.
func (c Coverage) Blind() bool { return len(c.Detected)+len(c.Joined) == 0 && c.Asked > 0 }

// NotAsked reports whether no rule had an event to read: that none detects it then
// says nothing about the rules.
func (c Coverage) NotAsked() bool { return c.Asked == 0 }

// Measure performs a behaviour with its defaults on a host, and asks the detector as
// [Judge] does. The error is the lab's or the detector's, or says why the behaviour
// cannot be planned or the telemetry cannot be relied on.
func Measure(ctx context.Context, in runner.Runner, b behaviour.Behaviour, on asset.Host, detector RuleDetector) (Coverage, error) {
	planned, problems := b.Plan(on, nil)
	if problems.HasErrors() {
		return Coverage{}, fmt.Errorf("cover %s: %w", b.Name, problems)
	}
	record, err := perform(ctx, in, on, b.Name, planned)
	if err != nil {
		return Coverage{}, fmt.Errorf("cover %s: %w", b.Name, err)
	}
	return Judge(ctx, b, []runner.StepRecord{record}, detector)
}

// Judge asks the detector about a behaviour as it was performed: records are those of
// the steps that performed it, each judged by itself. An alert that rests on a declared
// record counts for nothing, so that in a lab in which nothing happens no rule fires.
// It fails as the detector does.
func Judge(ctx context.Context, b behaviour.Behaviour, records []runner.StepRecord, detector RuleDetector) (Coverage, error) {
	covered := Coverage{Reported: b.Actors, Detected: []string{}, Joined: []string{}, Stated: []string{}}
	asked := map[string]bool{}
	fired := map[event.Shape]map[string]bool{event.Native: {}, event.EDR: {}}
	for _, record := range records {
		covered.Emulated = covered.Emulated || record.Proven()
		addAsked(asked, detector, record.Events)
		for shape := range fired {
			if err := addFiring(ctx, fired[shape], detector, record.Events, shape); err != nil {
				return Coverage{}, fmt.Errorf("cover %s: %w", b.Name, err)
			}
		}
	}
	covered.Asked = len(asked)
	for _, of := range []struct {
		shape event.Shape
		into  *[]string
	}{{event.Native, &covered.Detected}, {event.EDR, &covered.Joined}} {
		for _, rule := range slices.Sorted(maps.Keys(fired[of.shape])) {
			if slices.Contains(covered.Detected, rule) {
				continue
			}
			*of.into = append(*of.into, rule)
			if !fired[of.shape][rule] {
				covered.Stated = append(covered.Stated, rule)
			}
		}
	}
	slices.Sort(covered.Stated)
	return covered, nil
}

// perform performs a plan on an asset of its own.
func perform(ctx context.Context, in runner.Runner, place asset.Host, name string, do effect.StepPlan) (record runner.StepRecord, err error) {
	opened, err := in.Open(ctx, "", plan.Asset{Name: place.Kind.Name, Place: place})
	if err != nil {
		return record, err
	}
	record = opened.Perform(ctx, name, do, in.Now())
	if closed := opened.Close(); record.Err == nil {
		return record, closed
	}
	return record, record.Err
}

// addAsked adds the rules that had one of the events to read.
func addAsked(asked map[string]bool, detector RuleDetector, events []event.Event) {
	seen, _ := event.WithoutDeclared(events)
	for _, rule := range detector.Rules() {
		if detector.Asked(rule.ID, seen, event.Native) > 0 {
			asked[rule.ID] = true
		}
	}
}

// addFiring adds the rules with an alert that does not rest on a declared record, each
// with whether one of its alerts does not rest on stated fields either.
func addFiring(ctx context.Context, fired map[string]bool, detector detect.Detector, events []event.Event, shape event.Shape) error {
	alerts, err := detector.Detect(ctx, events, shape)
	if err != nil {
		return err
	}
	alerts = withoutDeclared(alerts, events)
	question := func(rule string) detect.Question {
		return detect.Question{Detector: detector.Name(), Rule: rule, Shape: shape}
	}
	var questions []detect.Question
	for _, alert := range alerts {
		questions = append(questions, question(alert.Rule))
	}
	stated, err := detect.AllStatedFields(ctx, []detect.Detector{detector}, questions, events)
	if err != nil {
		return err
	}
	for _, alert := range alerts {
		fired[alert.Rule] = fired[alert.Rule] || len(stated[question(alert.Rule)][alert.Newest()]) == 0
	}
	return nil
}

// withoutDeclared returns the alerts that do not rest on a declared record.
func withoutDeclared(alerts []detect.Alert, events []event.Event) []detect.Alert {
	declared := map[string]bool{}
	for _, e := range events {
		declared[e.ID] = e.Provenance == event.Declared
	}
	return slices.DeleteFunc(alerts, func(alert detect.Alert) bool {
		return slices.ContainsFunc(alert.Events, func(id string) bool { return declared[id] })
	})
}
