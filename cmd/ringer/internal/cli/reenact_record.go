package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// replayedSource is the source of a recorded run with what others recorded, as JSON.
const replayedSource = "recordings.json"

// performReplays performs replays in a lab and records what they showed: each is a
// scenario of the recording.
func (c *command) performReplays(ctx context.Context, replays []reenact.Replay, rules *ruleSet, flags labFlags, keep recordFlags) ([]reenact.Execution, error) {
	lab, err := c.openLab(ctx, flags.name)
	if err != nil {
		return nil, err
	}
	defer lab.close()
	from := c.newRun(lab)
	plans, e := make([]*plan.Plan, len(replays)), exercise{}
	if c.records(keep) {
		if plans, e, err = c.replayScenarios(ctx, replays, rules); err != nil {
			return nil, err
		}
	}
	recorder, err := c.newRecorder(e, from, keep)
	if err != nil {
		return nil, err
	}
	var mutex sync.Mutex
	judged := map[string]result.Scenario{}
	executions, broke := c.replayAll(ctx, from.id, lab, replays, flags.parallel, func(i int, done reenact.Execution) error {
		if recorder == nil || plans[i] == nil {
			return nil
		}
		run := done.RunRecord(from.id, from.lab, plans[i])
		concluded, err := c.judges(from, rules).Conclude(ctx, run)
		if err != nil {
			return err
		}
		recorder.journal.Add(run, concluded)
		mutex.Lock()
		defer mutex.Unlock()
		judged[run.Plan.Name] = concluded
		return nil
	})
	if recorder != nil {
		recorder.of = lab.Lab
	}
	scenarios := []result.Scenario{}
	for _, p := range e.plans {
		if concluded, ok := judged[p.Name]; ok {
			scenarios = append(scenarios, concluded)
		}
	}
	if err := recorder.seal(c.runOf(from, rules, scenarios, nil), broke); err != nil && broke == nil {
		return nil, err
	}
	return executions, broke
}

// replayAll performs replays, and shows on a terminal how many are done. done is called
// for each, from several goroutines.
func (c *command) replayAll(ctx context.Context, run string, lab runner.Lab, replays []reenact.Replay, assets int, done func(int, reenact.Execution) error) ([]reenact.Execution, error) {
	var count atomic.Int64
	var last atomic.Value
	last.Store("")
	_, end := c.showRows(func(int, int) []string {
		return []string{fmt.Sprintf("  %d of %d performed  %s", count.Load(), len(replays), last.Load())}
	})
	defer end()
	target, err := reenact.TargetIn(scenarios.Library())
	if err != nil {
		return nil, err
	}
	replayer := reenact.Replayer{
		Runner: c.runner(lab), Run: run, On: target.Host, Assets: assets,
		Done: func(i int, p reenact.Execution) error {
			count.Add(1)
			last.Store(p.Name)
			return done(i, p)
		},
	}
	return replayer.ReplayAll(ctx, replays)
}

// replayScenarios are the plans of replays, nil for one that has none, and all of them
// as what is performed. Of a replay whose scenario is not valid it is told that it is
// not recorded.
func (c *command) replayScenarios(ctx context.Context, replays []reenact.Replay, rules *ruleSet) ([]*plan.Plan, exercise, error) {
	e := exercise{
		loaded: loaded{Set: &scenario.Set{Files: map[string]*hcl.File{}}, shipped: func(string) bool { return false }},
		rules:  rules, replays: replays,
	}
	plans := make([]*plan.Plan, len(replays))
	for i, name := range replayNames(replays) {
		if !replays[i].Performable() {
			continue
		}
		file, err := reenact.HCL(ctx, name, replays[i], rules.Sigma)
		if err != nil {
			return nil, exercise{}, err
		}
		path := name + ".hcl"
		set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, record.Files{path: file}, path)
		built, found := c.buildPlans(set, rules, c.Now())
		if problems = append(problems, found...); problems.HasErrors() {
			fmt.Fprintf(c.Stderr, "Warning: %s is not recorded: %v\n", replays[i].Dir, problems)
			continue
		}
		plans[i] = built[0]
		e.plans, e.paths = append(e.plans, built[0]), append(e.paths, path)
		maps.Copy(e.Files, set.Files)
	}
	return plans, e, nil
}

// replayNames are the names of replays as scenarios, each of which is there once.
func replayNames(replays []reenact.Replay) []string {
	var names []string
	for _, replay := range replays {
		name := reenact.Label(replay.Name)
		for n := 2; slices.Contains(names, name); n++ {
			name = reenact.Label(fmt.Sprintf("%s_%d", replay.Name, n))
		}
		names = append(names, name)
	}
	return names
}

// replayedSources is what others recorded, as the recording of its run keeps it.
func replayedSources(replays []reenact.Replay) (record.Source, error) {
	recordings := make([]reenact.Recording, len(replays))
	for i, replay := range replays {
		recordings[i] = replay.Recording
	}
	text, err := json.Marshal(recordings)
	return record.Source{Name: replayedSource, Content: text}, err
}

// recordedExecutions are the replays of a recorded run, performed by what was recorded,
// with the rules that they are judged by. Those that were not performed to their end
// are left out.
func (c *command) recordedExecutions(ctx context.Context, recording *record.Recording, flags ruleFlags) ([]reenact.Execution, *ruleSet, error) {
	replays, err := recordedReplays(recording)
	if err != nil {
		return nil, nil, err
	}
	e, err := c.readRecorded(recording, flags)
	if err != nil {
		return nil, nil, err
	}
	_, runs, err := c.performAndKeep(ctx, c.replaying(recording, false), e.plans, e.rules, 1)
	if err != nil {
		return nil, nil, err
	}
	byName := map[string]*runner.RunRecord{}
	for _, run := range runs {
		byName[run.Plan.Name] = run
	}
	var executions []reenact.Execution
	for i, name := range replayNames(replays) {
		if run, ok := byName[name]; ok {
			executions = append(executions, reenact.Recorded(replays[i], run))
		} else if !replays[i].Performable() {
			executions = append(executions, reenact.Execution{Replay: replays[i]})
		}
	}
	return executions, e.rules, nil
}

func recordedReplays(recording *record.Recording) ([]reenact.Replay, error) {
	sources, err := recording.Sources()
	if err != nil {
		return nil, usageError{err}
	}
	at := slices.IndexFunc(sources, func(s record.Source) bool { return s.Name == replayedSource })
	if at < 0 {
		return nil, usageError{fmt.Errorf("run %s re-enacted nothing: a recording of `ringer reenact` or `ringer fidelity` is expected", recording.Head.Run)}
	}
	var recordings []reenact.Recording
	if err := json.Unmarshal(sources[at].Content, &recordings); err != nil {
		return nil, usageError{fmt.Errorf("read %s of the recording: %w", replayedSource, err)}
	}
	return convertAll(recordings)
}
