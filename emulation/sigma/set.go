package sigma

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// settings are what Compile may be told.
type settings struct {
	placeholders map[string][]string
	taxonomies   map[string]func(field string) string
	lateness     time.Duration
	groupLimit   int
	eventLimit   int
}

// Option changes how rules are compiled.
type Option func(*settings)

// Placeholders gives the values of %name% for the "expand" modifier.
func Placeholders(values map[string][]string) Option {
	return func(s *settings) { s.placeholders = values }
}

// Taxonomy tells how the field names of a taxonomy other than "sigma" are
// called in the events; field may be called at any time, from several
// goroutines. Rules of unknown taxonomies are rejected.
func Taxonomy(name string, field func(string) string) Option {
	return func(s *settings) { s.taxonomies[name] = field }
}

// Lateness is how much older than the newest an event may be and still count in
// correlations; the default is a day. Within its timespan a correlation counts
// it in any case.
func Lateness(d time.Duration) Option {
	return func(s *settings) { s.lateness = d }
}

// Limits bound what a session remembers: groups of a correlation, and events of
// a group. The oldest go first and are counted.
func Limits(groups, events int) Option {
	return func(s *settings) { s.groupLimit, s.eventLimit = max(1, groups), max(1, events) }
}

// Set is a compiled collection of rules. It is safe for concurrent use; what
// changes from event to event lives in sessions and in pooled match states.
type Set struct {
	settings
	rules        []*Rule
	detections   []*compiledRule // detection rules
	correlations []*compiledCorrelation
	byRule       map[*Rule]*compiledRule
	byRef        map[string]*Rule
	engine       *engine
}

// Rules lists what the set evaluates: detections and correlations, in the order
// they were given. Filters live on inside the rules they narrow.
func (s *Set) Rules() []*Rule { return slices.Clone(s.rules) }

// Rule finds a rule by id or name; names are told apart by case, ids are not.
func (s *Set) Rule(idOrName string) (*Rule, bool) {
	if r, ok := s.byRef[idOrName]; ok || !isUUID(idOrName) {
		return r, ok
	}
	r, ok := s.byRef[strings.ToLower(idOrName)]
	return r, ok
}

// SuppressedByCorrelation says that a rule raises no alerts of its own, since a correlation
// watches it and does not generate. [Correlation: Generate]
func (s *Set) SuppressedByCorrelation(r *Rule) bool {
	if p := s.byRule[r]; p != nil {
		return p.suppressed
	}
	for _, c := range s.correlations {
		if c.rule == r {
			return c.suppressed
		}
	}
	return false
}

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

// engine answers which detection rules fit an event.
type engine struct{ router *router }

func newEngine(plans []*compiledRule) *engine { return &engine{newRouter(plans)} }

// Match appends the detection rules that fit the event to out, in the order of
// the set. Rules only a correlation speaks for are among them: see Silent. It
// allocates nothing beyond what out needs, once the first events of a kind were
// seen: the matcher for the rules of a log source is built when it is first
// asked for. It may be called from several goroutines.
func (s *Set) Match(ev *logevent.Event, out []*Rule) []*Rule {
	p, routed := s.engine.router.programFor(ev.LogSources)
	return p.match(ev, out, routed)
}
