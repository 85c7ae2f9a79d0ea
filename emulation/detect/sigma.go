package detect

import (
	"context"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Sigma is the built-in engine with a set of rules. It is also the catalog that plans
// are checked against.
type Sigma struct {
	set   *sigma.Set
	input []*sigma.Rule
}

var (
	_ Detector     = (*Sigma)(nil)
	_ plan.Catalog = (*Sigma)(nil)
)

// NewSigma compiles rules. Of two with the same id the later one counts. A rule that
// cannot be compiled is left out and reported.
func NewSigma(rules []*sigma.Rule) (*Sigma, []sigma.Problem) {
	var kept []*sigma.Rule
	place := map[string]int{}
	for _, rule := range rules {
		if at, known := place[rule.ID]; known && rule.ID != "" {
			kept[at] = rule
			continue
		}
		place[rule.ID] = len(kept)
		kept = append(kept, rule)
	}
	set, problems := sigma.Compile(kept)
	return &Sigma{set: set, input: kept}, problems
}

// Name is "sigma".
func (*Sigma) Name() string { return "sigma" }

// Rule returns what a plan needs of the rule with that id.
func (s *Sigma) Rule(id string) (plan.Rule, bool) {
	rule, ok := s.set.Rule(id)
	if !ok {
		return plan.Rule{}, false
	}
	return s.ruleOf(rule), true
}

// Rules returns what a plan needs of each rule of the set.
func (s *Sigma) Rules() []plan.Rule {
	var all []plan.Rule
	for _, rule := range s.set.Rules() {
		all = append(all, s.ruleOf(rule))
	}
	return all
}

// FullRule returns the rule with that id as it was parsed.
func (s *Sigma) FullRule(id string) (*sigma.Rule, bool) { return s.set.Rule(id) }

// InputRules returns the rules that were given, including filters and rules left out,
// in the order in which references are resolved.
func (s *Sigma) InputRules() []*sigma.Rule { return s.input }

// Match appends the single-event rules that match an event to out.
func (s *Sigma) Match(e *logevent.Event, out []*sigma.Rule) []*sigma.Rule { return s.set.Match(e, out) }

func (s *Sigma) ruleOf(r *sigma.Rule) plan.Rule {
	out := plan.Rule{ID: r.ID, Title: r.Title, Level: r.Level, SuppressedByCorrelation: s.set.SuppressedByCorrelation(r)}
	for _, on := range s.set.BaseRules(r) {
		if source := event.LogSource(on.LogSource); !slices.Contains(out.Sources, source) {
			out.Sources = append(out.Sources, source)
		}
	}
	return out
}

// Detect feeds the events to the rules, correlations included. Its only error is
// the cause of ctx, if that ends.
func (s *Sigma) Detect(ctx context.Context, events []event.Event, shape event.Shape) ([]Alert, error) {
	session := s.set.NewSession()
	var found []Alert
	addAlerts := func(alerts []sigma.Alert) {
		for _, alert := range alerts {
			found = append(found, alertOf(alert, events, shape))
		}
	}
	for i := range events {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("match events: %w", context.Cause(ctx))
		}
		addAlerts(session.Feed(EventOf(&events[i], shape)))
	}
	addAlerts(session.Close())
	return found, nil
}

func alertOf(alert sigma.Alert, events []event.Event, shape event.Shape) Alert {
	rule := alert.Rule
	out := Alert{Detector: "sigma", Rule: rule.ID, Title: rule.Title, Level: rule.Level, Tags: rule.Tags, Shape: shape}
	for _, i := range alert.Events {
		out.Events = append(out.Events, events[i].ID)
	}
	return out
}

// EventOf returns an event in the form that the engine takes.
func EventOf(e *event.Event, shape event.Shape) *logevent.Event {
	return &logevent.Event{LogSources: appendSources(make([]logevent.LogSource, 0, len(e.Sources)), e), Fields: e.Shaped(shape), Time: e.Time}
}

func appendSources(to []logevent.LogSource, e *event.Event) []logevent.LogSource {
	for _, source := range e.Sources {
		to = append(to, logevent.LogSource(source))
	}
	return to
}

// Explain shows the rule's condition on the first event that matches, or else on the
// nearest.
func (s *Sigma) Explain(id string, events []event.Event, shape event.Shape) Explanation {
	rule, ok := s.set.Rule(id)
	if !ok {
		return Explanation{Text: fmt.Sprintf("rule %s is not loaded", id)}
	}
	if len(events) == 0 {
		return Explanation{Text: "the step left no event"}
	}
	given := make([]*logevent.Event, len(events))
	for i := range events {
		given[i] = EventOf(&events[i], shape)
	}
	why, nearest := s.set.ExplainNearest(rule, given)
	text := fmt.Sprintf("%s:\n%s", events[nearest].ID, why)
	if len(events) > 1 && !why.Met {
		text = fmt.Sprintf("nearest of %d events, %s", len(events), text)
	}
	return Explanation{
		Text:       text,
		Mismatches: s.mismatches(rule, events, given, nearest),
	}
}

// mismatches returns the events that the rule was asked of, the nearest first. For a
// correlation, which is asked of none itself, it returns what it waits for.
func (s *Sigma) mismatches(rule *sigma.Rule, events []event.Event, given []*logevent.Event, nearest int) []Mismatch {
	var on []Mismatch
	for i := range events {
		why := s.set.Explain(rule, given[i])
		switch {
		case why.Root == nil:
			return []Mismatch{{Event: events[i], Changes: []string{why.Note}}}
		case i == nearest:
			on = append([]Mismatch{{Event: events[i], Changes: why.Changes}}, on...)
		case why.LogSourceMet:
			on = append(on, Mismatch{Event: events[i], Changes: why.Changes})
		}
	}
	return on
}
