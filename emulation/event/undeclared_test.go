package event_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/event"
)

func TestWhatIsDeclaredIsLeftOutAndTheRestStays(t *testing.T) {
	t.Parallel()
	given := []event.Event{
		{ID: "1", Provenance: event.Declared},
		{
			ID: "2", Provenance: event.Translated, Fields: map[string]any{"a": 1, "b": 2}, Joined: map[string]any{"a": 3, "c": 4},
			FieldProvenance: map[string]event.Provenance{"a": event.Declared, "b": event.Observed},
		},
		{ID: "3", Provenance: event.Observed, Fields: map[string]any{"a": 1}},
	}
	seen, stated := event.WithoutDeclared(given)
	assert.True(t, stated)
	assert.Equal(t, []map[string]any{{"b": 2}, {"a": 1}}, []map[string]any{seen[0].Fields, seen[1].Fields})
	assert.Equal(t, map[string]any{"c": 4}, seen[0].Joined)
	assert.Equal(t, map[string]any{"a": 1, "b": 2}, given[1].Fields, "what was given stays as it is")

	all, stated := event.WithoutDeclared(given[2:])
	assert.False(t, stated)
	assert.Equal(t, given[2:], all)
}
