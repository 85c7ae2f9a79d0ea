package sigma

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mutantsFile holds small rules, each followed by the mutants it has.
const mutantsFile = "testdata/mutants.txt"

// summary is a mutant on one line.
func (m Mutant) summary() string {
	line := fmt.Sprintf(":%d  %s  %s", m.Line, m.Operator, m.Before)
	if m.After != "" {
		line += "  →  " + m.After
	}
	if m.Equivalent != "" {
		line += "  (" + m.Equivalent + ")"
	}
	return line
}

func TestARuleHasTheMutantsOfItsParts(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(mutantsFile)
	require.NoError(t, err)
	var out strings.Builder
	for _, section := range strings.Split(strings.TrimSuffix(string(text), "\n====\n"), "\n====\n") {
		source, _, _ := strings.Cut(section, "\n----")
		rules, problems := Parse("rule.yml", []byte(source))
		require.Zero(t, Errors(problems), "%v", problems)
		out.WriteString(source + "\n----\n")
		for _, rule := range rules {
			for _, mutant := range Mutants(rule) {
				out.WriteString(mutant.summary() + "\n")
				assert.Equal(t, rule.ID, mutant.Rule.ID)
			}
		}
		out.WriteString("====\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(mutantsFile, []byte(out.String()), 0o644))
	}
	assert.Equal(t, string(text), out.String())
}

// TestNoEventTellsAnEquivalentMutantFromItsRule event tells an equivalent mutant from its rule: rules and events are dealt
// from a small vocabulary, so that they meet.
func TestNoEventTellsAnEquivalentMutantFromItsRule(t *testing.T) {
	t.Parallel()
	equivalent, told := 0, 0
	for seed := range 1000 {
		d := newGenerator(fmt.Appendf(nil, "mutants %d", seed))
		rules, _ := Parse("dice.yml", []byte(d.rule(seed)))
		for _, rule := range rules {
			events := make([]*logevent.Event, 30)
			for i := range events {
				events[i] = d.event()
				events[i].LogSources = nil
			}
			for _, mutant := range Mutants(rule) {
				if differ(rule, mutant.Rule, events) {
					told++
					require.Empty(t, mutant.Equivalent, "seed %d: %s", seed, mutant.summary())
				}
				if mutant.Equivalent != "" {
					equivalent++
				}
			}
		}
	}
	assert.Greater(t, equivalent, 200, "some must be equivalent")
	assert.Greater(t, told, 500, "the events must tell others")
}

// differ says that one of the events fits one of the rules only.
func differ(a, b *Rule, events []*logevent.Event) bool {
	placeholders := map[string][]string{"names": {"whoami", "a*"}}
	var o oracle
	o.placeholders = placeholders
	for _, ev := range events {
		if o.fits(a, ev) != o.fits(b, ev) {
			return true
		}
	}
	return false
}

func TestACorrelationsEquivalentMutantCountsAlike(t *testing.T) {
	t.Parallel()
	for _, bounds := range [][]bound{{{rulevalue.GreaterEqual, 1}}, {{rulevalue.Greater, 0}}, {{rulevalue.Less, 1}}, {{rulevalue.NotEqual, 0}}, {{rulevalue.GreaterEqual, 3}, {rulevalue.LessEqual, 2}}, {{rulevalue.Equal, 2}}, {{rulevalue.LessEqual, 0.5}}} {
		for at := range bounds {
			for _, by := range []float64{-1, 1} {
				a := &correlation{kind: eventCount, bounds: bounds}
				b := &correlation{kind: eventCount, bounds: append([]bound(nil), bounds...)}
				b.bounds[at].number += by
				same := true
				for count := 1.0; count < 10; count++ {
					same = same && a.acceptsCount(count) == b.acceptsCount(count)
				}
				assert.Equal(t, same, sameCounts(a, b) != "", "%v %v", bounds, by)
			}
		}
	}
}
