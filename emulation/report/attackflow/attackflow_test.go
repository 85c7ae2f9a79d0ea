package attackflow_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/importer"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report/attackflow"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

const source = `scenario "night" {
  title      = "A night at the billing host"
  references = ["Our own, https://example.org/report", "a talk"]
}
actor "naikon" { group = "G0019" }
asset "billing" "db" {}
step "cron_entry_install" "second" {
  by = actor.naikon
  on = asset.db
  at = "2d"
}
step "host_log_clear" "third" {
  by    = actor.naikon
  on    = asset.db
  at    = "3d"
  after = [step.first, step.second]
}
step "local_account_add" "first" {
  by = actor.naikon
  on = asset.db
}
gap "dump" {
  technique = "T1003.001"
  because   = "no behaviour reads credentials"
}
`

func written(t *testing.T) []byte {
	t.Helper()
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, fstest.MapFS{"s.hcl": {Data: []byte(source)}}, "s.hcl")
	require.Empty(t, problems)
	built, problems := plan.Build(set.Scenarios[0], nil, telemetry.Channels, time.Unix(0, 0))
	require.False(t, problems.HasErrors())
	var out bytes.Buffer
	require.NoError(t, attackflow.Write(&out, set.Scenarios[0], built, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
	return out.Bytes()
}

func TestAFlowHasTheStepsInTheirOrder(t *testing.T) {
	t.Parallel()
	var bundle struct {
		Objects []struct {
			Type, ID, Name string
			Starts         []string `json:"start_refs"`
			Effects        []string `json:"effect_refs"`
			Technique      string   `json:"technique_id"`
		}
	}
	require.NoError(t, json.Unmarshal(written(t), &bundle))
	id, effects, technique := map[string]string{}, map[string][]string{}, map[string]string{}
	var starts []string
	for _, o := range bundle.Objects {
		id[o.Name] = o.ID
		effects[o.Name], technique[o.Name] = o.Effects, o.Technique
		if o.Type == "attack-flow" {
			starts = o.Starts
		}
	}
	assert.Equal(t, []string{id["first"], id["dump"]}, starts)
	assert.Equal(t, []string{id["second"], id["third"]}, effects["first"])
	assert.Equal(t, []string{id["third"]}, effects["second"])
	assert.Equal(t, "T1053.003", technique["second"])
	assert.Equal(t, "T1003.001", technique["dump"])
}

func TestAFlowIsImportedAsWhatItWas(t *testing.T) {
	t.Parallel()
	format, _ := importer.FormatNamed("attack-flow")
	plans, problems := format.Read([]importer.File{{Name: "flow.json", Text: written(t)}})
	require.Empty(t, problems)
	require.Len(t, plans, 1)
	var got []string
	for _, step := range plans[0].Steps {
		got = append(got, step.Name+" "+step.Technique)
	}
	assert.Equal(t, []string{"first T1136.001", "second T1053.003", "third T1685.006", "dump T1003.001"}, got)
	assert.Equal(t, "Naikon", plans[0].Actor)
	assert.Equal(t, []int{0, 1}, plans[0].Steps[2].After)
}

// The schema is CTID's own: RINGER_ATTACK_FLOW_SCHEMA names the folder stix of its
// repository.
func TestAFlowIsValidByItsSchema(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("RINGER_ATTACK_FLOW_SCHEMA")
	if folder == "" {
		t.Skip("RINGER_ATTACK_FLOW_SCHEMA names no folder of schemas")
	}
	text, err := os.ReadFile(filepath.Join(folder, "attack-flow-schema-2.0.0.json"))
	require.NoError(t, err)
	var document struct {
		Types map[string]json.RawMessage `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &document))
	var bundle struct{ Objects []json.RawMessage }
	require.NoError(t, json.Unmarshal(written(t), &bundle))
	checked := 0
	for _, raw := range bundle.Objects {
		var o struct{ Type string }
		require.NoError(t, json.Unmarshal(raw, &o))
		rule, ok := document.Types[o.Type]
		if !ok {
			continue
		}
		compiler := jsonschema.NewCompiler()
		compiler.UseLoader(identifierOnly{})
		decoded, err := jsonschema.UnmarshalJSON(bytes.NewReader(rule))
		require.NoError(t, err)
		require.NoError(t, compiler.AddResource("https://example.org/"+o.Type, decoded))
		schema, err := compiler.Compile("https://example.org/" + o.Type)
		require.NoError(t, err)
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(instance), "%s", raw)
		checked++
	}
	assert.GreaterOrEqual(t, checked, 6)
}

// identifierOnly stands for OASIS's schemas, of which only that of ids is referred to.
type identifierOnly struct{}

// Load never fails.
func (identifierOnly) Load(string) (any, error) {
	return map[string]any{"type": "string", "pattern": "^[a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"}, nil
}
