package diff

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// EventChange is a kind of event that a step left more or less often.
type EventChange struct {
	At
	// Kind is the log source, and the event's number where it has one.
	Kind   string `json:"kind"`
	Before int    `json:"before"`
	After  int    `json:"after"`
}

// FieldChange is a field with another value, in the event at that place among those
// of its kind.
type FieldChange struct {
	At
	Kind  string `json:"kind"`
	Place int    `json:"place"` // from 1
	Field string `json:"field"`
	// Before and After are nil where the event has no such field.
	Before any `json:"before"`
	After  any `json:"after"`
	// More counts further events of the kind in the step with that field changed.
	More int `json:"more,omitempty"`
}

// varying are the fields that differ between any two runs: real times, and numbers
// that a kernel or a log gives out.
var varying = regexp.MustCompile(`(?i)(time|timestamp|guid|processid|threadid|logonid|startkey|recordid|pid|msg|node|inode|_ino|serial|handleid|port|session_id|session_start)$`)

// varyingPort is a port that a kernel gave out, within a message.
var varyingPort = regexp.MustCompile(`\bport=\d+`)

// same tells whether two values are the same but for what varies.
func same(was, is any) bool {
	a, b := fmt.Sprint(was), fmt.Sprint(is)
	return a == b || varyingPort.ReplaceAllString(a, "port=") == varyingPort.ReplaceAllString(b, "port=")
}

func kindOf(e event.Event) string {
	kind := "unknown"
	if len(e.Sources) > 0 {
		kind = e.Sources[0].Sentence()
	}
	for _, field := range []string{"EventID", "type"} {
		if number, ok := e.Fields[field]; ok {
			return fmt.Sprintf("%s, %v", kind, number)
		}
	}
	return kind
}

// events compares what a step left: events of one kind by their order.
func (d *Difference) events(at At, before, after []event.Event) {
	was, is := byKind(before), byKind(after)
	all := maps.Clone(was)
	maps.Copy(all, is)
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		if len(was[kind]) != len(is[kind]) {
			d.Events = append(d.Events, EventChange{at, kind, len(was[kind]), len(is[kind])})
			continue
		}
		d.fields(at, kind, was[kind], is[kind])
	}
}

func byKind(events []event.Event) map[string][]event.Event {
	out := map[string][]event.Event{}
	for _, e := range events {
		out[kindOf(e)] = append(out[kindOf(e)], e)
	}
	return out
}

// fields compares events of one kind, of which both runs have as many. Each field is
// told once a step.
func (d *Difference) fields(at At, kind string, before, after []event.Event) {
	told := map[string]int{}
	for i := range before {
		names := maps.Clone(before[i].Fields)
		maps.Copy(names, after[i].Fields)
		for _, name := range slices.Sorted(maps.Keys(names)) {
			was, is := before[i].Fields[name], after[i].Fields[name]
			if varying.MatchString(name) && was != nil && is != nil || same(was, is) {
				continue
			}
			if place, ok := told[name]; ok {
				d.Fields[place].More++
				continue
			}
			told[name] = len(d.Fields)
			d.Fields = append(d.Fields, FieldChange{At: at, Kind: kind, Place: i + 1, Field: name, Before: was, After: is})
		}
	}
}
