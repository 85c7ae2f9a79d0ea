package export

import (
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// contextName is the key under which JSON formats have what ringer says of an
// event.
const contextName = "ringer"

// context is what ringer says of an event: where it is from, how it came to be
// known, which rules alerted on it.
func (r *Record) context(about Run) object {
	e := &r.Event
	said := object{}
	said.put("run", about.ID)
	if about.Replay {
		said["replay"] = true
	}
	said.put("lab", about.Lab)
	said.put("version", about.Version)
	said.put("shape", string(shapeOf(about)))
	said.put("event", e.ID)
	said.put("scenario", r.Scenario)
	said.put("asset", e.Lineage.Asset)
	said.put("host.name", r.Host.Name)
	said.put("host.platform", string(r.Host.Platform))
	said.put("host.kind", r.Host.Kind)
	said.put("step", e.Lineage.Step)
	if r.Baseline {
		said["baseline"] = true
	}
	said.put("behaviour", r.Behaviour)
	said.put("technique", r.Technique)
	said.put("attack", r.Attack)
	said.put("actor.name", r.Actor.Name)
	said.put("actor.group", r.Actor.Group)
	said.put("actor.title", r.Actor.Title)
	said.put("actor.aliases", r.Actor.Aliases)
	said.put("actor.references", r.Actor.References)
	said["process"] = e.Lineage.Process
	if len(e.Lineage.Seen) > 0 {
		said["observations"] = e.Lineage.Seen
	}
	said.put("sources", sourcesOf(e))
	said["provenance"] = e.Provenance.String()
	byField := object{}
	for name, provenance := range r.fieldProvenance(about) {
		byField[name] = provenance.String()
	}
	said.put("field_provenance", byField)
	var rules []object
	for _, rule := range r.Alerts {
		entry := object{}
		entry.put("id", rule.ID)
		entry.put("title", rule.Title)
		entry.put("level", rule.Level)
		rules = append(rules, entry)
	}
	said.put("rules", rules)
	if shapeOf(about) == event.EDR {
		said.put("joined", joinedNames(e))
	}
	return said
}

// joinedNames are the fields that shape edr adds.
func joinedNames(e *event.Event) []string {
	var names []string
	for _, name := range sortedNames(e.Joined) {
		if _, own := e.Fields[name]; !own {
			names = append(names, name)
		}
	}
	return names
}

func shapeOf(about Run) event.Shape {
	if about.Shape == event.EDR {
		return event.EDR
	}
	return event.Native
}

// own are the fields that are written as the event's.
func (r *Record) own(about Run) map[string]any { return r.Event.Shaped(shapeOf(about)) }

// fieldProvenance is that of the fields that are written and have one of their own.
func (r *Record) fieldProvenance(about Run) map[string]event.Provenance {
	own, found := r.own(about), map[string]event.Provenance{}
	for name, provenance := range r.Event.FieldProvenance {
		if _, written := own[name]; written {
			found[name] = provenance
		}
	}
	return found
}

func sourcesOf(e *event.Event) []object {
	var all []object
	for _, source := range e.Sources {
		entry := object{}
		entry.put("product", source.Product)
		entry.put("category", source.Category)
		entry.put("service", source.Service)
		all = append(all, entry)
	}
	return all
}

// product is that of the event's log sources that names one.
func (r *Record) product() string {
	for _, source := range r.Event.Sources {
		if source.Product != "" {
			return source.Product
		}
	}
	return ""
}

// sortedNames are the keys of a map in order.
func sortedNames[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
