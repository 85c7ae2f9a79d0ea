package hunt

import (
	"context"
	"encoding/binary"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// trial is rules asked of the released events of a store. Most events of an exercise
// differ only in what rules do not read, such as times: of those that are the same in
// all that the rules read, one is asked.
type trial struct {
	tried    *triedRules
	store    *Store
	now      *snapshot
	released int
	nameless bool // the ids of events are not shown

	asked    int
	alerts   RuleAlerts
	session  *sigma.Session // of correlations
	fed      []place        // the events that it was given
	first    *place         // the first event that a shown rule fires on
	examples []place        // of those that no rule matches, each other than the others
}

// place is an event in its part.
type place struct {
	*part
	at int
}

// answer is what the rules say of an event.
type answer struct {
	matched []*sigma.Rule
}

// run asks the rules. It fails with the cause of ctx, if that ends.
func (t *trial) run(ctx context.Context) error {
	t.alerts.Alerts = []RuleAlert{}
	if t.tried.set.Correlates() {
		t.session = t.tried.set.NewSession()
	}
	wanted := t.tried.wants(t.now.names)
	for _, p := range t.now.parts {
		if p.first >= t.released {
			break
		}
		if err := t.runPart(ctx, p, wanted); err != nil {
			return err
		}
	}
	if t.session != nil {
		t.addAlerts(t.session.Close())
	}
	return context.Cause(ctx)
}

func (t *trial) runPart(ctx context.Context, p *part, wanted []bool) error {
	known := map[string]*answer{}
	projection := p.Project(t.tried.fields)
	var key []byte
	for at := range min(p.Len(), t.released-p.first) {
		if at%betweenLooks == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if !wanted[p.sources[at]] {
			continue
		}
		t.asked++
		of := place{p, at}
		if t.tried.every {
			if err := t.take(ctx, of, t.ask(of)); err != nil {
				return err
			}
			continue
		}
		key = binary.AppendUvarint(key[:0], uint64(p.sources[at]))
		key = projection.AppendKey(key, at)
		said := known[string(key)]
		if said == nil {
			said = t.ask(of)
			known[string(key)] = said
		}
		if err := t.take(ctx, of, said); err != nil {
			return err
		}
	}
	return nil
}

// ask matches an event, and keeps it as an example if nothing does.
func (t *trial) ask(of place) *answer {
	said := &answer{matched: t.tried.set.Match(t.event(of), nil)}
	if len(said.matched) == 0 && len(t.examples) < maxNearest {
		t.examples = append(t.examples, of)
	}
	return said
}

// event is an event as the engine takes it.
func (t *trial) event(of place) *logevent.Event {
	e := of.event(of.at, t.now.names)
	sources := make([]logevent.LogSource, len(e.Sources))
	for i, source := range e.Sources {
		sources[i] = logevent.LogSource(source)
	}
	return &logevent.Event{LogSources: sources, Fields: e.Shaped(event.Native), Time: e.Time}
}

// take counts what was said of an event. It fails with the cause of ctx, if that ends.
func (t *trial) take(ctx context.Context, of place, said *answer) error {
	if len(said.matched) == 0 {
		return nil
	}
	if t.session != nil {
		if len(t.fed) == maxMatches {
			t.alerts.Cut = true
			return nil
		}
		if len(t.fed)%betweenLooks == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		t.fed = append(t.fed, of)
		t.addAlerts(t.session.Feed(t.event(of)))
		return nil
	}
	for _, rule := range said.matched {
		t.addAlert(rule, []place{of})
	}
	return nil
}

func (t *trial) addAlerts(alerts []sigma.Alert) {
	for _, alert := range alerts {
		on := make([]place, len(alert.Events))
		for i, event := range alert.Events {
			on[i] = t.fed[event]
		}
		t.addAlert(alert.Rule, on)
	}
}

func (t *trial) addAlert(rule *sigma.Rule, on []place) {
	t.alerts.Total++
	if t.first == nil && rule == t.tried.shown() && len(on) > 0 {
		t.first = &on[len(on)-1]
	}
	if len(t.alerts.Alerts) == MaxAlerts {
		return
	}
	out := RuleAlert{Title: rule.Title, Level: rule.Level, More: max(0, len(on)-maxEvidence), Events: []View{}}
	for _, of := range on[out.More:] {
		out.Events = append(out.Events, t.view(of))
	}
	t.alerts.Alerts = append(t.alerts.Alerts, out)
}

func (t *trial) view(of place) View {
	view := t.store.view(t.now, of.part, of.at)
	if t.nameless {
		view.ID = ""
	}
	return view
}

// nearest explains the shown rule where it fires, or else where it comes nearest to it;
// nil if it was asked of no event.
func (t *trial) nearest() *RuleNearest {
	rule := t.tried.shown()
	if t.first != nil {
		why := t.tried.set.Explain(rule, t.event(*t.first))
		return &RuleNearest{Event: t.view(*t.first), Met: true, Text: plain(why)}
	}
	near := append([]place(nil), t.fed[:min(len(t.fed), maxNearest)]...)
	near = append(near, t.examples...)
	events := make([]*logevent.Event, len(near))
	for i, of := range near {
		events[i] = t.event(of)
	}
	miss, ok := t.tried.set.NearMiss(rule, events)
	if !ok {
		return nil
	}
	why := t.tried.set.Explain(rule, events[miss.Event])
	return &RuleNearest{Event: t.view(near[miss.Event]), Changes: miss.Changes, Text: plain(why)}
}
