package record

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// TestAPlanIsReadAsItWasWritten compares with package effect's own decoding.
func TestAPlanIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	resource := artifact.ResourceOf(`C:\Windows\System32\cmd.exe`)
	inner := effect.Process{Image: `C:\x.exe`, Args: []string{"x"}, Resource: &resource, Acts: []effect.Act{effect.Write{Path: `C:\y`, Content: []byte("y")}}}
	outer := effect.Process{Image: `C:\z.exe`, Args: []string{"z"}, Resident: true, Acts: []effect.Act{
		effect.Run{Process: inner}, effect.Access{Target: inner}, effect.Remove{Path: `C:\y`},
	}}
	written, err := json.Marshal(planLine{Name: "p", Steps: []plannedStep{{ID: "s", Effect: effect.StepPlan{
		Preconditions: []effect.Precondition{{Path: `C:\w`}}, Processes: []effect.Process{outer, inner}, Checks: []effect.Check{effect.Gone{Path: `C:\y`}},
	}}}})
	require.NoError(t, err)
	var want, got planLine
	require.NoError(t, json.Unmarshal(written, &want))
	require.NoError(t, readPlan(written, &got))
	assert.Equal(t, want, got)
	assert.Equal(t, []effect.Process{outer, inner}, got.Steps[0].Effect.Processes)
}

func TestAPlanWithAnActThatIsNotKnownCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, acts := range []string{
		`[{"kind":"explode","with":{}}]`, `[{"with":{"path":"/x"},"kind":"remove"}]`, `["remove"]`, `[null]`, `[{"kind":"remove","with":{}`, `[{"kind":3}]`, `[{"kind":"remove"}]`, `[{}]`,
	} {
		var got planLine
		err := readPlan([]byte(`{"steps":[{"effect":{"do":[{"image":"/x","acts":`+acts+`}]}}]}`), &got)
		assert.Error(t, err, acts)
	}
}
