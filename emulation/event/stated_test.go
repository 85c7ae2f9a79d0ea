package event_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/event"
)

func TestStatedFieldsAreThoseOfTheShape(t *testing.T) {
	t.Parallel()
	seen := event.Event{
		Provenance: event.Translated,
		Fields:     map[string]any{"User": "adm", "Image": "cmd", "Product": "Windows"},
		Joined:     map[string]any{"ParentUser": "adm"},
		FieldProvenance: map[string]event.Provenance{
			"User": event.Stated, "ParentUser": event.Stated, "Product": event.Declared, "Image": event.Observed,
		},
	}
	assert.Equal(t, []string{"User"}, seen.StatedFields(event.Native))
	assert.Equal(t, []string{"ParentUser", "User"}, seen.StatedFields(event.EDR))
	whole := event.Event{
		Provenance:      event.Stated,
		Fields:          map[string]any{"sc-status": 200, "cs-method": "GET"},
		FieldProvenance: map[string]event.Provenance{"cs-method": event.Observed},
	}
	assert.Equal(t, []string{"sc-status"}, whole.StatedFields(event.Native), "all but what is known better")
	none := event.Event{Provenance: event.Translated, Fields: seen.Fields}
	assert.Nil(t, none.StatedFields(event.EDR))

	assert.True(t, event.HasStated([]event.Event{none, whole}))
	assert.True(t, event.HasStated([]event.Event{seen}))
	assert.False(t, event.HasStated([]event.Event{none, {Provenance: event.Declared}}))
}
