package hunt

import (
	"context"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// MaxRule is how many bytes the text of a rule may have; MaxAlerts how many alerts of a
// trial are shown.
const (
	MaxRule   = 64 << 10
	MaxAlerts = 50
)

// TryRule asks a Sigma rule, of whose text nothing is taken for granted, of the first so
// many events. What is wrong with the text is in the trial; it fails only if ctx ends.
func (s *Store) TryRule(ctx context.Context, text string, released int) (RuleTrial, error) {
	if len(text) > MaxRule {
		return RuleTrial{Problems: []RuleProblem{{Error: true, Text: fmt.Sprintf("the rule must have at most %d bytes", MaxRule)}}}, nil
	}
	rules, problems := sigma.Parse("rule", []byte(text))
	engine, more := detect.NewSigma(rules)
	var trial RuleTrial
	for _, problem := range append(problems, more...) {
		trial.Problems = append(trial.Problems, RuleProblem{problem.Severity == sigma.Error, problem.Line, problem.Column, problem.Summary + ": " + problem.Detail})
	}
	trial.Usable = len(engine.Evaluated()) > 0
	records := s.snapshot(released)
	events := make([]event.Event, len(records))
	for i, r := range records {
		events[i] = r.Event
		events[i].ID = s.ids.of(i)
	}
	alerts, err := engine.Detect(ctx, events, event.Native)
	if err != nil {
		return RuleTrial{}, fmt.Errorf("try a rule: %w", err)
	}
	trial.Released.Total = len(alerts)
	for _, alert := range alerts[:min(len(alerts), MaxAlerts)] {
		out := RuleAlert{Title: alert.Title, Level: alert.Level}
		for _, id := range alert.Events {
			view, _ := s.Event(id, released)
			out.Events = append(out.Events, view)
		}
		trial.Released.Alerts = append(trial.Released.Alerts, out)
	}
	return trial, nil
}
