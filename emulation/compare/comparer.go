package compare

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Comparer judges recorded runs again under other conditions.
type Comparer struct {
	Detectors []detect.Detector
	// Conditions are tried beside the full telemetry.
	Conditions plan.Conditions
}

// judgedProfile is one profile with its copies of the run's records.
type judgedProfile struct {
	profile.Profile
	copies []profile.Delivery
	// live is what its rules see as things happen; host and store are what they
	// would see of what is left after the last step.
	live, onHost, forwarded detections
	// countLost counts the alerts that each fault costs.
	lostAlerts []int
}

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
		Name: concluded.Name, Title: concluded.Title, Unjudged: unjudgedReason(judgedSteps),
		Profiles: profilesOf(profiles, judgedSteps), Techniques: matrix(profiles, judgedSteps),
		Actors: actorsOf(profiles, run, judgedSteps), Remaining: remainingEvidence(profiles, judgedSteps), Attributions: attributions(profiles[0].live, run.Plan),
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

// followStep is one step with what is expected there, and how that was judged.
type step struct {
	plan.Step
	expected []expectedAlert
	silent   []expectedSilence
}

// expectedAlert is an expectation that an alert is asked of, or known not to come.
type expectedAlert struct {
	plan.Expectation
	// state is Detected where the full telemetry brought it about, and else what
	// it comes to where the rule is asked; reason says of one that is not judged what
	// the run said.
	state  State
	reason string
}

// expectedSilence is an expectation that no alert comes; shown is whether the run showed
// anything of it.
type expectedSilence struct {
	plan.Expectation
	shown bool
}

func stepsOf(p *plan.Plan, judged result.Scenario) []step {
	var all []step
	for i, planned := range p.Steps {
		s := step{Step: planned}
		for j, want := range planned.Expect {
			got := judged.Steps[i].Expectations[j]
			switch want.Want {
			case verdict.Fires:
				s.expected = append(s.expected, newExpectedAlert(want, got))
			case verdict.Quiet:
				shown := got.Verdict == verdict.Silent || got.Verdict == verdict.FalseAlarm || got.Verdict == verdict.NotAsked
				s.silent = append(s.silent, expectedSilence{want, shown})
			case verdict.KnownGap, verdict.Blind:
				s.expected = append(s.expected, expectedAlert{want, Blind, ""})
			}
		}
		all = append(all, s)
	}
	return all
}

func newExpectedAlert(want plan.Expectation, got result.Expectation) expectedAlert {
	switch got.Verdict {
	case verdict.Detected:
		return expectedAlert{want, Detected, ""}
	case verdict.Missed:
		return expectedAlert{want, Missed, ""}
	default:
		return expectedAlert{want, Unjudged, got.Reason}
	}
}

// unjudgedReason says why, where steps were to be seen and the run showed none of them.
func unjudgedReason(judgedSteps []step) (why string) {
	for _, s := range judgedSteps {
		for _, want := range s.expected {
			switch {
			case want.state == Detected, want.state == Missed:
				return ""
			case want.state == Unjudged && why == "":
				why = want.reason
			}
		}
	}
	return why
}

// leastTelling gives the one of two states that says less.
func leastTelling(a, b State) State {
	order := map[State]int{NothingExpected: 0, NotAsked: 1, Blind: 2, Missed: 3, Unjudged: 4}
	if order[b] > order[a] {
		return b
	}
	return a
}
