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

// Comparer is what performances are judged again with.
type Comparer struct {
	Detectors []detect.Detector
	// Carriers are tried beside the full telemetry.
	Carriers plan.Carriers
}

// carrier is one profile with its copies of the run's records.
type carrier struct {
	profile.Profile
	copies []profile.Copy
	// now is what its rules see as things happen; host and store are what they
	// would see of what is left after the last step.
	now, host, store view
	// lost counts the alerts that each fault costs.
	lost []int
}

// Compare judges one performance, whose own judgement is given, under every
// profile and every fault.
func (c Comparer) Compare(ctx context.Context, perf *runner.Performance, judged result.Scenario) (Scenario, error) {
	records := recordsOf(perf)
	asked := askedOf(perf.Plan, judged)
	carriers := []*carrier{{Profile: profile.Full()}}
	for _, one := range c.Carriers.Profiles {
		carriers = append(carriers, &carrier{Profile: one})
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, one := range carriers {
		group.Go(func() error { return c.judge(ctx, one, records, perf.Start, asked) })
	}
	if err := group.Wait(); err != nil {
		return Scenario{}, fmt.Errorf("compare %s: %w", judged.Name, err)
	}
	out := Scenario{
		Name: judged.Name, Title: judged.Title, Unjudged: unjudged(asked),
		Profiles: profilesOf(carriers, asked), Techniques: matrix(carriers, asked),
		Actors: actorsOf(carriers, perf, asked), Surviving: survivors(carriers, asked), Attribution: pointers(carriers[0].now, perf.Plan),
	}
	out.Faults, out.Costliest = costs(c.Carriers.Faults, carriers)
	return out, nil
}

func (c Comparer) judge(ctx context.Context, one *carrier, records []profile.Record, start time.Time, asked []step) error {
	one.copies = one.Receive(records, start, nil)
	var err error
	if one.now, err = c.live(ctx, one.Profile, one.copies, nil); err != nil {
		return err
	}
	if err := c.afterwards(ctx, one, records); err != nil {
		return err
	}
	for _, v := range []*view{&one.now, &one.host, &one.store} {
		if err := c.doubt(ctx, v, one.copies, asked); err != nil {
			return err
		}
	}
	for _, wrong := range c.Carriers.Faults {
		faulty, err := c.live(ctx, one.Profile, one.Receive(records, start, wrong), wrong)
		if err != nil {
			return err
		}
		one.lost = append(one.lost, lost(one.now, faulty, asked))
	}
	return nil
}

// step is one step with what is expected there, and how that was judged.
type step struct {
	plan.Step
	wants []wanted
	quiet []silence
}

// wanted is an expectation that an alert is asked of, or known not to come.
type wanted struct {
	plan.Expectation
	// state is Detected where the full telemetry brought it about, and else what
	// it comes to where the rule is asked; why says of one that is not judged what
	// the run said.
	state State
	why   string
}

// silence is an expectation that no alert comes; shown is whether the run showed
// anything of it.
type silence struct {
	plan.Expectation
	shown bool
}

func askedOf(p *plan.Plan, judged result.Scenario) []step {
	var all []step
	for i, one := range p.Steps {
		s := step{Step: one}
		for j, want := range one.Expect {
			got := judged.Steps[i].Expectations[j]
			switch want.Want {
			case verdict.Fires:
				s.wants = append(s.wants, firing(want, got))
			case verdict.Quiet:
				shown := got.Verdict == verdict.Silent || got.Verdict == verdict.FalseAlarm || got.Verdict == verdict.NotAsked
				s.quiet = append(s.quiet, silence{want, shown})
			case verdict.KnownGap, verdict.Blind:
				s.wants = append(s.wants, wanted{want, Blind, ""})
			}
		}
		all = append(all, s)
	}
	return all
}

func firing(want plan.Expectation, got result.Expectation) wanted {
	switch got.Verdict {
	case verdict.Detected:
		return wanted{want, Detected, ""}
	case verdict.Missed:
		return wanted{want, Missed, ""}
	default:
		return wanted{want, Unjudged, got.Reason}
	}
}

// unjudged says why, where steps were to be seen and the run showed none of them.
func unjudged(asked []step) (why string) {
	for _, s := range asked {
		for _, want := range s.wants {
			switch {
			case want.state == Detected, want.state == Missed:
				return ""
			case want.state == Unjudged && why == "":
				why = want.why
			}
		}
	}
	return why
}

// worse gives the one of two states that says less.
func worse(a, b State) State {
	order := map[State]int{Unasked: 0, NotAsked: 1, Blind: 2, Missed: 3, Unjudged: 4}
	if order[b] > order[a] {
		return b
	}
	return a
}
