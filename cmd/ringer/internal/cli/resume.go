package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// newestRun is the value of --resume where no run is named.
const newestRun = "newest"

// resume goes on with a run that was broken off: scenarios that were performed to
// their end are judged by what was recorded, the others are performed. All is read
// from the journal, so that both are of the same run.
func (c *command) resume(ctx context.Context, args []string, flags runFlags) error {
	switch {
	case len(args) > 0:
		return usageError{fmt.Errorf("--resume goes on with what the run was given: %s cannot be added (a run is named as --resume=RUN)", strings.Join(args, " "))}
	case flags.scenario.rules.given() || len(flags.scenario.variables) > 0 || len(flags.scenario.libraries) > 0 || flags.variants || flags.choose.given() || flags.gate.repeat > 1 || flags.shard.part != (shardPart{}) || flags.dryRun || flags.record.none:
		return usageError{errors.New("--resume cannot be combined with --rules, --no-default-rules, --var, --variants, --dry-run, --repeat, a choice of steps, --shard or --no-record")}
	}
	reports, err := c.openReports(flags.view) // before anything is started
	if err != nil {
		return err
	}
	journal, recording, err := c.reopen(flags.resume)
	if err != nil {
		return err
	}
	if len(recording.Head.Detectors) > 0 {
		return errors.Join(usageError{errors.New("the run asked outside detectors, which have seen it once: it cannot be resumed")}, journal.Close())
	}
	e, err := c.readRecordedPlans(recording, ruleFlags{})
	if err != nil {
		return errors.Join(err, journal.Close())
	}
	e.allowed = flags.allow
	gates, err := c.gates(e, e.isPart(), flags.gate)
	if err != nil {
		return errors.Join(err, journal.Close())
	}
	runs, err := c.openResumed(ctx, e, journal, flags.record)
	if err != nil {
		return errors.Join(err, journal.Close())
	}
	return c.conclude(ctx, e, runs, gates, reports, flags)
}

// reopen finds the journal of a run that was broken off, by this very ringer.
func (c *command) reopen(name string) (*record.Journal, *record.Recording, error) {
	kept, err := c.recordedRuns().List()
	if err != nil {
		return nil, nil, err
	}
	for _, run := range kept {
		named := name == newestRun || strings.HasPrefix(run.Run, name)
		if !named || run.Sealed || run.UnderWay {
			continue
		}
		folder := c.recordedRuns().JournalOf(run.Run)
		recording, err := record.Open(folder)
		if err != nil {
			return nil, nil, usageError{fmt.Errorf("read journal: %w", err)}
		}
		if recording.Head.Kind == record.Reenactment {
			continue // it is performed anew in as short a time
		}
		if by := recording.Head.Ringer; by.Digest != c.digest() {
			return nil, nil, usageError{fmt.Errorf("run %s was performed by another build of ringer (%s): it cannot be resumed by this one", run.Run, by.Version)}
		}
		journal, err := record.Reopen(folder)
		if err != nil {
			return nil, nil, usageError{err}
		}
		return journal, recording, nil
	}
	return nil, nil, usageError{fmt.Errorf("no run in %s was broken off%s", c.Runs, beginning(name))}
}

func beginning(name string) string {
	if name == newestRun {
		return ""
	}
	return fmt.Sprintf(" and has an id that begins with %q", name)
}

// openResumed opens the lab that the run was in.
func (c *command) openResumed(ctx context.Context, e exercise, journal *record.Journal, flags recordFlags) (openedRuns, error) {
	head := e.recording.Head
	recorder, err := c.recorderFor(flags)
	if err != nil {
		return openedRuns{}, err
	}
	recorder.journal = journal
	finished := map[string]bool{}
	for _, p := range e.plans {
		if finished[p.Name], err = isFinished(e.recording, p.Name); err != nil {
			return openedRuns{}, err
		}
	}
	missing := slices.DeleteFunc(slices.Clone(e.plans), func(p *plan.Plan) bool { return finished[p.Name] })
	if err := e.allowed.check(missing); err != nil {
		return openedRuns{}, err
	}
	opened, err := c.openLab(ctx, head.Lab)
	if err != nil {
		return openedRuns{}, err
	}
	if err := allowImages(ctx, opened.Lab, missing); err != nil {
		return openedRuns{}, errors.Join(err, opened.close())
	}
	replayed := c.replaying(e.recording, false)
	from := runSource{lab: head.Lab, id: head.Run, started: head.Started}.performing(opened.Lab, recorder)
	perform := from.run
	from.run = func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
		if finished[p.Name] {
			return replayed.run(ctx, with, p)
		}
		return perform(ctx, with, p)
	}
	return openedRuns{runSource: from, recorder: recorder, close: opened.close}, nil
}
