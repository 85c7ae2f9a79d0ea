package result

import (
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Summarise counts over a run's scenarios and finds the worst verdict. A Pending
// verdict counts as Errored, as something was forgotten; a run that was interrupted
// is Errored, too.
func Summarise(scenarios []Scenario, interrupted []string) Summary {
	sum := Summary{Scenarios: len(scenarios), Verdicts: map[string]int{}}
	for _, scenario := range scenarios {
		sum.Assets += len(scenario.Assets)
		sum.Steps += len(scenario.Steps)
		sum.Baselines += len(scenario.Baselines)
		sum.Gaps += len(scenario.Gaps)
		for _, asset := range scenario.Assets {
			sum.Leftovers += len(asset.Leftover)
			if asset.Error != "" {
				sum.Worst = verdict.Errored
			}
		}
		for _, steps := range [][]Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				sum.addStep(step)
			}
		}
	}
	if sum.Gaps > 0 && sum.Expectations == 0 {
		sum.Worst = max(sum.Worst, verdict.Skipped) // a run of nothing but gaps has shown nothing
	}
	if sum.Leftovers > 0 || len(interrupted) > 0 {
		sum.Worst = verdict.Errored
	}
	return sum
}

func (s *Summary) addStep(step Step) {
	s.UnexpectedAlerts += len(step.UnexpectedAlerts)
	s.NotAsked += step.NotAsked
	for _, n := range step.Events {
		s.Events += n
	}
	if step.Error != "" {
		s.Worst = verdict.Errored
	}
	notAsked, _ := step.WithoutExpectations()
	s.Worst = max(s.Worst, notAsked)
	for _, expectation := range step.Expectations {
		got := expectation.Verdict
		if got == verdict.Pending {
			got = verdict.Errored
		}
		s.Expectations++
		s.Verdicts[got.String()]++
		if len(expectation.Stated) > 0 {
			s.Stated++
		}
		s.Worst = max(s.Worst, got)
	}
}
