package wazuh

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

func TestTheSchemaHasEveryNameOfTheTranslation(t *testing.T) {
	t.Parallel()
	event := &logevent.Event{Fields: map[string]any{}}
	ours := map[string]bool{}
	for _, n := range names {
		assert.True(t, KnownField(n.schema), n.schema)
		ours[n.field] = true
		event.Fields[n.field] = `C:\a\b`
	}
	Translate(event)
	assert.Equal(t, "b", event.Fields["process.parent.name"])
	assert.Equal(t, "C:", event.Fields["user.domain"])
	for field := range event.Fields {
		assert.True(t, ours[field] || KnownField(field), field)
	}
}
