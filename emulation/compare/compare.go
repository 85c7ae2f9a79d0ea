package compare

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Compare judges one run, whose own judgement is given, under every profile and
// every fault. It fails if a detector does, or if ctx ends.
func (c Comparer) Compare(ctx context.Context, run *runner.RunRecord, concluded result.Scenario) (Scenario, error) {
	records := recordsOf(run)
	judgedSteps := stepsOf(run.Plan, concluded)
	profiles := []*judgedProfile{{Profile: profile.Full()}}
	for _, profile := range c.Conditions.Profiles {
		profiles = append(profiles, &judgedProfile{Profile: profile})
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, judged := range profiles {
		group.Go(func() error { return c.judgeProfile(ctx, judged, records, run.Start, judgedSteps) })
	}
	if err := group.Wait(); err != nil {
		return Scenario{}, fmt.Errorf("compare %s: %w", concluded.Name, err)
	}
	out := Scenario{
		Name: concluded.Name, Title: concluded.Title, Attack: concluded.Attack, Unjudged: unjudgedReason(judgedSteps),
		Profiles: profilesOf(profiles, judgedSteps), Techniques: matrix(profiles, judgedSteps, concluded.Attack),
		Actors: actorsOf(profiles, run, judgedSteps), Remaining: remainingEvidence(profiles, judgedSteps), Attributions: attributions(profiles[0].live, run.Plan),
		Steps: byStep(profiles, judgedSteps),
	}
	out.Faults, out.Costliest = faultCosts(c.Conditions.Faults, profiles)
	return out, nil
}

func (c Comparer) judgeProfile(ctx context.Context, judged *judgedProfile, records []profile.Record, start time.Time, judgedSteps []step) error {
	judged.copies = judged.Deliver(records, start, nil)
	var err error
	if judged.live, err = c.detectLive(ctx, judged.Profile, judged.copies, nil); err != nil {
		return err
	}
	if err := c.detectRemaining(ctx, judged, records); err != nil {
		return err
	}
	for _, d := range []*detections{&judged.live, &judged.onHost, &judged.forwarded} {
		if err := c.findStatedFields(ctx, d, judged.copies, judgedSteps); err != nil {
			return err
		}
	}
	for _, wrong := range c.Conditions.Faults {
		with, err := c.detectLive(ctx, judged.Profile, judged.Deliver(records, start, wrong), wrong)
		if err != nil {
			return err
		}
		judged.lostAlerts = append(judged.lostAlerts, countLost(judged.live, with, judgedSteps))
	}
	return nil
}
