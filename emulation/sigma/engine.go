package sigma

import "github.com/ringer-lab/ringer/emulation/sigma/logevent"

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
