package export_test

import (
	"context"
	"flag"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const runID = "0198f2a0-0000-7000-8000-000000000001"

var day = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

func about(shape event.Shape) export.Run {
	return export.Run{ID: runID, Lab: "fake", Version: "1.2.3", Shape: shape}
}

// ownRules are the rules of the library.
var ownRules = sync.OnceValues(func() ([]*sigma.Rule, []sigma.Problem) { return sigma.LoadFS(scenarios.FS, "rules") })

func ruleSet(t testing.TB) *sigma.Set {
	t.Helper()
	rules, problems := ownRules()
	require.Empty(t, problems)
	set, problems := sigma.Compile(rules)
	require.Empty(t, problems)
	return set
}

// performance is the library, performed in memory: its records, in the order of the
// run, and the alerts on them in shape edr.
type performance struct {
	records []export.Record
	err     error
}

var library = sync.OnceValue(func() performance {
	rules, _ := ownRules()
	engine, _ := detect.NewSigma(rules)
	names, err := fs.Glob(scenarios.FS, "*.hcl")
	if err != nil {
		return performance{err: err}
	}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, names...)
	if problems.HasErrors() {
		return performance{err: problems}
	}
	var all []export.Record
	for _, s := range set.Scenarios {
		built, problems := plan.Build(s, engine, telemetry.Channels, day)
		if problems.HasErrors() {
			return performance{err: problems}
		}
		records, err := perform(engine, built)
		if err != nil {
			return performance{err: err}
		}
		all = append(all, records...)
	}
	return performance{records: all}
})

func shipped(t testing.TB) []export.Record {
	t.Helper()
	done := library()
	require.NoError(t, done.err)
	require.Greater(t, len(done.records), 5000)
	return done.records
}

// perform performs a plan in memory. The fake lab's word counts for the kernel's,
// and its clock goes on by a millisecond an act.
func perform(engine *detect.Sigma, p *plan.Plan) ([]export.Record, error) {
	var acts atomic.Int64
	now := func() time.Time { return day.Add(time.Duration(acts.Add(1)) * time.Millisecond) }
	run, err := runner.Runner{
		Lab: fake.Lab{Now: now, ClaimObserved: true}, Now: now,
		NewTranslate: func(a plan.Asset) runner.Translate { return telemetry.New(a.Name, a.Place).Translate },
		NewCheck: func(a plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
		},
	}.Run(context.Background(), runID, p)
	if err != nil {
		return nil, err
	}
	found, err := engine.Detect(context.Background(), run.Events(), event.EDR)
	if err != nil {
		return nil, err
	}
	alerts := map[string][]export.Rule{}
	for _, alert := range found {
		rule := export.Rule{ID: alert.Rule, Title: alert.Title, Level: alert.Level, Events: len(alert.Events)}
		alerts[alert.Newest()] = append(alerts[alert.Newest()], rule)
	}
	var records []export.Record
	add := func(e event.Event, r export.Record) {
		r.Event, r.Scenario, r.Attack = e, p.Name, string(p.Attack)
		i := slices.IndexFunc(p.Assets, func(a plan.Asset) bool { return a.Name == e.Lineage.Asset })
		place := p.Assets[i].Place
		r.Host = export.Host{Name: place.Hostname, Platform: place.Kind.Platform, Kind: place.Kind.Name}
		r.Alerts = alerts[e.ID]
		records = append(records, r)
	}
	for i, baseline := range p.Baselines {
		for _, e := range run.Baselines[i].Events {
			add(e, export.Record{Baseline: true, Behaviour: baseline.Kind.Name})
		}
	}
	for i, step := range p.Steps {
		for _, e := range run.Steps[i].Events {
			add(e, export.Record{
				Behaviour: step.Behaviour.Name, Technique: step.Technique,
				Actor: export.Actor{Name: step.Actor.Name, Group: step.Actor.Group, Title: step.Actor.Title},
			})
		}
	}
	return records, nil
}

// written writes the records as one stream, and gives what was left.
func written(t testing.TB, format string, run export.Run, records ...export.Record) (string, []export.Left) {
	t.Helper()
	var out strings.Builder
	w, err := export.New(format, &out, run)
	require.NoError(t, err)
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return out.String(), w.Left()
}

// memory is a folder in memory.
type memory map[string]*strings.Builder

type memoryFile struct{ *strings.Builder }

func (memoryFile) Close() error { return nil }

func (m memory) create(name string) (io.WriteCloser, error) {
	m[name] = &strings.Builder{}
	return memoryFile{m[name]}, nil
}

// writtenFolder writes the records as a folder, and gives what was left.
func writtenFolder(t testing.TB, format string, run export.Run, records ...export.Record) (memory, []export.Left) {
	t.Helper()
	files := memory{}
	w, err := export.NewFolder(format, files.create, run)
	require.NoError(t, err)
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return files, w.Left()
}

// sampled is every seventh record, and those that a rule alerted on: for what takes
// long.
func sampled(records []export.Record) []export.Record {
	var some []export.Record
	for i, r := range records {
		if i%7 == 0 || len(r.Alerts) > 0 {
			some = append(some, r)
		}
	}
	return some
}
