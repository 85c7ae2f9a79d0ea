package record_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

const runID = "0198f2a0-0000-7000-8000-000000000001"

var started = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

// library is what the tests perform, and what they judge it with.
type library struct {
	plan   *plan.Plan
	judges result.Judges
	head   record.Head
}

func load(t testing.TB, name string) library {
	t.Helper()
	rules, problems := sigma.LoadFS(scenarios.FS, "rules")
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	set, found := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, name)
	require.Empty(t, found)
	built, found := plan.Build(set.Scenarios[0], engine, telemetry.Channels, started)
	require.False(t, found.HasErrors(), found.Error())
	source, err := fs.ReadFile(scenarios.FS, name)
	require.NoError(t, err)
	return library{
		plan:   built,
		judges: result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return true }, Today: started},
		head: record.Head{
			Run: runID, Ringer: record.Program{Version: "test"}, Lab: "fake", Started: started, Paths: []string{name},
			Sources: []record.Source{{Name: name, Content: source}}, Rules: []record.Source{{Name: "a.yml", Content: []byte("title: A\n")}},
			Scenarios: []string{built.Name},
		},
	}
}

func newRunner(lab runner.Lab) runner.Runner {
	return runner.Runner{
		Lab: lab, Now: func() time.Time { return started },
		NewTranslate: func(a plan.Asset) runner.Translate { return telemetry.New(a.Name, a.Place).Translate },
		NewCheck: func(a plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
		},
	}
}

// perform runs the plan into a journal, and judges it.
func (l library) perform(t testing.TB, journal *record.Journal) (*runner.RunRecord, result.Scenario) {
	t.Helper()
	part := journal.Scenario(l.plan)
	run, err := newRunner(part.Lab(fake.Lab{Now: func() time.Time { return started }, ClaimObserved: true})).Run(t.Context(), runID, l.plan)
	require.NoError(t, err)
	judged, err := l.judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	part.Finish(run, judged)
	require.NoError(t, journal.Err())
	return run, judged
}

// sealed is a recording of the scenario, and how it was judged.
func sealed(t testing.TB, name string, sign record.Signer) (library, []byte, result.Scenario) {
	t.Helper()
	l := load(t, name)
	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), l.head)
	require.NoError(t, err)
	_, judged := l.perform(t, journal)
	journal.Finish(record.Tail{Took: time.Second})
	var file bytes.Buffer
	require.NoError(t, journal.Seal(&file, sign))
	return l, file.Bytes(), judged
}

