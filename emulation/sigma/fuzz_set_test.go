package sigma

import (
	"fmt"
	"strings"
	"testing"
)

// FuzzSetAgainstOracle holds the matcher against the plain evaluator on random
// rules and events. The events go through one set twice, since what one event
// leaves behind must not change what the next is told.
func FuzzSetAgainstOracle(f *testing.F) {
	for seed := range 512 {
		f.Add([]byte{byte(seed), byte(seed >> 8)})
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		d := newDice(input)
		var rules []*Rule
		var text strings.Builder
		for n := range 1 + d.roll(8) {
			source := d.rule(n)
			more, _ := Parse("fuzz.yml", []byte(source))
			if rules = append(rules, more...); len(more) > 0 {
				text.WriteString(source + "---\n")
			}
		}
		placeholders := map[string][]string{"names": {"whoami", "*é?"}}
		set, _ := Compile(rules, Placeholders(placeholders))
		o := newOracle(rules)
		o.placeholders = placeholders
		events := make([]*Event, 1+d.roll(4))
		for i := range events {
			events[i] = d.event()
		}
		for range 2 {
			for _, ev := range events {
				want, got := titles(o.match(set.Rules(), ev)), titles(set.Match(ev, nil))
				if fmt.Sprint(want) != fmt.Sprint(got) {
					t.Fatalf("oracle says %q, matcher %q\n%sevent %v %#v %q", want, got, text.String(), ev.LogSources, ev.Fields, ev.Raw)
				}
			}
		}
	})
}
