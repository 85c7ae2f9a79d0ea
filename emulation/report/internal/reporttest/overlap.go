package reporttest

import (
	"io/fs"
	"path"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

// RunID and Started are those of every run here.
const RunID = "0198f2a0-0000-7000-8000-000000000001"

// Started is when every run here starts.
var Started = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

// Overlap is the shipped campaign of three actors over four years, performed by a
// lab and judged under the shipped telemetry profiles.
func Overlap(t testing.TB, lab runner.Lab) evidence.Run {
	t.Helper()
	return Perform(t, lab, "overlap.hcl")
}

// Perform is a shipped scenario, performed by a lab and judged under the shipped
// telemetry profiles.
func Perform(t testing.TB, lab runner.Lab, file string) evidence.Run {
	t.Helper()
	run, err := evidence.Collect(PerformedWith(t, lab, file, func(_ string, rule []byte) []byte { return rule }))
	require.NoError(t, err)
	return run
}

// PerformedWith is what a report is made from of a shipped scenario that is judged by
// changed rules. Rules and scenarios are in the repository.
func PerformedWith(t testing.TB, lab runner.Lab, file string, change func(name string, rule []byte) []byte) evidence.Source {
	t.Helper()
	files := ruleFiles(t)
	changed := fstest.MapFS{}
	for i := range files {
		files[i].Content = change(files[i].Name, files[i].Content)
		changed[files[i].Name] = &fstest.MapFile{Data: files[i].Content}
	}
	rules, problems := sigma.LoadFS(changed, "rules")
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	set, found := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, "profiles.hcl", file)
	require.Empty(t, found)
	conditions, found := plan.BuildConditions(set.Conditions[0], engine, telemetry.Channels)
	require.Empty(t, found)
	built, found := plan.Build(set.Scenarios[0], engine, telemetry.Channels, Started)
	require.False(t, found.HasErrors(), found.Error())

	record, err := Runner(lab).Run(t.Context(), RunID, built)
	require.NoError(t, err)
	detectors := []detect.Detector{engine}
	judged, err := result.Judges{Detectors: detectors, BaselineSilent: func(string) bool { return true }, Today: Started}.Conclude(t.Context(), record)
	require.NoError(t, err)
	compared, err := compare.Comparer{Detectors: detectors, Conditions: conditions}.Compare(t.Context(), record, judged)
	require.NoError(t, err)

	source, err := fs.ReadFile(scenarios.FS, file)
	require.NoError(t, err)
	of := []result.Scenario{judged}
	return evidence.Source{
		Result: result.Run{
			Format: result.Format, ID: RunID, Version: "v1", Lab: lab.Name(), Started: Started, Seconds: judged.Seconds, Rules: len(rules),
			Summary: result.Summarise(of, nil), Scenarios: of,
		},
		Records: []*runner.RunRecord{record}, Comparisons: []compare.Scenario{compared}, RuleFiles: files,
		ScenarioFiles: []evidence.File{{Name: file, Content: source}},
		InRepository:  func(name string) (string, bool) { return "scenarios/" + name, true },
	}
}

// Runner performs plans in a lab at the time of all runs here.
func Runner(lab runner.Lab) runner.Runner {
	return runner.Runner{
		Lab: lab, Now: func() time.Time { return Started },
		NewTranslate: func(a plan.Asset) runner.Translate { return telemetry.New(a.Name, a.Place).Translate },
		NewCheck: func(a plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
		},
	}
}

func ruleFiles(t testing.TB) []evidence.File {
	t.Helper()
	entries, err := fs.ReadDir(scenarios.FS, "rules")
	require.NoError(t, err)
	var files []evidence.File
	for _, entry := range entries {
		name := path.Join("rules", entry.Name())
		content, err := fs.ReadFile(scenarios.FS, name)
		require.NoError(t, err)
		files = append(files, evidence.File{Name: name, Content: content})
	}
	return files
}
