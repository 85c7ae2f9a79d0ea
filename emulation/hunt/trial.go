package hunt

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// The bounds of a rule that is tried.
const (
	MaxRule      = 64 << 10 // bytes of its text
	MaxRules     = 20       // rules in it: a correlation is written with those that it counts
	MaxAlerts    = 50       // alerts shown
	maxEvidence  = 20       // events shown of an alert
	maxMatches   = 200_000  // events that a correlation is given
	maxNearest   = 2000     // events among which the nearest is looked for
	maxProblems  = 50
	betweenLooks = 4096 // events between two looks at whether ctx has ended
)

// TryRule asks a Sigma rule of the first so many events, and of the ordinary days before
// the exercise. Nothing is taken for granted of its text; what is wrong with it is in the
// trial. Of several rules in the text all are asked. It fails only if ctx ends, also
// while it waits for other trials.
func (s *Store) TryRule(ctx context.Context, text string, released int) (RuleTrial, error) {
	if len(text) > MaxRule {
		return RuleTrial{Problems: []RuleProblem{{Error: true, Text: fmt.Sprintf("the rule has %d bytes: it must have at most %d", len(text), MaxRule)}}}, nil
	}
	select {
	case s.trials <- struct{}{}:
		defer func() { <-s.trials }()
	case <-ctx.Done():
		return RuleTrial{}, fmt.Errorf("wait for other rules that are tried: %w", context.Cause(ctx))
	}
	tried, out := compileTried(text)
	if tried == nil {
		return out, nil
	}
	out.Usable = true
	onReleased := trial{tried: tried, store: s, now: s.current.Load(), released: released}
	days := s.ordinary()
	onOrdinary := trial{tried: tried, store: days, now: days.current.Load(), released: days.Len(), nameless: true}
	for _, on := range []*trial{&onReleased, &onOrdinary} {
		if err := on.run(ctx); err != nil {
			return RuleTrial{}, fmt.Errorf("try a rule: %w", err)
		}
	}
	out.Asked, out.Released, out.Ordinary = onReleased.asked, onReleased.alerts, onOrdinary.alerts
	out.Nearest = onReleased.nearest()
	return out, nil
}

// triedRules are the rules of a text that can be asked.
type triedRules struct {
	set     *sigma.Set
	sources []logevent.LogSource // of the rules
	fields  []string             // that they read
	every   bool                 // they read every field
}

// compileTried is nil if the text has no rule that can be asked.
func compileTried(text string) (*triedRules, RuleTrial) {
	var out RuleTrial
	add := func(problems []sigma.Problem) {
		for _, p := range problems {
			text := p.Summary
			if p.Detail != "" {
				text += ": " + p.Detail
			}
			if len(out.Problems) < maxProblems {
				out.Problems = append(out.Problems, RuleProblem{Error: p.Severity == sigma.Error, Line: p.Line, Column: p.Column, Text: text})
			}
		}
	}
	rules, problems := sigma.Parse("", []byte(text))
	add(problems)
	if len(rules) > MaxRules {
		out.Problems = append(out.Problems, RuleProblem{Error: true, Text: fmt.Sprintf("the text has %d rules: it must have at most %d", len(rules), MaxRules)})
		return nil, out
	}
	set, problems := sigma.Compile(rules)
	add(problems)
	tried := &triedRules{set: set}
	if tried.shown() == nil { // also where a correlation was refused that counts the others
		if len(out.Problems) == 0 {
			out.Problems = append(out.Problems, RuleProblem{Error: true, Text: "expected a Sigma rule, with title, logsource and detection"})
		}
		return nil, out
	}
	for _, rule := range set.Rules() {
		if rule.Kind == sigma.Detection && !slices.Contains(tried.sources, rule.LogSource) {
			tried.sources = append(tried.sources, rule.LogSource)
		}
	}
	for _, rule := range rules { // filters, too
		tried.fields = append(tried.fields, outerNames(rule.Fields())...)
	}
	tried.every = set.ReadsAnyOf(&logevent.Event{Fields: map[string]any{noField: nil}})
	return tried, out
}

// noField is a name that no rule reads: what does read it reads every field.
const noField = "\x00"

// outerNames are the names, and of those with dots also what may be the field that has
// the rest inside it.
func outerNames(names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, name)
		for at := range len(name) {
			if name[at] == '.' {
				out = append(out, name[:at])
			}
		}
	}
	return out
}

// shown is the rule of which the nearest event is explained: a correlation, if there is
// one, or else the last rule that raises alerts.
func (t *triedRules) shown() *sigma.Rule {
	var last *sigma.Rule
	for _, rule := range t.set.Rules() {
		if t.set.SuppressedByCorrelation(rule) {
			continue
		}
		if last == nil || rule.Kind == sigma.Correlation || last.Kind != sigma.Correlation {
			last = rule
		}
	}
	return last
}

// wants reports by number which log sources the rules are asked of.
func (t *triedRules) wants(n names) []bool {
	wanted := make([]bool, len(n.sources))
	for i, sources := range n.sources {
		for _, source := range sources {
			wanted[i] = wanted[i] || slices.ContainsFunc(t.sources, func(of logevent.LogSource) bool { return of.Contains(logevent.LogSource(source)) })
		}
	}
	return wanted
}

// plain is an explanation as one text, without spaces at the ends of its lines.
func plain(why sigma.Explanation) string { return strings.TrimRight(why.String(), "\n ") }
