package coverage

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

const accounts = `
title: By Account
id: 11111111-1111-4111-8111-111111111111
logsource: {product: windows, category: process_creation}
detection: {s: {User: adm}, condition: s}
---
title: By Parent's Account
id: 22222222-2222-4222-8222-222222222222
logsource: {product: windows, category: process_creation}
detection: {s: {ParentUser: adm}, condition: s}
---
title: By Program
id: 33333333-3333-4333-8333-333333333333
logsource: {product: windows, category: process_creation}
detection: {s: {Image: cmd}, condition: s}
`

func TestWhatIsSeenByStatedFieldsOnlyIsToldApart(t *testing.T) {
	t.Parallel()
	parsed, problems := sigma.Parse("rules.yml", []byte(accounts))
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(parsed)
	require.Empty(t, problems)
	start := func(id string, how event.Provenance) event.Event {
		return event.Event{
			ID: id, Provenance: event.Translated, Sources: []event.LogSource{{Product: "windows", Category: "process_creation"}},
			Fields: map[string]any{"Image": "cmd", "User": "adm"}, Joined: map[string]any{"ParentUser": "adm"},
			FieldProvenance: map[string]event.Provenance{"User": how, "ParentUser": how},
		}
	}
	covered := Coverage{
		Detected: []string{"11111111-1111-4111-8111-111111111111", "33333333-3333-4333-8333-333333333333"},
		Joined:   []string{"22222222-2222-4222-8222-222222222222"},
	}
	only, err := onStatedFieldsOnly(t.Context(), engine, []event.Event{start("1", event.Stated)}, covered)
	require.NoError(t, err)
	assert.Equal(t, []string{"11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"}, only)
	also, err := onStatedFieldsOnly(t.Context(), engine, []event.Event{start("1", event.Stated), start("2", event.Observed)}, covered)
	require.NoError(t, err)
	assert.Empty(t, also, "one of the events is enough")
}
