package telemetry

import (
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Translator writes the events of one asset. It must be given all its observations
// in order, as a step's parent process may be of an earlier step.
type Translator struct {
	host     channel.Host
	platform channel.Platform
	table    *channel.ProcessTable
	channels []openChannel
	// joined are the fields that each process adds to records in shape edr.
	joined map[*channel.Process]map[string]any
	count  int
}

// openChannel is one channel, open.
type openChannel struct {
	channel.Channel
	translate func(channel.Activity) []channel.Record
}

// New starts the translation for the asset that a scenario calls name.
func New(name string, host asset.Host) *Translator {
	platform := platforms()[host.Kind.Platform]
	t := &Translator{host: channel.Host{Name: name, Asset: host}, platform: platform, table: channel.NewProcessTable(host, platform.CommandLine), joined: map[*channel.Process]map[string]any{}}
	for _, source := range channelsOf(platform, host) {
		t.channels = append(t.channels, openChannel{source, source.Open(t.host)})
	}
	return t
}

// Translate returns the events of one step's observations, in the order of time.
// The first observation happened at start, in virtual time; the others as much
// later as they really did.
func (t *Translator) Translate(seen []event.Observation, start time.Time) []event.Event {
	var events []event.Event
	for i := range seen {
		a := t.table.Activity(&seen[i], start.Add(seen[i].At-seen[0].At))
		if a.Kind == event.Exec { // a process, and the parent of others, has become another program
			clear(t.joined)
		}
		for _, open := range t.channels {
			for _, r := range open.translate(a) {
				events = append(events, t.toEvent(open.Channel, a, r))
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

// joinedFields are the fields that a process adds to records in shape edr.
func (t *Translator) joinedFields(of *channel.Process) map[string]any {
	fields, ok := t.joined[of]
	if !ok {
		fields = t.platform.Join(t.host, of)
		t.joined[of] = fields
	}
	return fields
}

// toEvent gives a record its time, lineage and provenance.
func (t *Translator) toEvent(from channel.Channel, a channel.Activity, r channel.Record) event.Event {
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
	if !r.NoJoin {
		made.Joined = t.joinedFields(r.Actor)
	}
	made.FieldProvenance = fieldProvenance(t.platform.StatedFields, made, r)
	return made
}