func read(t testing.TB, file []byte) *record.Recording {
	t.Helper()
	r, err := record.Read(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	return r
}

func TestAReplayIsJudgedAsTheRunWas(t *testing.T) {
	t.Parallel()
	l, file, judged := sealed(t, "naikon.hcl", nil)
	r := read(t, file)
	assert.True(t, r.Sealed)
	tail, err := r.Tail()
	require.NoError(t, err)
	assert.Equal(t, time.Second, tail.Took)
	s, err := r.Scenario("naikon")
	require.NoError(t, err)
	assert.True(t, s.Finished)
	run, err := s.Replay(t.Context(), newRunner(nil), l.plan)
	require.NoError(t, err)
	again, err := l.judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	assert.Equal(t, judged, again)
}

func TestAReplayOfRecordedEventsIsJudgedAsTheRunWas(t *testing.T) {
	t.Parallel()
	l, file, judged := sealed(t, "naikon.hcl", nil)
	s, err := read(t, file).Scenario("naikon")
	require.NoError(t, err)
	with := newRunner(nil)
	with.NewTranslate, with.NewCheck, err = s.AsRecorded()
	require.NoError(t, err)
	run, err := s.Replay(t.Context(), with, l.plan)
	require.NoError(t, err)
	again, err := l.judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	verdicts := func(s result.Scenario) (all []string) {
		for _, step := range append(s.Baselines, s.Steps...) {
			for _, e := range step.Expectations {
				all = append(all, step.ID+" "+e.Rule+" "+e.Verdict.String())
			}
		}
		return all
	}
	assert.Equal(t, verdicts(judged), verdicts(again))
}

func TestTheRecordedEventsAreThoseOfTheRun(t *testing.T) {
	t.Parallel()
	l := load(t, "naikon.hcl")
	folder := filepath.Join(t.TempDir(), "run")
	journal, err := record.Create(folder, l.head)
	require.NoError(t, err)
	run, judged := l.perform(t, journal)
	r, err := record.Open(folder)
	require.NoError(t, err)
	assert.False(t, r.Sealed)
	tail, err := r.Tail()
	require.NoError(t, err)
	assert.Nil(t, tail, "the run was not ended")
	s, err := r.Scenario("naikon")
	require.NoError(t, err)
	var events []event.Event
	require.NoError(t, s.Events(func(e event.Event) error { events = append(events, e); return nil }))
	require.Len(t, events, len(run.Events()))
	for i, want := range run.Events() {
		assert.Equal(t, fmt.Sprint(want), fmt.Sprint(events[i]), "numbers are what they were")
	}
	kept, err := s.Judged()
	require.NoError(t, err)
	assert.Equal(t, len(judged.Steps), len(kept.Steps))
	alerts, err := s.Alerts()
	require.NoError(t, err)
	for _, step := range judged.Steps {
		assert.Equal(t, step.Alerts, alerts[step.ID], step.ID)
	}
}

// What a run read is in its recording, word for word.
func TestSourcesAndRulesAreKept(t *testing.T) {
	t.Parallel()
	l, file, _ := sealed(t, "naikon.hcl", nil)
	r := read(t, file)
	sources, err := r.Sources()
	require.NoError(t, err)
	assert.Equal(t, l.head.Sources[0].Content, sources[0].Content)
	rules, err := r.Rules()
	require.NoError(t, err)
	assert.Equal(t, "title: A\n", string(rules[0].Content))
	assert.Equal(t, "a.yml", rules[0].Name)
}

func TestTheSameJournalIsSealedToTheSameFile(t *testing.T) {
	t.Parallel()
	l := load(t, "naikon.hcl")
	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), l.head)
	require.NoError(t, err)
	l.perform(t, journal)
	var first, second bytes.Buffer
	require.NoError(t, journal.Seal(&first, nil))
	require.NoError(t, journal.Seal(&second, nil))
	assert.True(t, bytes.Equal(first.Bytes(), second.Bytes()))
}

// A runner that is killed leaves a journal that ends anywhere, in the middle of a
// line too.
func TestATornJournalIsReadAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	l := load(t, "naikon.hcl")
	folder := filepath.Join(t.TempDir(), "run")
	journal, err := record.Create(folder, l.head)
	require.NoError(t, err)
	l.perform(t, journal)
	part := filepath.Join(folder, "scenarios", "naikon.jsonl")
	whole, err := os.ReadFile(part)
	require.NoError(t, err)
	for _, cut := range []int{1, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
		require.NoError(t, os.WriteFile(part, whole[:cut], 0o600))
		r, err := record.Open(folder)
		require.NoError(t, err)
		s, err := r.Scenario("naikon")
		require.NoError(t, err, cut)
		assert.False(t, s.Finished)
		_, err = s.Replay(t.Context(), newRunner(nil), l.plan)
		assert.ErrorContains(t, err, "it was not performed to its end")
	}
}

func TestAStepThatIsNotInTheRecordingIsSkipped(t *testing.T) {
	t.Parallel()
	l, file, _ := sealed(t, "naikon.hcl", nil)
	s, err := read(t, file).Scenario("naikon")
	require.NoError(t, err)
	more := *l.plan
	more.Steps = append([]plan.Step(nil), l.plan.Steps...)
	more.Steps[2].ID = "renamed"
	run, err := s.Replay(t.Context(), newRunner(nil), &more)
	require.NoError(t, err)
	assert.Equal(t, "it is not in the recording: it has to be performed", run.Steps[2].Skipped)
	assert.NoError(t, run.Steps[3].Err)
}

