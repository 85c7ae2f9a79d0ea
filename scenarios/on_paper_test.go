package scenarios_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// otherwise are the rows that README.md tells apart from the table on paper:
// what the rule says to the behaviour's default, native and edr.
var otherwise = map[[2]string]struct{ native, edr bool }{
	{"timestamp_borrow", "c0d3734d-330f-4a03-aae2-65dacc6a8222"}:   {true, true},
	{"ecp_web_shell_drop", "bd1212e5-78da-431e-95fa-c58e3237a8e6"}: {false, true},
	{"ecp_web_shell_drop", "6b269392-9eba-40b5-acb6-55c882b20ba6"}: {false, true},
	{"at_job_create", "f6de6525-4509-495a-8a82-1f8b0ed73a00"}:      {false, false},
	{"tool_files_delete", "54786ddc-5b8a-11ed-9b6a-0242ac120002"}:  {false, false},
	{"tool_files_delete", "4f4eaa9f-5ad4-410c-a4be-bc6132b0175a"}:  {false, false},
}

func TestSigmaHQAnswersAsOnPaper(t *testing.T) {
	t.Parallel()
	folder := sigmahqtest.Folder(t)
	file, err := os.Open(filepath.Join(sigmahqtest.Reported(t), "verdicts.csv"))
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	rules, _ := sigma.LoadPaths(sigmahqtest.RuleFolders(folder)...)
	engine, _ := detect.NewSigma(rules)
	answers := map[string]map[event.Shape]map[string]bool{}
	for _, b := range scenarios.Library().Behaviours() {
		answers[b.Name] = answersOf(t, engine, b)
	}
	for _, row := range rows[1:] {
		fired, ours := answers[row[0]]
		if !ours {
			continue
		}
		id, fires, shape := row[1], row[5] != "silent", event.Shape(row[6])
		_, known := engine.FullRule(id)
		assert.True(t, known, "%s is a rule of the set", id)
		want := struct{ native, edr bool }{fires && shape == event.Native, fires}
		if other, ok := otherwise[[2]string{row[0], id}]; ok {
			assert.NotEqual(t, want, other, "%s: %s differs from paper", row[0], row[2])
			want = other
		}
		assert.Equal(t, want.native, fired[event.Native][id], "%s: %s (%s), native", row[0], row[2], id)
		assert.Equal(t, want.edr, fired[event.EDR][id], "%s: %s (%s), edr", row[0], row[2], id)
	}
}

// answersOf are the rules that fire on a behaviour's default.
func answersOf(t *testing.T, engine *detect.Sigma, b behaviour.Behaviour) map[event.Shape]map[string]bool {
	t.Helper()
	events := happen(t, b.Assets[0], func(on asset.Host) effect.StepPlan { return labtest.Planned(t, b, on, nil) })
	fired := map[event.Shape]map[string]bool{}
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		fired[shape] = map[string]bool{}
		alerts, err := engine.Detect(t.Context(), events, shape)
		require.NoError(t, err)
		for _, alert := range alerts {
			fired[shape][alert.Rule] = true
		}
	}
	return fired
}
