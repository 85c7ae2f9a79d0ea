package rulestate

import (
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Recording is recorded runs with their events in the form that rules are asked of. It
// is safe for concurrent use.
type Recording struct {
	// What no host has is unreachable.
	kinds    []asset.Kind
	channels plan.Channels

	runs   []*runner.RunRecord
	places []place

	mutex    sync.Mutex
	bySource map[event.LogSource]*askedEvents
}

// place is a step or a baseline of a run.
type place struct {
	run, index int
	baseline   bool
	at         string // scenario/step
	record     runner.StepRecord
	judgeable  []event.Event // those that a verdict may rest on
}

// askedEvents are the events that rules of a log source are asked of, in native shape.
type askedEvents struct {
	events []*logevent.Event
	from   []origin // beside events
	places int

	once   sync.Once
	shared *sigma.Batch
}

// batch returns the events for rules to be asked of; whoever asks shares it.
func (a *askedEvents) batch() *sigma.Batch {
	a.once.Do(func() { a.shared = sigma.NewBatch(a.events) })
	return a.shared
}

// origin is where an event comes from.
type origin struct {
	place int
	id    string
}

// New prepares recorded runs. Kinds are those that a host can be of, and channels the
// log sources of their platforms.
func New(runs []*runner.RunRecord, kinds []asset.Kind, channels plan.Channels) *Recording {
	r := &Recording{kinds: slices.Clone(kinds), channels: channels, runs: runs, bySource: map[event.LogSource]*askedEvents{}}
	for n, run := range runs {
		add := func(i int, record runner.StepRecord, baseline bool) {
			p := place{run: n, index: i, baseline: baseline, at: run.Plan.Name + "/" + record.ID, record: record, judgeable: result.JudgeableEvents(record)}
			r.places = append(r.places, p)
		}
		for i, record := range run.Baselines {
			add(i, record, true)
		}
		for i, record := range run.Steps {
			add(i, record, false)
		}
		for _, planned := range run.Plan.Assets {
			if kind := planned.Place.Kind; !slices.ContainsFunc(r.kinds, func(known asset.Kind) bool { return known.Name == kind.Name }) {
				r.kinds = append(r.kinds, kind)
			}
		}
	}
	return r
}

// add adds an event of a place.
func (a *askedEvents) add(e *event.Event, place int) {
	if n := len(a.from); n == 0 || a.from[n-1].place != place {
		a.places++
	}
	a.events = append(a.events, detect.EventOf(e, event.Native))
	a.from = append(a.from, origin{place, e.ID})
}

// askedOf returns the events that rules of a log source are asked of.
func (r *Recording) askedOf(source event.LogSource) *askedEvents {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	known, ok := r.bySource[source]
	if !ok {
		known = r.eventsOf([]event.LogSource{source})
		r.bySource[source] = known
	}
	return known
}

// askedOfAny returns the events that rules of one of several log sources are asked of,
// in the order of the runs.
func (r *Recording) askedOfAny(sources []event.LogSource) *askedEvents {
	if len(sources) == 1 {
		return r.askedOf(sources[0])
	}
	return r.eventsOf(sources)
}

func (r *Recording) eventsOf(sources []event.LogSource) *askedEvents {
	asked, of := &askedEvents{}, Rule{Sources: sources}
	for n, place := range r.places {
		for i := range place.judgeable {
			if of.Reads(place.judgeable[i]) {
				asked.add(&place.judgeable[i], n)
			}
		}
	}
	return asked
}
