package compare

import (
	"context"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/profile"
)

// afterwards runs the rules over what is left after the last step: in the
// hosts' own logs, which know no lineage and so have no shape but native, and
// where records were forwarded to.
func (c Comparer) afterwards(ctx context.Context, one *carrier, records []profile.Record) error {
	var end time.Time
	for _, r := range records {
		if r.Event.Time.After(end) {
			end = r.Event.Time
		}
	}
	end = end.Add(time.Nanosecond) // just after the last record
	var err error
	if one.host, err = c.look(ctx, one.copies, event.Native, func(x profile.Copy) bool { return x.OnHost(end) }); err != nil {
		return err
	}
	one.store, err = c.look(ctx, one.copies, one.Shape, func(x profile.Copy) bool { return x.Forwarded(end) })
	return err
}

// survivors has a row a step.
func survivors(carriers []*carrier, asked []step) []Survivor {
	all := []Survivor{}
	for _, s := range asked {
		row := Survivor{Step: s.ID, Behaviour: s.Behaviour.Name, Technique: s.Technique, Asset: s.Asset}
		for _, one := range carriers {
			row.Places = append(row.Places, Places{Host: cell(one.host, []step{s}), Forwarded: cell(one.store, []step{s})})
		}
		all = append(all, row)
	}
	return all
}
