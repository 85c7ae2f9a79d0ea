package sigma

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestCertainAnswersStayAsTheyAre changes, adds and removes fields that no answer
// is to rest on, and asks the matcher again.
func TestCertainAnswersStayAsTheyAre(t *testing.T) {
	t.Parallel()
	var sum dependTally
	for seed := range 4000 {
		sum.changeUnknownFields(t, []byte{byte(seed), byte(seed >> 8), 7})
	}
	// Otherwise nothing was shown: all certain, or all in doubt.
	assert.Greater(t, sum.certain, sum.asked/4, "of %d", sum.asked)
	assert.Greater(t, sum.flipped, sum.doubted/20, "of %d in doubt so many did turn out otherwise", sum.doubted)
	t.Logf("%+v", sum)
}

// FuzzCertainAnswersStayAsTheyAre does the same without an end.
func FuzzCertainAnswersStayAsTheyAre(f *testing.F) {
	for seed := range 64 {
		f.Add([]byte{byte(seed), 0xfe})
	}
	f.Fuzz(func(t *testing.T, input []byte) { new(dependTally).changeUnknownFields(t, input) })
}

type dependTally struct{ asked, certain, doubted, flipped int }

func (sum *dependTally) changeUnknownFields(t *testing.T, input []byte) {
	d := newGenerator(input)
	var rules []*Rule
	var text strings.Builder
	for n := range 1 + d.intn(3) {
		source := d.rule(n)
		more, _ := Parse("fuzz.yml", []byte(source))
		if rules = append(rules, more...); len(more) > 0 {
			text.WriteString(source + "---\n")
		}
	}
	set, _ := Compile(rules, Placeholders(map[string][]string{"names": {"whoami", "*é?"}}))
	for range 3 {
		ev := d.event()
		var unknown []string
		for range 1 + d.intn(4) {
			unknown = append(unknown, d.field())
		}
		before := set.Match(ev, nil)
		certain := map[*Rule]bool{}
		differs := map[*Rule]bool{}
		for _, rule := range set.Rules() {
			names := set.FieldDependencies(rule, ev, unknown)
			certain[rule] = len(names) == 0
			for _, name := range names {
				if !slices.Contains(unknown, name) {
					t.Fatalf("%q was not asked for, %q were\n%s", name, unknown, text.String())
				}
			}
		}
		for range 12 {
			other := *ev
			other.Fields = d.changed(ev.Fields, unknown)
			other.Raw = d.text(false)
			if ev.Raw == "" && d.intn(2) == 0 {
				other.Raw = ""
			}
			after := set.Match(&other, nil)
			for _, rule := range set.Rules() {
				if slices.Contains(before, rule) == slices.Contains(after, rule) {
					continue
				}
				differs[rule] = true
				if certain[rule] {
					t.Fatalf("%s answers otherwise, though it rests on none of %q\n%sbefore %v %#v %q\nafter %#v %q", rule.Title, unknown,
						text.String(), ev.LogSources, ev.Fields, ev.Raw, other.Fields, other.Raw)
				}
			}
		}
		for rule, is := range certain {
			sum.asked++
			switch {
			case is:
				sum.certain++
			case differs[rule]:
				sum.flipped++
				sum.doubted++
			default:
				sum.doubted++
			}
		}
	}
}

// changed gives the fields other values, or takes them away.
func (g *generator) changed(fields map[string]any, names []string) map[string]any {
	out := maps.Clone(fields)
	for _, name := range names {
		switch g.intn(4) {
		case 0:
			delete(out, name)
		case 1:
		default:
			out[name] = g.value(0)
		}
	}
	return out
}
