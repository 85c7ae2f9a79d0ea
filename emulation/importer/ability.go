package importer

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ability is a step as Caldera and CTID's plans write it.
type ability struct {
	ID        anyText `yaml:"id"`
	AbilityID anyText `yaml:"ability_id"`
	Name      anyText `yaml:"name"`
	About     anyText `yaml:"description"`
	Tactic    anyText `yaml:"tactic"`
	// Technique is a map in files, and the API has the parts of it beside the name.
	Technique struct {
		ID   anyText `yaml:"attack_id"`
		Name anyText `yaml:"name"`
	} `yaml:"technique"`
	TechniqueID anyText                    `yaml:"technique_id"`
	Platforms   yaml.Node                  `yaml:"platforms"` // by platform and executor, which may have several names with commas
	Executors   yaml.Node                  `yaml:"executors"`
	Arguments   map[string]defaultArgument `yaml:"input_arguments"`
}

type abilityExecutor struct {
	Name     anyText `yaml:"name"`
	Platform anyText `yaml:"platform"`
	Command  anyText `yaml:"command"`
}

func (a ability) id() string {
	if a.ID != "" {
		return string(a.ID)
	}
	return string(a.AbilityID)
}

func (a ability) step() Step {
	step := Step{Name: string(a.Name), ID: a.id(), Technique: string(a.Technique.ID), About: string(a.About)}
	if step.Technique == "" {
		step.Technique = string(a.TechniqueID)
	}
	defaults := defaultsOf(a.Arguments)
	add := func(platform, executor string, command anyText) {
		if command == "" {
			return
		}
		for _, name := range strings.Split(platform, ",") {
			step.Commands = append(step.Commands, Command{
				Platform: strings.TrimSpace(name), Executor: executor, Text: withArguments(string(command), defaults),
			})
		}
	}
	var platforms map[string]map[string]abilityExecutor
	if a.Platforms.Decode(&platforms) == nil { // what has another shape has no command
		for _, platform := range slices.Sorted(maps.Keys(platforms)) {
			for _, executor := range slices.Sorted(maps.Keys(platforms[platform])) {
				add(platform, executor, platforms[platform][executor].Command)
			}
		}
	}
	var executors []abilityExecutor
	if len(step.Commands) == 0 && a.Executors.Decode(&executors) == nil {
		for _, executor := range executors {
			add(string(executor.Platform), string(executor.Name), executor.Command)
		}
	}
	return step
}
