package detect

import (
	"context"
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
)

// Sigma is the built-in engine with a set of rules. It is also the catalog that plans
// are checked against.
type Sigma struct {
	set      *sigma.Set
	input    []*sigma.Rule
	problems []sigma.Problem // of compiling them
	// names has what is evaluated, all what was given.
	names, all *rulename.Index
	byRef      map[string][]*sigma.Rule // rules without id and name may share a title
}

var (
	_ Detector     = (*Sigma)(nil)
	_ plan.Catalog = (*Sigma)(nil)
)

// NewSigma compiles rules. Of two with the same id the later one counts, as
// [sigma.Latest] says. A rule that cannot be compiled is left out and reported.
func NewSigma(rules []*sigma.Rule) (*Sigma, []sigma.Problem) {
	kept, _ := sigma.Latest(rules)
	set, problems := sigma.Compile(kept)
	s := &Sigma{
		set: set, input: kept, problems: problems, byRef: map[string][]*sigma.Rule{},
		names: rulename.New(set.Rules(), set.SuppressedByCorrelation), all: rulename.New(kept, set.SuppressedByCorrelation),
	}
	for _, rule := range set.Rules() {
		s.byRef[rule.Ref()] = append(s.byRef[rule.Ref()], rule)
	}
	return s, problems
}

// Name is "sigma".
func (*Sigma) Name() string { return "sigma" }

// Named returns what a plan needs of the rules that a scenario can mean by a name, as
// [rulename.Index.Named] has them, and of those whose alerts cannot be told from theirs.
func (s *Sigma) Named(name string) []plan.Rule {
	var all []plan.Rule
	seen := map[*sigma.Rule]bool{}
	for _, named := range s.names.Named(name) {
		for _, rule := range s.byRef[named.Ref()] {
			if !seen[rule] {
				seen[rule] = true
				all = append(all, s.ruleOf(rule))
			}
		}
	}
	return all
}

// Rules returns what a plan needs of each rule of the set.
func (s *Sigma) Rules() []plan.Rule {
	var all []plan.Rule
	for _, rule := range s.set.Rules() {
		all = append(all, s.ruleOf(rule))
	}
	return all
}

// Find returns the rules that someone may mean by what was typed, as
// [rulename.Index.Find] has them, including filters and rules left out.
func (s *Sigma) Find(given string) []*sigma.Rule { return s.all.Find(given) }

// Spelling returns what a scenario can call a rule of the set, as
// [rulename.Index.Spelling] has it.
func (s *Sigma) Spelling(rule *sigma.Rule) string { return s.names.Spelling(rule) }

// FullRule returns the rule that alerts call that, by its id or else its name or title,
// as it was parsed.
func (s *Sigma) FullRule(ref string) (*sigma.Rule, bool) {
	if rules := s.byRef[ref]; len(rules) > 0 {
		return rules[0], true
	}
	return s.set.Rule(ref)
}

// InputRules returns the rules that were given, including filters and rules left out,
// in the order in which references are resolved.
func (s *Sigma) InputRules() []*sigma.Rule { return s.input }

// LeftOut returns the rules of the input that are not evaluated, filters aside, each with
// what is wrong with it.
func (s *Sigma) LeftOut() map[*sigma.Rule]string {
	left := map[*sigma.Rule]string{}
	for _, rule := range s.input {
		if rule.Kind != sigma.Filter {
			left[rule] = "it cannot be used as it stands"
		}
	}
	for _, rule := range s.set.Rules() {
		delete(left, rule)
	}
	for rule := range left {
		for _, problem := range s.problems {
			if problem.File == rule.File && problem.Rule == rule.Ref() {
				left[rule] = problem.Summary + ": " + problem.Detail
			}
		}
	}
	return left
}

// Evaluated returns the rules of the set as they were parsed, without filters and what
// was left out.
func (s *Sigma) Evaluated() []*sigma.Rule { return s.set.Rules() }

// Suppressed reports whether a rule raises no alert of its own, as a correlation counts
// it.
func (s *Sigma) Suppressed(rule *sigma.Rule) bool { return s.set.SuppressedByCorrelation(rule) }

// Match appends the single-event rules that match an event to out.
func (s *Sigma) Match(e *logevent.Event, out []*sigma.Rule) []*sigma.Rule { return s.set.Match(e, out) }

func (s *Sigma) ruleOf(r *sigma.Rule) plan.Rule {
	out := plan.Rule{
		ID: r.Ref(), Spelling: s.names.Spelling(r), Title: r.Title, Level: r.Level, File: r.File, Line: max(1, r.Line),
		Timespan: s.set.Span(r), SuppressedByCorrelation: s.set.SuppressedByCorrelation(r),
	}
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
	out := Alert{Detector: "sigma", Rule: rule.Ref(), Title: rule.Title, Level: rule.Level, Tags: rule.Tags, Shape: shape}
	for _, i := range alert.Events {
		out.Events = append(out.Events, events[i].ID)
	}
	return out
}

// EventOf returns an event in the form that the engine takes.
func EventOf(e *event.Event, shape event.Shape) *logevent.Event {
	sources := make([]logevent.LogSource, len(e.Sources))
	for i, source := range e.Sources {
		sources[i] = logevent.LogSource(source)
	}
	return &logevent.Event{LogSources: sources, Fields: e.Shaped(shape), Time: e.Time}
}

// Explain shows the rule's condition on the first event that matches, or else on the
// nearest.
func (s *Sigma) Explain(id string, events []event.Event, shape event.Shape) Explanation {
	rule, ok := s.FullRule(id)
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
