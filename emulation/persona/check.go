package persona

import (
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Check holds the translation of one asset against what was seen there. It goes
// by what each channel declares that it must write, never by what one writes, and
// is shown all observations in order, as a Translator is.
type Check struct {
	table    table
	declared []declaration
}

// declaration is that of one channel, under way.
type declaration struct {
	name string
	must func(moment) []due
}

// NewCheck starts the check of an asset that a scenario calls name.
func NewCheck(name string, place asset.Place) *Check {
	c := &Check{table: newTable(place)}
	for _, channel := range channelsOf(place.Kind.Persona) {
		c.declared = append(c.declared, declaration{channel.name, channel.must(host{name: name, place: place})})
	}
	return c
}

// Answered says which record of one step's observations is not among its events;
// nil is that all are there that must be.
func (c *Check) Answered(seen []event.Observation, events []event.Event) error {
	made := map[uint64][]*event.Event{}
	for i := range events {
		for _, seq := range events[i].Lineage.Seen {
			made[seq] = append(made[seq], &events[i])
		}
	}
	missing, first := 0, ""
	for _, o := range seen {
		m := c.table.moment(o, time.Time{}) // no declaration asks when
		for _, channel := range c.declared {
			for _, record := range unwritten(channel.must(m), made[o.Seq]) {
				if missing++; missing == 1 {
					first = fmt.Sprintf("channel %s must write %s of %s, and did not", channel.name, record, told(m))
				}
			}
		}
	}
	switch missing {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("the telemetry is not whole: %s", first)
	}
	return fmt.Errorf("the telemetry is not whole: %s; %d records are missing in all", first, missing)
}

// unwritten are the records for which there is no event, each event being one
// record only.
func unwritten(records []due, events []*event.Event) []due {
	var missing []due
	events = slices.Clone(events)
	for _, record := range records {
		i := slices.IndexFunc(events, record.is)
		if i < 0 {
			missing = append(missing, record)
			continue
		}
		events = slices.Delete(events, i, i+1)
	}
	return missing
}

// told names a moment in a text for a person.
func told(m moment) string {
	if m.path != "" {
		return fmt.Sprintf("%s %s (observation %d)", m.Kind, m.path, m.Seq)
	}
	return fmt.Sprintf("%s by %s (observation %d)", m.Kind, m.by.image, m.Seq)
}
