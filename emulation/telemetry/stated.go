package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// fieldProvenance gives the provenance of those fields that have another than the event's;
// stated names the platform's fields that repeat what an author wrote.
func fieldProvenance(stated []string, made event.Event, r channel.Record) map[string]event.Provenance {
	all := r.FieldProvenance
	set := func(name string, provenance event.Provenance) {
		if all == nil {
			all = map[string]event.Provenance{}
		}
		all[name] = provenance
	}
	if r.Authored {
		for name := range made.Joined {
			if _, own := made.Fields[name]; !own {
				set(name, event.Translated)
			}
		}
	}
	for _, name := range stated {
		_, own := made.Fields[name]
		_, joined := made.Joined[name]
		provenance, ok := all[name]
		if !ok {
			provenance = made.Provenance
		}
		// The dash for a parent that nobody knows is no author's word.
		unknown := name == "ParentUser" && r.Actor.Parent == nil
		if (own || joined) && provenance < event.Stated && !unknown {
			set(name, event.Stated)
		}
	}
	return all
}
