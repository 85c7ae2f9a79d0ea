package coverage

import (
	"context"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// stated are the rules that see the behaviour by stated fields only.
func stated(ctx context.Context, by detect.Detector, events []event.Event, covered Coverage) ([]string, error) {
	rules := []string{}
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		of := map[event.Shape][]string{event.Native: covered.Detected, event.EDR: covered.Joined}[shape]
		var questions []detect.Question
		for _, rule := range of {
			questions = append(questions, detect.Question{Detector: by.Name(), Rule: rule, Shape: shape})
		}
		doubts, err := detect.AllDoubts(ctx, []detect.Detector{by}, questions, events)
		if err != nil {
			return nil, err
		}
		if len(doubts) == 0 {
			continue
		}
		alerts, err := by.Detect(ctx, events, shape)
		if err != nil {
			return nil, err
		}
		sure := map[string]bool{}
		for _, alert := range seen(alerts, events) {
			question := detect.Question{Detector: by.Name(), Rule: alert.Rule, Shape: shape}
			sure[alert.Rule] = sure[alert.Rule] || len(doubts[question][alert.Newest()]) == 0
		}
		rules = append(rules, slices.DeleteFunc(slices.Clone(of), func(rule string) bool { return sure[rule] })...)
	}
	slices.Sort(rules)
	return rules, nil
}
