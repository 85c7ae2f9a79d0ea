package reenact

import (
	"errors"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// AssetKind is the kind of host that recordings are re-enacted on.
const AssetKind = "audited_host"

// Scene is a recording, cast: a step for each event.
type Scene struct {
	Recording
	Steps []Step
}

// Step is one recorded event and what is done for it.
type Step struct {
	Recorded Recorded
	// Args are the step's arguments of the behaviour reenact.
	Args Args
	// Why says why there is no act for it; Plan is then empty.
	Why  string
	Plan effect.Plan
}

// Cast turns a recording into steps.
func Cast(r Recording, on asset.Place) Scene {
	scene := Scene{Recording: r}
	for _, one := range r.Events {
		step := Step{Recorded: one}
		step.Args, step.Why = castOf(one)(one)
		if step.Why == "" {
			if process, _ := step.Args["process"].(Args); process["image"] == "" {
				step.Why = noImage
			}
		}
		if step.Why == "" {
			if err := step.plan(on); err != nil {
				step.Why = "the recorded values make no step: " + err.Error()
			}
		}
		scene.Steps = append(scene.Steps, step)
	}
	return scene
}

// Limit says why a scene is not re-enacted; "" is that it is.
func (s Scene) Limit() string {
	if s.Wrong != "" {
		return s.Wrong
	}
	for _, step := range s.Steps {
		if step.Why != "" {
			return step.Why
		}
	}
	return ""
}

func (s *Step) plan(on asset.Place) error {
	reenact, ok := behaviour.Find("reenact")
	if !ok {
		return errors.New("there is no behaviour reenact")
	}
	planner, err := reenact.With(s.Args.plain())
	if err != nil {
		return err
	}
	s.Plan = planner.Plan(on)
	return nil
}

// ID is a step's name within its scene, by its number from 0.
func ID(number int) string { return fmt.Sprintf("event_%d", number+1) }

// Place is the host that recordings are re-enacted on.
func Place() asset.Place {
	kind, ok := asset.Find(AssetKind)
	if !ok {
		panic("reenact: there is no asset kind " + AssetKind)
	}
	return asset.Place{Kind: kind, Hostname: kind.Hostname}
}
