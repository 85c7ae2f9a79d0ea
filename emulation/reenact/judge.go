package reenact

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Finding is the result of re-enacting one recording.
type Finding struct {
	Recording string   `json:"recording"`
	Rules     []string `json:"rules"`
	Detected  bool     `json:"detected"`
	// Reason says why it was not detected.
	Reason string `json:"reason,omitempty"`
	// Limit is true if the reason is a known limit of the lab. A recording that was
	// not detected for another reason is a failure.
	Limit bool `json:"limit,omitempty"`
	// Omitted are the recorded events that were not performed, each with its reason,
	// if the others were enough for the rules.
	Omitted []string `json:"left,omitempty"`
}

// Judge checks that every rule which must fire for a recording fires on what the
// sensor saw. Its only error is the cause of ctx, if that ends.
func Judge(ctx context.Context, p Execution, rules *detect.Sigma) (Finding, error) {
	found := Finding{Recording: p.Dir, Rules: p.Rules}
	fault := func(reason string) Finding { found.Reason = reason; return found }
	limit := func(reason string) Finding { found.Reason, found.Limit = reason, true; return found }
	if p.Invalid != "" {
		return limit(p.Invalid), nil
	}
	if p.Unreliable != "" {
		return fault(p.Unreliable), nil
	}
	left := p.omissions()
	if len(left) == len(p.Steps) {
		return left[0].applyTo(found), nil
	}
	stated := p.comparableEvents()
	proven, _ := event.WithoutDeclared(stated)
	fired, err := countAlerts(ctx, rules, proven)
	if err != nil {
		return found, err
	}
	for _, id := range p.Rules {
		rule, ok := rules.FullRule(id)
		switch {
		case !ok:
			return fault(fmt.Sprintf("rule %s is not loaded", id)), nil
		case p.Count == 0 && fired[id] > 0:
			return fault(fmt.Sprintf("rule %s fired %d times but must not fire", id, fired[id])), nil
		case p.Count == 0 && len(left) > 0:
			return left[0].applyTo(found), nil // its silence shows nothing
		case fired[id] >= p.Count:
			continue
		}
		claimed, err := countAlerts(ctx, rules, stated)
		if err != nil {
			return found, err
		}
		why := p.firstDifference(rule)
		switch {
		case len(left) > 0:
			return left[0].applyTo(found), nil
		case claimed[id] >= p.Count:
			return limit(fmt.Sprintf("rule %s fires only on declared fields: %s", id, strings.Join(declaredFields(stated, rule.Fields()), ", "))), nil
		case why.limit != "":
			return limit(fmt.Sprintf("rule %s needs %s: %s", id, why.limit, why.text)), nil
		case why.text != "":
			return fault(fmt.Sprintf("rule %s: %s", id, why.text)), nil
		case fired[id] > 0:
			return fault(fmt.Sprintf("rule %s fired %d times, expected at least %d", id, fired[id], p.Count)), nil
		}
		return fault(fmt.Sprintf("rule %s did not fire: %s", id, rules.Explain(id, proven, event.Native).Text)), nil
	}
	found.Detected = true
	for _, left := range left {
		found.Omitted = append(found.Omitted, left.String())
	}
	return found, nil
}

// comparableEvents returns the events of the kinds that were recorded. What other
// channels report of the same acts is not part of the recording.
func (p Execution) comparableEvents() []event.Event {
	var all []event.Event
	for i, record := range p.Records {
		if p.omission(i) != nil {
			continue
		}
		for _, event := range record.Events {
			if p.Steps[i].Recorded.sameKind(event) {
				all = append(all, event)
			}
		}
	}
	return all
}

// deleteArchived and deleteDetected are Sysmon's events of a deleted file: 23 where
// it keeps a copy, else 26; an asset keeps none.
const deleteArchived, deleteDetected = 23, 26

// sameKind reports whether an event has the recorded one's channel and id. It
// compares log sources, as record 104 has another log's name in its field Channel.
func (r RecordedEvent) sameKind(e event.Event) bool {
	id := r.ID
	if id == deleteArchived && strings.EqualFold(r.Channel, sysmonChannel) {
		id = deleteDetected
	}
	if Text(e.Fields["EventID"]) != fmt.Sprint(id) {
		return false
	}
	return slices.ContainsFunc(e.Sources, func(s event.LogSource) bool {
		return len(r.Sources) > 0 && s.Service == r.Sources[0].Service
	})
}

func declaredFields(events []event.Event, fields []string) []string {
	names := map[string]bool{}
	for _, e := range events {
		for _, field := range fields {
			if e.Provenance == event.Declared || e.FieldProvenance[field] == event.Declared {
				names[field] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func countAlerts(ctx context.Context, rules *detect.Sigma, events []event.Event) (map[string]int, error) {
	found, err := rules.Detect(ctx, events, event.Native)
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, alert := range found {
		count[alert.Rule]++
	}
	return count, nil
}
