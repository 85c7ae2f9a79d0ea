package reenact

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// difference is what a rule reads that is not as it was recorded.
type difference struct {
	field     string
	text      string
	needsHash bool
}

// hashFields are those whose values come from a real program's bytes.
var hashFields = []string{"Hashes", "Hash", "md5", "sha1", "sha256", "Imphash", "IMPHASH"}

// difference compares, field by field of those that a rule reads, each recorded
// event with the one of the same kind that its step left.
func (p Performance) difference(rule *sigma.Rule) difference {
	for i, step := range p.Steps {
		made, ok := p.Counterpart(i)
		if !ok {
			return difference{text: fmt.Sprintf("%s left no event %d of %s", ID(i), step.Recorded.ID, step.Recorded.Channel)}
		}
		if d := differs(ID(i), step.Recorded, made, rule.Fields()); d.text != "" {
			return d
		}
	}
	return difference{}
}

// Counterpart is the event of the recorded one's kind that a step left.
func (p Performance) Counterpart(step int) (event.Event, bool) {
	if step >= len(p.Events) {
		return event.Event{}, false
	}
	at := slices.IndexFunc(p.Events[step], p.Steps[step].Recorded.isLike)
	if at < 0 {
		return event.Event{}, false
	}
	return p.Events[step][at], true
}

// differs gives the first field that differs, a hash last: it always does.
func differs(step string, recorded Recorded, made event.Event, fields []string) difference {
	isHash := func(field string) bool { return slices.Contains(hashFields, field) }
	hashes, others := split(fields, isHash)
	for _, field := range append(others, hashes...) {
		want, ok := recorded.Data[field]
		if !ok {
			continue
		}
		is, there := made.Fields[field]
		if there && strings.EqualFold(Text(is), want) {
			continue
		}
		d := difference{field: field, needsHash: isHash(field)}
		if d.text = fmt.Sprintf("%s: field %s is missing", step, field); there {
			d.text = fmt.Sprintf("%s: field %s is %.100q, recorded as %.100q", step, field, Text(is), want)
		}
		return d
	}
	return difference{}
}

func split(all []string, is func(string) bool) (those, others []string) {
	for _, one := range all {
		if is(one) {
			those = append(those, one)
		} else {
			others = append(others, one)
		}
	}
	return those, others
}
