package report_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// everything has each block and attribute that a scenario can have.
const everything = `
scenario "everything" {
  title      = "All there is"
  references = ["A report"]
}
actor "soft_cell" { group = "G0093" }
asset "domain_controller" "dc" {
  hostname  = "DC09"
  protected = ["C:\\Windows\\Temp"]
}
asset "billing" "billing" { service = "postgresql" }
step "scheduled_task_create" "task" {
  by = actor.soft_cell
  on = asset.dc
  expect "sigma" "10000000-0000-4000-8000-000000000004" {
    verdict  = fires
    shape    = edr
    at_least = 2
    at_most  = 3
  }
}
step "event_log_clear" "cleared" {
  by    = actor.soft_cell
  on    = asset.dc
  at    = "10d12h"
  after = [step.task]
  with { logs = ["Security"] }
  expect "sigma" "10000000-0000-4000-8000-000000000003" {
    verdict = known_gap
    until   = "2027-03-31"
    because = "one day"
  }
}
baseline "billing_day" "day" {
  on = asset.billing
  expect "sigma" "10000000-0000-4000-8000-000000000003" { verdict = silent }
}
`

func described(t *testing.T, s *scenario.Scenario) []byte {
	t.Helper()
	text, err := json.MarshalIndent(report.DescribeScenario(s, func(name string) string { return name }), "", "  ")
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	require.NoError(t, compile(t, report.ScenarioSchema).Validate(document), s.File)
	return append(text, '\n')
}

func TestAScenarioIsDescribedByTheNamesOfItsFile(t *testing.T) {
	t.Parallel()
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, fstest.MapFS{"main.hcl": {Data: []byte(everything)}}, "main.hcl")
	require.Empty(t, problems)
	golden(t, "scenario.golden", string(described(t, set.Scenarios[0])))
}

func TestEveryScenarioOfTheLibraryIsDescribedAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, ".", "sigmahq")
	require.False(t, problems.HasErrors())
	for _, scenario := range set.Scenarios {
		described(t, scenario)
	}
	assert.NotEmpty(t, set.Scenarios)
}
