package sigma

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// What is asked of a batch is answered as it is of the events by themselves, whatever the
// rules asked before.
func TestABatchAnswersAsItsEventsDo(t *testing.T) {
	t.Parallel()
	asked := 0
	for seed := range 300 {
		g := newGenerator([]byte{byte(seed), byte(seed >> 8)})
		var texts []string
		for n := range 5 {
			texts = append(texts, g.rule(n))
		}
		var events []*logevent.Event
		for range 6 {
			ev := g.event()
			ev.LogSources = nil // all rules are asked
			events = append(events, ev)
		}
		rules, _ := Parse("generated.yml", []byte(strings.Join(texts, "\n---\n")))
		set, _ := Compile(rules)
		batch := NewBatch(events)
		for _, rule := range set.Rules() {
			want, wantOK := set.NearMiss(rule, events)
			for _, of := range []*Batch{batch, batch.Share()} {
				got, ok := set.NearMissIn(rule, of)
				assert.Equal(t, wantOK, ok, "%s", strings.Join(texts, "\n---\n"))
				assert.Equal(t, want, got)
			}
			asked++
		}
	}
	assert.Greater(t, asked, 500, "the rules were compiled")
}
