package sigma

// engine answers which detection rules fit an event.
type engine struct{ plans []*plan }

func newEngine(plans []*plan) *engine { return &engine{plans: plans} }

// Match appends the detection rules that fit the event to out, in the order of
// the set. Rules only a correlation speaks for are among them: see Silent.
func (s *Set) Match(ev *Event, out []*Rule) []*Rule {
	for _, p := range s.engine.plans {
		if p.rule.LogSource.appliesTo(ev.LogSources) && p.expr.holds(ev) {
			out = append(out, p.rule)
		}
	}
	return out
}
