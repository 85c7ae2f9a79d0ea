package sigma

import (
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// settings are what the options of [Compile] change.
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

// Taxonomy maps the field names of a taxonomy other than "sigma" to those of the
// events. The function may be called at any time, from several goroutines. Rules of
// taxonomies without a mapping are rejected.
func Taxonomy(name string, field func(string) string) Option {
	return func(s *settings) { s.taxonomies[name] = field }
}

// Lateness is how much older than the newest an event may be and still count in
// correlations; the default is a day. Within its timespan a correlation counts
// it in any case.
func Lateness(d time.Duration) Option {
	return func(s *settings) { s.lateness = d }
}

// Limits bound what a session remembers of each correlation: its groups, and the
// events of a group. The oldest are given up first, and counted in [Stats].
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
	reads        func() readFields
}

// readFields are the fields that the rules of a set read.
type readFields struct {
	any    bool            // keywords look into every field
	names  map[string]bool // as rules have them, and what stands before each dot
	source logevent.LogSource
	one    bool // all rules are of that source
}

func readFieldsOf(rules []*compiledRule) readFields {
	r := readFields{names: map[string]bool{}, one: len(rules) > 0}
	for i, p := range rules {
		if i == 0 {
			r.source = p.rule.LogSource
		}
		r.one = r.one && p.rule.LogSource == r.source
		for _, sel := range p.rule.detection.selections {
			for _, it := range sel.items() {
				r.any = r.any || it.field == ""
			}
		}
		for _, name := range p.rule.Fields() {
			r.names[name] = true
			for at := range len(name) {
				if name[at] == '.' {
					r.names[name[:at]] = true
				}
			}
		}
	}
	return r
}

// Correlates reports whether the set has correlations.
func (s *Set) Correlates() bool { return len(s.correlations) > 0 }

// ReadsAnyOf reports whether an event has a field that a rule of the set reads.
func (s *Set) ReadsAnyOf(ev *logevent.Event) bool {
	reads := s.reads()
	if reads.any {
		return len(ev.Fields) > 0 || ev.Raw != ""
	}
	for name := range ev.Fields {
		if reads.names[name] {
			return true
		}
	}
	return false
}

// AssumeLogSource gives an event whose log source is not known that of the rules, if
// all are of one and the event has a field that they read. It reports whether it did.
func (s *Set) AssumeLogSource(ev *logevent.Event) bool {
	if ev.LogSources == nil || len(ev.LogSources) > 0 || !s.reads().one || !s.ReadsAnyOf(ev) {
		return false
	}
	ev.LogSources = []logevent.LogSource{s.reads().source}
	return true
}

// Rules lists what the set evaluates: detections and correlations, in the order
// they were given. Filters are part of the rules that they apply to.
func (s *Set) Rules() []*Rule { return slices.Clone(s.rules) }

// Rule returns the rule of an id or name. Names must be in the same case, ids need
// not be.
func (s *Set) Rule(idOrName string) (*Rule, bool) {
	if r, ok := s.byRef[idOrName]; ok || !isUUID(idOrName) {
		return r, ok
	}
	r, ok := s.byRef[strings.ToLower(idOrName)]
	return r, ok
}

// SuppressedByCorrelation reports whether a rule raises no alerts of its own, since
// a correlation counts it and does not set "generate". [Correlation: Generate]
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

// LogSourceMatcher returns a function that reports whether an event is of a rule's log
// source or, of a correlation, of that of one of its base rules. For a rule that the
// set does not evaluate it always reports false.
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

// BaseRules lists the detections whose matches a rule's alerts are made of: the rule
// itself, or those that a correlation counts, also through other correlations. It is
// empty for a rule that the set does not evaluate.
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

// Span is how far apart the events of one alert can be: the window of a correlation, with
// that of the correlations which it refers to. It is 0 for a rule on one event.
func (s *Set) Span(rule *Rule) time.Duration {
	c := s.correlation(rule)
	if c == nil {
		return 0
	}
	var longest time.Duration
	for _, related := range c.related {
		longest = max(longest, s.Span(related))
	}
	return rule.Timespan() + longest
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

func newEngine(rules []*compiledRule) *engine { return &engine{newRouter(rules)} }

// Match appends the detections that match the event to out, in the order of the set,
// and returns it. Those that [Set.SuppressedByCorrelation] names are among them. The
// matcher for the rules of a log source is built with its first event; afterwards
// Match allocates nothing beyond what out needs. It may be called from several
// goroutines.
func (s *Set) Match(ev *logevent.Event, out []*Rule) []*Rule {
	p, routed := s.engine.router.programFor(ev.LogSources)
	return p.match(ev, out, routed)
}
