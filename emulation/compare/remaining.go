package compare

import (
	"context"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/profile"
)

// detectRemaining runs the rules over what is left after the last step: in the hosts'
// own logs, which have no lineage and so only the native shape, and in what was
// forwarded.
func (c Comparer) detectRemaining(ctx context.Context, judged *judgedProfile, records []profile.Record) error {
	var end time.Time
	for _, r := range records {
		if r.Event.Time.After(end) {
			end = r.Event.Time
		}
	}
	end = end.Add(time.Nanosecond) // just after the last record
	var err error
	if judged.onHost, err = c.detectIn(ctx, judged.copies, event.Native, func(x profile.Delivery) bool { return x.OnHost(end) }); err != nil {
		return err
	}
	judged.forwarded, err = c.detectIn(ctx, judged.copies, judged.Shape, func(x profile.Delivery) bool { return x.Forwarded(end) })
	return err
}

// remainingEvidence returns a row for each step.
func remainingEvidence(profiles []*judgedProfile, judgedSteps []step) []RemainingEvidence {
	all := []RemainingEvidence{}
	for _, s := range judgedSteps {
		row := RemainingEvidence{Step: s.ID, Behaviour: s.Behaviour.Name, Technique: s.Technique, Asset: s.Asset}
		for _, judged := range profiles {
			row.ByProfile = append(row.ByProfile, EvidenceLocations{Host: cell(judged.onHost, []step{s}), Forwarded: cell(judged.forwarded, []step{s})})
		}
		all = append(all, row)
	}
	return all
}
