package sigma

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// LogSourceMatcher gives the answer whether a rule is asked of an event: whether the event is
// of its log source or, of a correlation, of that of a rule it rests on. A rule
// that the set does not evaluate is asked of none.
func (s *Set) LogSourceMatcher(rule *Rule) func(*logevent.Event) bool {
	restsOn := s.BaseRules(rule)
	return func(ev *logevent.Event) bool {
		for _, on := range restsOn {
			if on.LogSource.AppliesTo(ev.LogSources) {
				return true
			}
		}
		return false
	}
}

// BaseRules lists the detection rules whose matches a rule's alerts are made of:
// itself, or those that a correlation watches, also through other correlations.
// It is empty for a rule that the set does not evaluate.
func (s *Set) BaseRules(rule *Rule) []*Rule {
	if s.byRule[rule] != nil {
		return []*Rule{rule}
	}
	c := s.correlation(rule)
	if c == nil {
		return nil
	}
	var all []*Rule
	for _, related := range c.related {
		for _, on := range s.BaseRules(related) {
			if !slices.Contains(all, on) {
				all = append(all, on)
			}
		}
	}
	return all
}

// correlation is nil for a rule that is none, or that the set left out.
func (s *Set) correlation(rule *Rule) *compiledCorrelation {
	if rule.Kind != Correlation {
		return nil
	}
	for _, c := range s.correlations {
		if c.rule == rule {
			return c
		}
	}
	return nil
}
