package report

import (
	_ "embed"
	"time"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// ScenarioSchema is the JSON Schema (2020-12) of a ScenarioDocument.
//
//go:embed scenario_schema.json
var ScenarioSchema []byte

// ScenarioFormat names the document's schema.
const ScenarioFormat = "ringer.scenario/1"

// DescribeScenario returns a scenario in the names of the HCL language, with defaults
// filled in. ruleID gives the id of a rule from what an expectation calls it; what it
// does not know stays as it is written.
func DescribeScenario(s *scenario.Scenario, ruleID func(name string) string) ScenarioDocument {
	out := ScenarioDocument{
		Format: ScenarioFormat, Name: s.Name.Text, Title: s.Title, File: s.File, Attack: s.Attack, References: append([]string{}, s.References...),
		Actors: []scenarioActor{}, Assets: []scenarioAsset{}, Baselines: []scenarioBaseline{}, Steps: []scenarioStep{},
	}
	for _, actor := range s.Actors {
		out.Actors = append(out.Actors, scenarioActor{actor.Name.Text, actor.Group.ID, actor.Title(), actor.Aliases, actor.References})
	}
	for _, asset := range s.Assets {
		out.Assets = append(out.Assets, scenarioAsset{asset.Name.Text, asset.Kind.Name, asset.Kind.Platform, asset.Hostname, asset.Protected, asset.Service})
	}
	for _, baseline := range s.Baselines {
		out.Baselines = append(out.Baselines, scenarioBaseline{baseline.Name.Text, baseline.Kind.Name, baseline.On.Text, expectations(baseline.Expect, ruleID)})
	}
	for _, planned := range s.Steps {
		step := scenarioStep{
			Name: planned.Name.Text, Behaviour: planned.Behaviour.Name, By: planned.By.Text, On: planned.On.Text, At: plan.FormatOffset(planned.At.Time), After: []string{},
			Technique: planned.Technique, With: planned.Arguments, Expect: expectations(planned.Expect, ruleID),
		}
		if step.With == nil {
			step.With = map[string]any{}
		}
		for _, before := range planned.After {
			step.After = append(step.After, before.Text)
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func expectations(all []scenario.Expect, ruleID func(string) string) []scenarioExpect {
	out := []scenarioExpect{}
	for _, expect := range all {
		want := scenarioExpect{
			Detector: expect.Detector.Text, Rule: ruleID(expect.Rule.Text), Verdict: expect.Want, Shape: expect.Shape, Because: expect.Because,
			AtLeast: expect.Least, AtMost: expect.Most,
		}
		if !expect.Until.IsZero() {
			want.Until = expect.Until.Format(time.DateOnly)
		}
		out = append(out, want)
	}
	return out
}

// ScenarioDocument is what `ringer show SCENARIO --json` prints.
type ScenarioDocument struct {
	Format     string             `json:"format"`
	Name       string             `json:"name"`
	Title      string             `json:"title"`
	File       string             `json:"file"`
	Attack     attack.Version     `json:"attack"`
	References []string           `json:"references"`
	Actors     []scenarioActor    `json:"actors"`
	Assets     []scenarioAsset    `json:"assets"`
	Baselines  []scenarioBaseline `json:"baselines"`
	Steps      []scenarioStep     `json:"steps"`
}

type scenarioActor struct {
	Name       string   `json:"name"`
	Group      string   `json:"group,omitempty"`
	Title      string   `json:"title"`
	Aliases    []string `json:"aliases,omitempty"`
	References []string `json:"references,omitempty"`
}

type scenarioAsset struct {
	Name      string          `json:"name"`
	Kind      string          `json:"kind"`
	Platform  effect.Platform `json:"persona"`
	Hostname  string          `json:"hostname"`
	Protected []string        `json:"protected,omitempty"`
	Service   string          `json:"service,omitempty"`
}

type scenarioBaseline struct {
	Name   string           `json:"name"`
	Kind   string           `json:"kind"`
	On     string           `json:"on"`
	Expect []scenarioExpect `json:"expect"`
}

type scenarioStep struct {
	Name      string           `json:"name"`
	Behaviour string           `json:"behaviour"`
	By        string           `json:"by,omitempty"` // absent where recordings are re-enacted
	On        string           `json:"on"`
	At        string           `json:"at"`
	After     []string         `json:"after"`
	Technique string           `json:"technique"`
	With      map[string]any   `json:"with"`
	Expect    []scenarioExpect `json:"expect"`
}

type scenarioExpect struct {
	Detector string       `json:"detector"`
	Rule     string       `json:"rule"`
	Verdict  verdict.Want `json:"verdict"`
	Shape    event.Shape  `json:"shape"`
	Because  string       `json:"because,omitempty"`
	Until    string       `json:"until,omitempty"`
	AtLeast  int          `json:"at_least,omitempty"`
	AtMost   int          `json:"at_most,omitempty"`
}
