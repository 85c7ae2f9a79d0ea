package trial_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/trial"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

const text = `scenario "try" {}
actor "somebody" {}
asset "exchange" "host" {PROTECTED}
step "owa_web_shell_drop" "once" {
  by = actor.somebody
  on = asset.host
}
`

// tried performs a page's drop in memory, on a host with that attribute.
func tried(t *testing.T, claim bool, attribute string) trial.Trial {
	t.Helper()
	in := fstest.MapFS{"try.hcl": {Data: []byte(strings.Replace(text, "PROTECTED", attribute, 1))}}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, in, "try.hcl")
	require.False(t, problems.HasErrors(), problems)
	loaded, broken := sigma.LoadFS(scenarios.FS, "rules")
	require.Empty(t, broken)
	rules, wrong := detect.NewSigma(loaded)
	require.Empty(t, wrong)
	clock := func() time.Time { return time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC) }
	p, problems := plan.Build(set.Scenarios[0], rules, telemetry.Channels, clock())
	require.False(t, problems.HasErrors(), problems)
	run, err := runner.Runner{
		Lab: fake.Lab{Now: clock, ClaimObserved: claim}, Now: clock,
		NewTranslate: func(asset plan.Asset) runner.Translate { return telemetry.New(asset.Name, asset.Place).Translate },
		NewCheck: func(asset plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(asset.Name, asset.Place).Verify
		},
	}.Run(t.Context(), "run", p)
	require.NoError(t, err)
	judged, err := result.Judges{Detectors: []detect.Detector{rules}, Today: clock()}.Conclude(t.Context(), run)
	require.NoError(t, err)
	return trial.Of(run, judged, rules)
}

func TestATrialTellsWhatWasDoneAndWhoSawIt(t *testing.T) {
	t.Parallel()
	got := tried(t, true, "")
	assert.Equal(t, trial.Proven, got.Outcome, got.Reason)
	assert.Equal(t, "try/once", got.Place)
	assert.NotEmpty(t, got.Touched)
	assert.Empty(t, got.Leftover)
	assert.Greater(t, got.Rules, got.Asked)
	require.NotEmpty(t, got.Alerts)
	assert.Equal(t, "Script Page Written Into an Exchange Front End Folder by a Web Worker", got.Alerts[0].Title)
	require.NotEmpty(t, got.Near)
	assert.Equal(t, "Script Page Written Below a Site Root by a Web Worker", got.Near[0].Title, "it is on the technique, and the nearest")
	assert.Less(t, len(got.Near), got.Asked, "what fired is not near")

	var out bytes.Buffer
	require.NoError(t, trial.Text(&out, got, report.Style{Width: 80}))
	for _, words := range []string{"w3wp.exe", "✓ C:\\", "✓ as before: C:\\", "saw it  Script Page", "near    Script Page Written Below", "and "} {
		assert.Contains(t, out.String(), words)
	}
	assert.NotContains(t, out.String(), "proven:")
	out.Reset()
	require.NoError(t, trial.Text(&out, got, report.Style{Width: 80, Verbose: true}))
	assert.NotContains(t, out.String(), "--verbose")
}

func TestATrialWithoutEffectSaysSo(t *testing.T) {
	t.Parallel()
	got := tried(t, true, "\n protected = [\"C:\\\\Program Files\\\\Microsoft\\\\Exchange Server\\\\V15\\\\FrontEnd\\\\HttpProxy\\\\owa\\\\auth\"]\n")
	assert.Equal(t, trial.NoEffect, got.Outcome)
	assert.NotEmpty(t, got.StandInErrors)
	var out bytes.Buffer
	require.NoError(t, trial.Text(&out, got, report.Style{Width: 80}))
	assert.Contains(t, out.String(), "no effect: ")
	assert.Contains(t, out.String(), "✗ ")
}

func TestTheDocumentIsOfItsSchema(t *testing.T) {
	t.Parallel()
	compiler := jsonschema.NewCompiler()
	var id string
	for _, schema := range [][]byte{report.Schema, trial.Schema} {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		require.NoError(t, err)
		id = document.(map[string]any)["$id"].(string)
		require.NoError(t, compiler.AddResource(id, document))
	}
	schema, err := compiler.Compile(id)
	require.NoError(t, err)
	for _, claim := range []bool{true, false} {
		text, err := json.Marshal(tried(t, claim, ""))
		require.NoError(t, err)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(document))
	}
	assert.Error(t, schema.Validate(map[string]any{"format": "ringer.try/2"}))
}