func TestWhatCannotBeWrittenBreaksNoRun(t *testing.T) {
	t.Parallel()
	l := load(t, "naikon.hcl")
	folder := filepath.Join(t.TempDir(), "run")
	journal, err := record.Create(folder, l.head)
	require.NoError(t, err)
	require.NoError(t, os.RemoveAll(folder))
	part := journal.Scenario(l.plan)
	_, err = newRunner(part.Lab(fake.Lab{Now: func() time.Time { return started }})).Run(context.WithoutCancel(t.Context()), runID, l.plan)
	require.NoError(t, err)
	assert.ErrorIs(t, journal.Err(), fs.ErrNotExist)
	assert.ErrorIs(t, journal.Seal(&bytes.Buffer{}, nil), fs.ErrNotExist)
}

// BenchmarkReplay judges recordings of the whole library again, each on its own:
// one iteration is one replay of a run of all scenarios.
func BenchmarkReplay(b *testing.B) {
	names, err := fs.Glob(scenarios.FS, "*.hcl")
	require.NoError(b, err)
	type recorded struct {
		library
		file []byte
	}
	var all []recorded
	for _, name := range names {
		if name == "profiles.hcl" {
			continue
		}
		l, file, _ := sealed(b, name, nil)
		all = append(all, recorded{l, file})
	}
	for b.Loop() {
		for _, l := range all {
			s, err := read(b, l.file).Scenario(l.plan.Name)
			require.NoError(b, err)
			run, err := s.Replay(b.Context(), newRunner(nil), l.plan)
			require.NoError(b, err)
			_, err = l.judges.Conclude(b.Context(), run)
			require.NoError(b, err)
		}
	}
}

// Names are whatever was given then: relative, absolute, in folders.
func TestScenariosAreReadFromARecordingAsTheyWereFromDisk(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "mine")
	require.NoError(t, os.Mkdir(folder, 0o755))
	for name, text := range map[string]string{
		"a.hcl":        "scenario \"a\" {\n  title = \"A\"\n}\n",
		"profiles.hcl": "profile \"own\" {\n  title = \"Own\"\n}\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	before, problems := scenario.Load(scenario.Options{Vocabulary: scenarios.Vocabulary}, folder)
	var sources []record.Source
	for name, file := range before.Files {
		sources = append(sources, record.Source{Name: name, Content: file.Bytes})
	}
	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), record.Head{Run: runID, Paths: []string{folder}, Sources: sources})
	require.NoError(t, err)
	r, err := record.Open(journal.Folder())
	require.NoError(t, err)
	files, err := r.SourceFS()
	require.NoError(t, err)
	after, found := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, files, r.Head.Paths...)
	assert.Equal(t, problems.Error(), found.Error())
	assert.Len(t, after.Scenarios, len(before.Scenarios))
	assert.Len(t, after.Conditions, len(before.Conditions))
	assert.Len(t, after.Files, 2)
	_, err = fs.Stat(files, folder+"/other.hcl")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// A library lies in folders below one that a scenario names.
func TestFilesBelowAFolderAreFound(t *testing.T) {
	t.Parallel()
	for folder, files := range map[string]record.Files{
		"../lib": {"../lib/a.hcl": nil, "../lib/deep/er/b.hcl": nil, "../other/c.hcl": nil},
		"lib/":   {"lib/a.hcl": nil, "lib/deep/er/b.hcl": nil, "library.hcl": nil},
		".":      {"a.hcl": nil, "deep/er/b.hcl": nil, "/c.hcl": nil, "../d.hcl": nil},
	} {
		var found []string
		require.NoError(t, fs.WalkDir(files, folder, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				found = append(found, entry.Name())
			}
			return err
		}))
		assert.Equal(t, []string{"a.hcl", "b.hcl"}, found, folder)
	}
}
