package reenact

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Replay is a recording as steps: one for each event.
type Replay struct {
	Recording
	Steps []Step
}

// Step is one recorded event and how it is performed.
type Step struct {
	Recorded RecordedEvent
	// Args are the step's arguments of the behaviour reenact.
	Args Args
	// Unsupported says why no act reproduces it; Plan is then empty.
	Unsupported string
	Plan        effect.StepPlan
}

// Convert converts a recording into steps on that target.
func Convert(r Recording, on Target) Replay {
	replay := Replay{Recording: r}
	for _, event := range r.Events {
		step := Step{Recorded: event}
		step.Args, step.Unsupported = converterFor(event)(event)
		if step.Unsupported == "" {
			if process, _ := step.Args["process"].(Args); process["image"] == "" {
				step.Unsupported = noImage
			}
		}
		if step.Unsupported == "" {
			if err := step.buildPlan(on); err != nil {
				step.Unsupported = "the recorded values cannot be turned into a step: " + err.Error()
			}
		}
		replay.Steps = append(replay.Steps, step)
	}
	return replay
}

// Performable tells whether some step has an act.
func (s Replay) Performable() bool {
	return slices.ContainsFunc(s.Steps, func(step Step) bool { return step.Unsupported == "" })
}

// Limit says why a replay cannot be performed whole; "" if it can.
func (s Replay) Limit() string {
	if s.Invalid != "" {
		return s.Invalid
	}
	for _, step := range s.Steps {
		if step.Unsupported != "" {
			return step.Unsupported
		}
	}
	return ""
}

func (s *Step) buildPlan(on Target) error {
	plan, problems := on.reenact.Plan(on.Host, s.Args.plain())
	if problems.HasErrors() {
		return problems
	}
	s.Plan = plan
	return nil
}

// ID returns a step's name by its number from 0.
func ID(number int) string { return fmt.Sprintf("event_%d", number+1) }
