package importer

import (
	"fmt"
	"path"
)

// atomicFile is a file of Atomic Red Team: the tests of one technique.
type atomicFile struct {
	Technique anyText      `yaml:"attack_technique"`
	Name      anyText      `yaml:"display_name"`
	Tests     []atomicTest `yaml:"atomic_tests"`
}

type atomicTest struct {
	Name      anyText                    `yaml:"name"`
	ID        anyText                    `yaml:"auto_generated_guid"`
	About     anyText                    `yaml:"description"`
	Platforms []anyText                  `yaml:"supported_platforms"`
	Arguments map[string]defaultArgument `yaml:"input_arguments"`
	Executor  struct {
		Name    anyText `yaml:"name"`
		Command anyText `yaml:"command"`
		Steps   anyText `yaml:"steps"` // of the executor "manual"
	} `yaml:"executor"`
}

// defaultArgument is an argument of a command, of which the default is put in.
type defaultArgument struct {
	Default anyText `yaml:"default"`
}

func defaultsOf(arguments map[string]defaultArgument) map[string]string {
	defaults := map[string]string{}
	for name, argument := range arguments {
		defaults[name] = string(argument.Default)
	}
	return defaults
}

// readAtomic reads a file of Atomic Red Team. It fails if it is none.
func readAtomic(file File) (Plan, error) {
	documents, err := decodeYAML[atomicFile](file.Text)
	if err != nil {
		return Plan{}, err
	}
	if len(documents) != 1 || documents[0].Technique == "" || documents[0].Tests == nil {
		return Plan{}, fmt.Errorf("%w: expected attack_technique and atomic_tests", errOther)
	}
	tests := documents[0]
	plan := Plan{
		Name: "atomic " + string(tests.Technique), Title: string(tests.Technique + " " + tests.Name), File: file.Name, Actor: "atomic_red_team",
		References: []string{"Atomic Red Team, " + path.Base(file.Name)},
	}
	for _, test := range tests.Tests {
		step := Step{Name: string(test.Name), ID: string(test.ID), Technique: string(tests.Technique), About: string(test.About)}
		command := string(test.Executor.Command)
		if command == "" {
			command = string(test.Executor.Steps)
		}
		command = withArguments(command, defaultsOf(test.Arguments))
		platforms := test.Platforms
		if len(platforms) == 0 {
			platforms = []anyText{""}
		}
		for _, platform := range platforms {
			step.Commands = append(step.Commands, Command{Platform: string(platform), Executor: string(test.Executor.Name), Text: command})
		}
		plan.Steps = append(plan.Steps, step)
	}
	return plan, nil
}
