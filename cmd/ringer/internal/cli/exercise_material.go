package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/detect"
	training "github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/judge"
	"github.com/ringer-lab/ringer/emulation/exercise/material"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// trainingSource is where the events of an exercise come from: a recording, with what is
// asked of it.
type trainingSource struct {
	exercise
	// recording is by what the recording is opened again: its path, or shipped:NAME.
	recording  string
	run        string // the id of its run
	definition training.Definition
}

// readTraining reads the recording among the arguments, and the exercise of that name:
// from the recording, and from the files that are named besides it. name is empty where
// there is one only.
func (c *command) readTraining(args []string, name string, rules ruleFlags) (trainingSource, error) {
	at := slices.IndexFunc(args, c.isRecording)
	if at < 0 {
		return trainingSource{}, usageError{errors.New("no recording was named: `ringer run SCENARIO` makes one, and --shipped has some that ringer brings along")}
	}
	recording, err := c.openRecording(args[at])
	if err != nil {
		return trainingSource{}, err
	}
	out := trainingSource{recording: args[at], run: recording.Head.Run}
	if !strings.HasPrefix(args[at], shippedPrefix) {
		if out.recording, err = filepath.Abs(args[at]); err != nil {
			return out, err
		}
	}
	if out.exercise, err = c.readRecorded(recording, rules); err != nil {
		return out, errors.Join(err, recording.Close())
	}
	declared, err := c.declaredExercises(out.exercise, slices.Delete(slices.Clone(args), at, at+1))
	if err == nil {
		out.definition, err = chooseExercise(declared, name)
	}
	if err != nil {
		return out, errors.Join(err, recording.Close())
	}
	return out, nil
}

// declaredExercises are those of a recording's scenarios, in its own files and in those
// that are named.
func (c *command) declaredExercises(of exercise, files []string) ([]*scenario.Exercise, error) {
	declared := slices.Clone(of.Set.Exercises)
	if len(files) == 0 {
		return declared, nil
	}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, sources{}, files...)
	for _, e := range set.Exercises {
		if s := scenarioNamed(of.Set, e.Of.Text); s != nil && !e.Resolved {
			problems = append(problems, e.Resolve(s)...)
		}
		declared = slices.DeleteFunc(declared, func(other *scenario.Exercise) bool { return other.Definition.Name == e.Definition.Name })
		declared = append(declared, e)
	}
	for name, file := range of.Set.Files {
		if _, ok := set.Files[name]; !ok {
			set.Files[name] = file
		}
	}
	return declared, c.reportProblems(set, problems)
}

func scenarioNamed(set *scenario.Set, name string) *scenario.Scenario {
	for _, s := range set.Scenarios {
		if s.Name.Text == name {
			return s
		}
	}
	return nil
}

// chooseExercise is the exercise of a name, or the only one.
func chooseExercise(declared []*scenario.Exercise, name string) (training.Definition, error) {
	var names []string
	for _, e := range declared {
		if e.Resolved && e.Valid && (name == "" || e.Definition.Name == name) {
			names = append(names, e.Definition.Name)
		}
	}
	switch {
	case len(names) == 1:
		at := slices.IndexFunc(declared, func(e *scenario.Exercise) bool { return e.Definition.Name == names[0] })
		return declared[at].Definition, nil
	case len(names) > 1:
		return training.Definition{}, usageError{fmt.Errorf("there are the exercises %s: choose one by --exercise", strings.Join(names, ", "))}
	}
	var all []string
	for _, e := range declared {
		all = append(all, e.Definition.Name)
	}
	if name != "" && len(all) > 0 {
		return training.Definition{}, usageError{fmt.Errorf("there is no exercise %q of a scenario in the recording: expected one of %s.%s", name, strings.Join(all, ", "), didYouMean(name, all))}
	}
	return training.Definition{}, usageError{errors.New("there is no exercise block for a scenario of the recording: name a file that has one besides it")}
}

// performedOf are the runs that an exercise is made of, as they were recorded, judged.
func (c *command) performedOf(ctx context.Context, of trainingSource) (material.Performed, error) {
	var plans []*plan.Plan
	for _, p := range of.plans {
		if p.Name == of.definition.Scenario || isVariantOf(of.exercise, p, of.definition.Scenario) {
			plans = append(plans, p)
		}
	}
	at := slices.IndexFunc(plans, func(p *plan.Plan) bool { return p.Name == of.definition.Scenario })
	if at < 0 {
		return material.Performed{}, usageError{fmt.Errorf("the scenario %s of exercise %s was not performed to its end in the recording", of.definition.Scenario, of.definition.Name)}
	}
	judged, runs, err := c.performAndKeep(ctx, c.replaying(of.exercise.recording, false), plans, of.rules, 2)
	if err != nil {
		return material.Performed{}, err
	}
	out := material.Performed{Run: runs[at], Judged: judged.Scenarios[at], Detectors: []detect.Detector{of.rules.Sigma}}
	if of.variants != nil {
		performed := map[string]*runner.RunRecord{}
		for i, p := range plans {
			performed[p.Name] = runs[i]
		}
		out.Variants = judge.Variants(of.variants, performed)
	}
	return out, nil
}

// isVariantOf tells whether a plan is a further way of a scenario.
func isVariantOf(e exercise, p *plan.Plan, name string) bool {
	for _, v := range e.variants {
		if v.Plan == p {
			return strings.HasPrefix(p.Name, name)
		}
	}
	return false
}

// shippedTraining are the arguments that --shipped stands for: a recording that ringer
// brings along, with the file beside the scenarios that has its exercise, if there is one.
func shippedTraining(name string) []string {
	args := []string{shippedPrefix + name}
	if _, err := libraryFile(name); err == nil {
		args = append(args, name)
	}
	return args
}

// problemsOf writes what is wrong with a file that is not a scenario.
func (c *command) problemsOf(name string, text []byte, problems hcl.Diagnostics) error {
	files := map[string]*hcl.File{name: {Bytes: text}}
	return c.reportProblems(&scenario.Set{Files: files}, problems)
}

// sessionName is by what the log knows a session: what was given, or the exercise with
// the end of its run's id, which is random, as the beginning is not.
func sessionName(given string, of trainingSource) string {
	return cmp.Or(given, of.definition.Name+"-"+of.run[max(0, len(of.run)-8):])
}
