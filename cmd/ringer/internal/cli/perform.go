package cli

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// onJudged is called for each run once it is judged, from several goroutines; i is
// the index of its plan.
type onJudged func(ctx context.Context, i int, run *runner.RunRecord, judged result.Scenario) error

// performPlans has the plans run, that many in parallel, and judges each run. more
// may be nil. If ctx ends before the last one is judged, it returns the error
// together with those that were.
func (c *command) performPlans(ctx context.Context, from runSource, plans []*plan.Plan, rules *ruleSet, parallel int, more onJudged) (result.Run, error) {
	progress := c.newProgress(ctx, plans, !from.replayed.IsZero())
	defer progress.end()
	with := c.runner(nil) // where it runs is its source's
	with.Observer = progress.observe
	judges := c.judges(from, rules)
	judged := make([]*result.Scenario, len(plans))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for i, plan := range plans {
		group.Go(func() error {
			if groupCtx.Err() != nil {
				return context.Cause(groupCtx)
			}
			record, err := from.run(groupCtx, with, plan)
			if err != nil {
				return err
			}
			concluded, err := judges.Conclude(groupCtx, record)
			if err == nil && more != nil {
				err = more(groupCtx, i, record, concluded)
			}
			if err != nil {
				return err
			}
			from.judged(record, concluded)
			if from.keep != nil {
				concluded = from.keep(concluded)
			}
			progress.judged(i, concluded)
			judged[i] = &concluded
			return nil
		})
	}
	broke := group.Wait()
	if broke != nil && ctx.Err() == nil {
		return result.Run{}, broke
	}
	scenarios, interrupted := []result.Scenario{}, []string(nil)
	for i, scenario := range judged {
		if scenario == nil {
			interrupted = append(interrupted, plans[i].Name)
		} else {
			scenarios = append(scenarios, *scenario)
		}
	}
	return c.runOf(from, rules, scenarios, interrupted), broke
}

// judges judge what a run showed by its rules.
func (c *command) judges(from runSource, rules *ruleSet) result.Judges {
	return result.Judges{
		Detectors:      []detect.Detector{rules.Sigma},
		BaselineSilent: rules.isOwn,
		Today:          from.started,
	}
}

// runOf puts judged scenarios together to the result of their run.
func (c *command) runOf(from runSource, rules *ruleSet, scenarios []result.Scenario, interrupted []string) result.Run {
	began := from.started
	if !from.replayed.IsZero() {
		began = from.replayed
	}
	return result.Run{
		Format: result.Format, ID: from.id, Version: c.Build.Version, Lab: from.lab, Started: from.started, Replayed: from.replayed,
		Seconds: c.Now().Sub(began).Seconds(), Rules: len(rules.Rules()),
		Summary: result.Summarise(scenarios, interrupted), Scenarios: scenarios, Interrupted: interrupted,
	}
}

// performAndKeep has plans run and returns their records as well.
func (c *command) performAndKeep(ctx context.Context, from runSource, plans []*plan.Plan, rules *ruleSet, parallel int) (result.Run, []*runner.RunRecord, error) {
	kept := make([]*runner.RunRecord, len(plans))
	run, err := c.performPlans(ctx, from, plans, rules, parallel,
		func(_ context.Context, i int, run *runner.RunRecord, _ result.Scenario) error {
			kept[i] = run
			return nil
		})
	return run, kept, err
}

// runner returns a runner for that lab, with the telemetry of each asset's platform.
func (c *command) runner(lab runner.Lab) runner.Runner {
	return runner.Runner{
		Lab: lab, Now: c.Now, Operator: c.operator,
		NewTranslate: func(asset plan.Asset) runner.Translate { return telemetry.New(asset.Name, asset.Place).Translate },
		NewCheck: func(asset plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(asset.Name, asset.Place).Verify
		},
	}
}
