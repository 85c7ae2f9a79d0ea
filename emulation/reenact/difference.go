package reenact

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// difference is a field that a rule reads and that is not as recorded.
type difference struct {
	text string
	// limit says why the field can never be as recorded; empty if it should be.
	limit string
}

// unreproducibleFields are the fields that cannot be as recorded, with what they
// would need.
var unreproducibleFields = map[string]string{
	"Hashes": realHash, "Hash": realHash, "Imphash": realHash, "IMPHASH": realHash, "md5": realHash, "sha1": realHash, "sha256": realHash,
	"CallTrace":     "a call from a real program, or from memory without a file behind it",
	"GrantedAccess": "access to another process's memory, which the lab does not perform",
	"QueryResults":  otherHost, "QueryStatus": otherHost,
}

const (
	realHash  = "a real program's hash"
	otherHost = "an answer from another host, which the lab does not have"
)

// firstDifference compares the fields that a rule reads between each recorded event
// and its counterpart.
func (p Execution) firstDifference(rule *sigma.Rule) difference {
	for i, step := range p.Steps {
		if p.omission(i) != nil {
			continue
		}
		made, ok := p.Counterpart(i)
		if !ok {
			return difference{text: fmt.Sprintf("%s left no %s event %d", ID(i), step.Recorded.Channel, step.Recorded.ID)}
		}
		if d := firstDifferingField(ID(i), step.Recorded, made, rule.Fields()); d.text != "" {
			return d
		}
	}
	return difference{}
}

// Counterpart returns the first event of a step that is of the same kind as the
// recorded one.
func (p Execution) Counterpart(step int) (event.Event, bool) {
	if step >= len(p.Records) {
		return event.Event{}, false
	}
	events := p.Records[step].Events
	at := slices.IndexFunc(events, p.Steps[step].Recorded.sameKind)
	if at < 0 {
		return event.Event{}, false
	}
	return events[at], true
}

// firstDifferingField returns the first field that differs, looking last at those
// that always do.
func firstDifferingField(step string, recorded RecordedEvent, made event.Event, fields []string) difference {
	limited, others := partition(fields, func(field string) bool { return unreproducibleFields[field] != "" })
	for _, field := range append(others, limited...) {
		want, ok := recorded.Data[field]
		if !ok {
			continue
		}
		is, there := made.Fields[field]
		if there && strings.EqualFold(Text(is), want) {
			continue
		}
		d := difference{limit: unreproducibleFields[field]}
		if d.text = fmt.Sprintf("%s: field %s is missing", step, field); there {
			d.text = fmt.Sprintf("%s: field %s is %.100q, recorded as %.100q", step, field, Text(is), want)
		}
		return d
	}
	return difference{}
}

func partition(all []string, is func(string) bool) (those, others []string) {
	for _, item := range all {
		if is(item) {
			those = append(those, item)
		} else {
			others = append(others, item)
		}
	}
	return those, others
}
