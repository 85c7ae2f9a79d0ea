package persona

import (
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Translator writes the events of one asset. It is fed all its observations in
// order, as a step's parent process may be of an earlier one.
type Translator struct {
	host    host
	table   table
	answers []answer
	count   int
}

// answer is one channel, open.
type answer struct {
	channel
	to func(moment) []record
}

// New starts the translation for an asset that a scenario calls name.
func New(name string, place asset.Place) *Translator {
	t := &Translator{host: host{name: name, place: place}, table: newTable(place)}
	for _, one := range channelsOf(place.Kind.Persona) {
		t.answers = append(t.answers, answer{one, one.open(t.host)})
	}
	return t
}

// Translate gives the events of one step's observations. The first observation
// happened at start, in virtual time; the others as much later as they really
// did. Events are in the order of time.
func (t *Translator) Translate(seen []event.Observation, start time.Time) []event.Event {
	var events []event.Event
	for _, o := range seen {
		at := start.Add(o.At - seen[0].At)
		m := t.table.moment(o, at)
		for _, channel := range t.answers {
			for _, r := range channel.to(m) {
				events = append(events, t.event(channel.channel, m, r))
			}
		}
	}
	// What is known only when its writer ends is of the moment it was written.
	slices.SortStableFunc(events, func(a, b event.Event) int { return a.Time.Compare(b.Time) })
	for i := range events {
		t.count++
		events[i].ID = fmt.Sprintf("%s-%d", t.host.name, t.count)
	}
	return events
}

// event gives a record its time, lineage and provenance.
func (t *Translator) event(from channel, m moment, r record) event.Event {
	if r.time.IsZero() {
		r.time = m.time
	}
	if r.by == nil {
		r.by = m.by
	}
	if r.says {
		r.provenance = event.Stated
	}
	if r.provenance == 0 {
		r.provenance = from.provenance
	}
	if r.sources == nil {
		r.sources = from.sources
	}
	made := event.Event{
		Time:       r.time,
		Sources:    r.sources,
		Fields:     r.fields,
		Provenance: r.provenance,
		Lineage: event.Lineage{
			Asset: t.host.name, Step: m.Step, Process: r.by.key, Seen: append(r.seen, m.Seq),
		},
	}
	if tell := joins[t.host.place.Kind.Persona]; tell != nil && !r.whole {
		made.Joined = tell(t.host, r.by)
	}
	made.FieldProvenance = marks(t.host.place.Kind.Persona, made, r)
	return made
}
