package telemetry

import (
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// CompletenessCheck compares the telemetry of one asset with what was observed
// there. It goes by what each channel declares that it must write, never by the
// code that writes it.
type CompletenessCheck struct {
	table    *channel.ProcessTable
	declared []channelExpectation
}

// channelExpectation is that of one channel, under way.
type channelExpectation struct {
	name   string
	expect func(channel.Activity) []channel.ExpectedRecord
}

// NewCompletenessCheck starts the check of the asset that a scenario calls name.
func NewCompletenessCheck(name string, host asset.Host) *CompletenessCheck {
	platform := platforms()[host.Kind.Platform]
	c := &CompletenessCheck{table: channel.NewProcessTable(host, platform.CommandLine)}
	for _, source := range channelsOf(platform, host) {
		c.declared = append(c.declared, channelExpectation{source.Name, source.Expect(channel.Host{Name: name, Asset: host})})
	}
	return c
}

// Verify compares the events of one step with its observations, which must be given
// step by step, in order. It returns an error that names the first record that is
// missing, nil if none is.
func (c *CompletenessCheck) Verify(seen []event.Observation, events []event.Event) error {
	made := map[uint64][]*event.Event{}
	for i := range events {
		for _, seq := range events[i].Lineage.Seen {
			made[seq] = append(made[seq], &events[i])
		}
	}
	missing, first := 0, ""
	for i := range seen {
		a := c.table.Activity(&seen[i], time.Time{}) // no declaration asks when
		for _, declared := range c.declared {
			for _, record := range missingRecords(declared.expect(a), made[a.Seq]) {
				if missing++; missing == 1 {
					first = fmt.Sprintf("channel %s did not write the expected %s for %s", declared.name, record, describe(a))
				}
			}
		}
	}
	switch missing {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("the telemetry is incomplete: %s", first)
	}
	return fmt.Errorf("the telemetry is incomplete: %s; %d records are missing in total", first, missing)
}

// missingRecords are the records for which there is no event, each event being one
// record only.
func missingRecords(records []channel.ExpectedRecord, events []*event.Event) []channel.ExpectedRecord {
	if len(records) == 0 {
		return nil
	}
	var missing []channel.ExpectedRecord
	events = slices.Clone(events)
	for _, record := range records {
		i := slices.IndexFunc(events, record.Matches)
		if i < 0 {
			missing = append(missing, record)
			continue
		}
		events = slices.Delete(events, i, i+1)
	}
	return missing
}

// describe names an activity in a text for a person.
func describe(a channel.Activity) string {
	if a.PlatformPath != "" {
		return fmt.Sprintf("%s %s (observation %d)", a.Kind, a.PlatformPath, a.Seq)
	}
	return fmt.Sprintf("%s by %s (observation %d)", a.Kind, a.Actor.Image, a.Seq)
}
