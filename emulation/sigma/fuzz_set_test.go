package sigma

import (
	"slices"
	"strings"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// TestSetAgainstOracle holds the matcher against the plain evaluator on as many
// random rules and events as a few seconds allow.
func TestSetAgainstOracle(t *testing.T) {
	t.Parallel()
	for seed := range 6000 {
		compareOnRandomRules(t, []byte{byte(seed), byte(seed >> 8)})
	}
}

// FuzzSetAgainstOracle does the same without an end.
func FuzzSetAgainstOracle(f *testing.F) {
	for seed := range 64 {
		f.Add([]byte{byte(seed), 0xff})
	}
	f.Fuzz(compareOnRandomRules)
}

// compareOnRandomRules puts the events through one set twice, since what one
// event leaves behind must not change what the next is told.
func compareOnRandomRules(t *testing.T, input []byte) {
	d := newGenerator(input)
	var rules []*Rule
	var text strings.Builder
	for n := range 1 + d.intn([]int{2, 3, 8}[d.intn(3)]) {
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
	events := make([]*logevent.Event, 2+d.intn(6))
	for i := range events {
		events[i] = d.event()
	}
	for range 2 {
		for _, ev := range events {
			want, got := titles(o.match(set.Rules(), ev)), titles(set.Match(ev, nil))
			if !slices.Equal(want, got) {
				t.Fatalf("oracle says %q, matcher %q\n%sevent %v %#v %q", want, got, text.String(), ev.LogSources, ev.Fields, ev.Raw)
			}
		}
	}
}
