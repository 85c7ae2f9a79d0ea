package coverage

import (
	"context"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// onStatedFieldsOnly returns the rules that detect the behaviour only by stated
// fields.
func onStatedFieldsOnly(ctx context.Context, detector detect.Detector, events []event.Event, covered Coverage) ([]string, error) {
	rules := []string{}
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		of := map[event.Shape][]string{event.Native: covered.Detected, event.EDR: covered.Joined}[shape]
		var questions []detect.Question
		for _, rule := range of {
			questions = append(questions, detect.Question{Detector: detector.Name(), Rule: rule, Shape: shape})
		}
		stated, err := detect.AllStatedFields(ctx, []detect.Detector{detector}, questions, events)
		if err != nil {
			return nil, err
		}
		if len(stated) == 0 {
			continue
		}
		alerts, err := detector.Detect(ctx, events, shape)
		if err != nil {
			return nil, err
		}
		certain := map[string]bool{}
		for _, alert := range withoutDeclared(alerts, events) {
			question := detect.Question{Detector: detector.Name(), Rule: alert.Rule, Shape: shape}
			certain[alert.Rule] = certain[alert.Rule] || len(stated[question][alert.Newest()]) == 0
		}
		rules = append(rules, slices.DeleteFunc(slices.Clone(of), func(rule string) bool { return certain[rule] })...)
	}
	slices.Sort(rules)
	return rules, nil
}
