package telemetry

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
	host     Host
	table    processTable
	channels []openChannel
	count    int
}

// openChannel is one channel, open.
type openChannel struct {
	Channel
	translate func(Activity) []Record
}

// New starts the translation for an asset that a scenario calls name.
func New(name string, place asset.Host) *Translator {
	t := &Translator{host: Host{Name: name, Asset: place}, table: newProcessTable(place)}
	for _, channel := range channelsOf(place.Kind.Platform) {
		t.channels = append(t.channels, openChannel{channel, channel.Open(t.host)})
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
		a := t.table.activity(o, at)
		for _, channel := range t.channels {
			for _, r := range channel.translate(a) {
				events = append(events, t.toEvent(channel.Channel, a, r))
			}
		}
	}
	// What is known only when its writer ends is of the activity it was written.
	slices.SortStableFunc(events, func(a, b event.Event) int { return a.Time.Compare(b.Time) })
	for i := range events {
		t.count++
		events[i].ID = fmt.Sprintf("%s-%d", t.host.Name, t.count)
	}
	return events
}

// toEvent gives a record its time, lineage and provenance.
func (t *Translator) toEvent(from Channel, a Activity, r Record) event.Event {
	if r.Time.IsZero() {
		r.Time = a.Time
	}
	if r.Actor == nil {
		r.Actor = a.Actor
	}
	if r.Authored {
		r.Provenance = event.Stated
	}
	if r.Provenance == 0 {
		r.Provenance = from.Provenance
	}
	if r.Sources == nil {
		r.Sources = from.Sources
	}
	made := event.Event{
		Time:       r.Time,
		Sources:    r.Sources,
		Fields:     r.Fields,
		Provenance: r.Provenance,
		Lineage: event.Lineage{
			Asset: t.host.Name, Step: a.Step, Process: r.Actor.Key, Seen: append(r.Seen, a.Seq),
		},
	}
	if tell := joins[t.host.Asset.Kind.Platform]; tell != nil && !r.NoJoin {
		made.Joined = tell(t.host, r.Actor)
	}
	made.FieldProvenance = fieldProvenance(t.host.Asset.Kind.Platform, made, r)
	return made
}
