package coverage_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

const (
	byAccount = "11111111-1111-4111-8111-111111111111"
	byParent  = "22222222-2222-4222-8222-222222222222"
	byProgram = "33333333-3333-4333-8333-333333333333"
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
	stated := func(steps ...[]event.Event) []string {
		var records []runner.StepRecord
		for _, events := range steps {
			records = append(records, runner.StepRecord{Events: events})
		}
		covered, err := coverage.Judge(t.Context(), behaviour.Behaviour{}, records, engine)
		require.NoError(t, err)
		assert.Equal(t, []string{byAccount, byProgram}, covered.Detected)
		assert.Equal(t, []string{byParent}, covered.Joined)
		assert.Equal(t, 3, covered.Asked)
		return covered.Stated
	}
	assert.Equal(t, []string{byAccount, byParent}, stated([]event.Event{start("1", event.Stated)}))
	assert.Empty(t, stated([]event.Event{start("1", event.Stated), start("2", event.Observed)}), "one of the events is enough")
	assert.Empty(t, stated([]event.Event{start("1", event.Stated)}, []event.Event{start("1", event.Observed)}), "so is one of the steps")
}
