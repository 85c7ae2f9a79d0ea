package detect

import (
	"context"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// StatedFieldsDetector is a Detector that can say which of its answers rest on stated
// fields. The answers of any other detector count as certain.
type StatedFieldsDetector interface {
	Detector
	// StatedFields returns, for each of the rules, the events for which stated fields
	// decide whether the rule alerts, with the names of these fields. The events must
	// be sorted by time; of several that an alert rests on, the newest counts. An
	// error means that the detector could not be asked, or that ctx ended.
	StatedFields(ctx context.Context, rules []string, events []event.Event, shape event.Shape) (map[string]FieldsByEvent, error)
}

// FieldsByEvent are names of fields, by the event's id.
type FieldsByEvent map[string][]string

// Question is a rule of a detector and the shape of the events that it is asked in.
type Question struct {
	Detector, Rule string
	Shape          event.Shape
}

// AllStatedFields asks the detectors that can say so, about events in any order. It
// fails as [StatedFieldsDetector] does.
func AllStatedFields(ctx context.Context, detectors []Detector, questions []Question, events []event.Event) (map[Question]FieldsByEvent, error) {
	found := map[Question]FieldsByEvent{}
	if !event.HasStated(events) {
		return found, nil
	}
	ordered := inOrder(events)
	for _, detector := range detectors {
		analyzer, ok := detector.(StatedFieldsDetector)
		if !ok {
			continue
		}
		for _, shape := range []event.Shape{event.Native, event.EDR} {
			var rules []string
			for _, q := range questions {
				if q.Detector == detector.Name() && q.Shape == shape && !slices.Contains(rules, q.Rule) {
					rules = append(rules, q.Rule)
				}
			}
			dependencies, err := analyzer.StatedFields(ctx, rules, ordered, shape)
			if err != nil {
				return nil, err
			}
			for rule, of := range dependencies {
				found[Question{Detector: detector.Name(), Rule: rule, Shape: shape}] = of
			}
		}
	}
	return found, nil
}

var _ StatedFieldsDetector = (*Sigma)(nil)

// StatedFields asks the rule engine. Its only error is the cause of ctx, if that
// ends.
func (s *Sigma) StatedFields(ctx context.Context, rules []string, events []event.Event, shape event.Shape) (map[string]FieldsByEvent, error) {
	given, fields := make([]*logevent.Event, len(events)), make([][]string, len(events))
	sources := s.sourcesOf(rules...)
	for i := range events {
		if belongsToAny(&events[i], sources) {
			given[i], fields[i] = EventOf(&events[i], shape), events[i].StatedFields(shape)
		} else {
			given[i] = &logevent.Event{LogSources: []logevent.LogSource{}, Time: events[i].Time} // no rule reads more
		}
	}
	found := map[string]FieldsByEvent{}
	for _, id := range rules {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("find stated fields: %w", context.Cause(ctx))
		}
		rule, ok := s.FullRule(id)
		if !ok {
			continue
		}
		dependencies := s.set.UncertainEvents(rule, given, fields)
		if len(dependencies) == 0 {
			continue
		}
		found[id] = FieldsByEvent{}
		for _, dependency := range dependencies {
			found[id][events[dependency.Index].ID] = dependency.Fields
		}
	}
	return found, nil
}
