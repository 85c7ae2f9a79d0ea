package result

import (
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Summarise counts a run's scenarios and states the worst verdict. What is left
// pending is turned into Errored first: something was forgotten. So is a run
// that was interrupted, however well it went until then.
func Summarise(scenarios []Scenario, interrupted []string) Summary {
	sum := Summary{Scenarios: len(scenarios), Verdicts: map[string]int{}}
	for _, scenario := range scenarios {
		sum.Assets += len(scenario.Assets)
		sum.Steps += len(scenario.Steps)
		sum.Baselines += len(scenario.Baselines)
		for _, asset := range scenario.Assets {
			sum.Leftovers += len(asset.Left)
			if asset.Error != "" {
				sum.Worst = verdict.Errored
			}
		}
		for _, steps := range [][]Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				sum.add(step)
			}
		}
	}
	if sum.Leftovers > 0 || len(interrupted) > 0 {
		sum.Worst = verdict.Errored
	}
	return sum
}

func (s *Summary) add(step Step) {
	s.Collateral += len(step.Collateral)
	s.NotAsked += step.NotAsked
	for _, n := range step.Events {
		s.Events += n
	}
	if step.Error != "" {
		s.Worst = verdict.Errored
	}
	unasked, _ := step.Unasked()
	s.Worst = max(s.Worst, unasked)
	for _, one := range step.Expectations {
		got := one.Verdict
		if got == verdict.Pending {
			got = verdict.Errored
		}
		s.Expectations++
		s.Verdicts[got.String()]++
		if len(one.Stated) > 0 {
			s.Stated++
		}
		s.Worst = max(s.Worst, got)
	}
}
