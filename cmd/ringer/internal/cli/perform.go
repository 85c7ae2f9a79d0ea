package cli

import (
	"context"

	"github.com/google/uuid"
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

// performPlans performs the plans, that many in parallel, and judges each run. more
// may be nil. If ctx ends before the last one is judged, it returns the error
// together with those that were.
func (c *command) performPlans(ctx context.Context, lab runner.Lab, plans []*plan.Plan, rules *ruleSet, parallel int, more onJudged) (result.Run, error) {
	id := uuid.NewString()
	started := c.Now()
	bars := c.newProgress(ctx, plans)
	defer bars.end()
	run := c.runner(lab)
	run.Observer = bars.observe
	judges := result.Judges{
		Detectors:      []detect.Detector{rules.Sigma},
		BaselineSilent: func(rule string) bool { return rules.own[rule] },
		Today:          started,
	}
	judged := make([]*result.Scenario, len(plans))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for i, plan := range plans {
		group.Go(func() error {
			if groupCtx.Err() != nil {
				return context.Cause(groupCtx)
			}
			record, err := run.Run(groupCtx, id, plan)
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
	return result.Run{
		Format: result.Format, ID: id, Version: c.Build.Version, Lab: lab.Name(), Started: started,
		Seconds: c.Now().Sub(started).Seconds(), Rules: len(rules.Rules()),
		Summary: result.Summarise(scenarios, interrupted), Scenarios: scenarios, Interrupted: interrupted,
	}, broke
}

// runner returns a runner for that lab, with the telemetry of each asset's platform.
func (c *command) runner(lab runner.Lab) runner.Runner {
	return runner.Runner{
		Lab: lab, Now: c.Now,
		NewTranslate: func(asset plan.Asset) runner.Translate { return telemetry.New(asset.Name, asset.Place).Translate },
		NewCheck: func(asset plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(asset.Name, asset.Place).Verify
		},
	}
}
