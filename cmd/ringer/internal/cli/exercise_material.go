package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/detect"
	training "github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/judge"
	"github.com/ringer-lab/ringer/emulation/exercise/material"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// trainingSource is where the events of an exercise come from: a recording, with what is
// asked of it.
type trainingSource struct {
	exercise
	// recording is by what the recording is opened again: its path, or shipped:NAME.
	recording  string
	run        string // the id of its run
	definition training.Definition
	// start is the virtual time of the scenario's start where it was performed live, perhaps
	// not to its end; zero otherwise.
	start time.Time
	// hidden is a recording of the scenario's variants, which rules are judged over besides,
	// with its name; nil where there is none.
	hidden     *exercise
	hiddenName string
}

// replaying answers with what was recorded.
func (of trainingSource) replaying(c *command) runSource {
	from := c.replaying(of.exercise.recording, false)
	if !of.start.IsZero() {
		from.run = func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
			s, err := of.exercise.recording.Scenario(p.Name)
			if err != nil {
				return nil, err
			}
			with.Observer = nil
			return s.ReplayPerformed(ctx, with, p, of.start)
		}
	}
	return from
}

// readTraining reads the recording among the arguments, and the exercise of that name:
// from the recording, and from the files that are named besides it. A second recording is
// of the scenario's variants. name is empty where there is one exercise only.
func (c *command) readTraining(args []string, name string, rules ruleFlags) (trainingSource, error) {
	var names, files []string
	for _, arg := range args {
		if c.isRecording(arg) {
			names = append(names, arg)
		} else {
			files = append(files, arg)
		}
	}
	if len(names) == 0 {
		return trainingSource{}, usageError{errors.New("no recording was named: `ringer run SCENARIO` makes one, and --shipped has some that ringer brings along")}
	}
	out, err := c.readTrainingRecording(names[0], rules)
	if err != nil {
		return out, err
	}
	if len(names) > 1 {
		err = c.addHidden(&out, names[1:], rules)
	}
	if err != nil {
		out.close()
		return out, err
	}
	return out, c.askedOf(&out, files, name)
}

// readTrainingRecording reads the recording that an exercise is of.
func (c *command) readTrainingRecording(name string, rules ruleFlags) (trainingSource, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return trainingSource{}, err
	}
	out := trainingSource{run: recording.Head.Run}
	out.recording, err = recordingName(name)
	if err == nil {
		out.exercise, err = c.readRecorded(recording, rules)
	}
	if err != nil {
		return out, errors.Join(err, recording.Close())
	}
	return out, nil
}

// recordingName is by what a recording is opened again from any folder: a path, the id of a
// run, or shipped:NAME.
func recordingName(name string) (string, error) {
	if _, err := os.Stat(name); err != nil || strings.HasPrefix(name, shippedPrefix) {
		return name, nil
	}
	return filepath.Abs(name)
}

// addHidden adds the recording of variants.
func (c *command) addHidden(to *trainingSource, names []string, rules ruleFlags) error {
	if len(names) > 1 {
		return usageError{fmt.Errorf("there are %d recordings: expected one, and perhaps one of `ringer run --variants`", len(names)+1)}
	}
	hidden, err := c.readTrainingRecording(names[0], rules)
	if err != nil {
		return err
	}
	if hidden.variants == nil {
		hidden.close()
		return usageError{fmt.Errorf("%s is not a recording of variants: expected one recording, and perhaps one of `ringer run --variants`", names[0])}
	}
	to.hidden, to.hiddenName = &hidden.exercise, hidden.recording
	return nil
}

// askedOf finds what is asked: the exercise of that name, or the only one.
func (c *command) askedOf(out *trainingSource, files []string, name string) error {
	declared, err := c.declaredExercises(out.exercise, files)
	if err == nil {
		out.definition, err = chooseExercise(declared, name)
	}
	if err != nil {
		out.close()
	}
	return err
}

// readLiveTraining reads the scenarios among the arguments, and the exercise of that name,
// for a scenario that is performed.
func (c *command) readLiveTraining(args []string, name string, rules ruleFlags) (trainingSource, error) {
	e, err := c.readExercise(args, scenarioFlags{rules: rules})
	if err != nil {
		return trainingSource{}, err
	}
	if e.recording != nil {
		return trainingSource{}, errors.Join(usageError{errors.New("--live performs a scenario: name that, not a recording")}, e.recording.Close())
	}
	out := trainingSource{exercise: e, run: "live"}
	out.definition, err = chooseExercise(e.Set.Exercises, name)
	return out, err
}

// close closes the recording, if there is one: it was read.
func (of trainingSource) close() {
	for _, e := range []*exercise{&of.exercise, of.hidden} {
		if e != nil && e.recording != nil {
			_ = e.recording.Close()
		}
	}
}

// declaredExercises are those of a recording's scenarios, in its own files and in those
// that are named.
func (c *command) declaredExercises(of exercise, files []string) ([]*scenario.Exercise, error) {
	declared := slices.Clone(of.Set.Exercises)
	if len(files) == 0 {
		return declared, nil
	}
	read, err := load(files, scenarioFlags{})
	if err != nil {
		return nil, err
	}
	set, problems := read.Set, read.problems
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
	return training.Definition{}, usageError{errors.New("there is no exercise block for the scenario: name a file that has one besides it")}
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
	judged, runs, err := c.performAndKeep(ctx, of.replaying(c), plans, of.rules, 2)
	if err != nil {
		return material.Performed{}, err
	}
	out := material.Performed{Run: runs[at], Judged: judged.Scenarios[at], Detectors: []detect.Detector{of.rules.Sigma}, Live: !of.start.IsZero()}
	if asksForRules(of.definition) && len(judge.Ordinary(out.Run)) == 0 {
		return out, usageError{fmt.Errorf("exercise %s asks for rules, and the recording of %s has no ordinary day on which they could alarm: name one of `ringer run %s` first, and one of variants after it", of.definition.Name, of.definition.Scenario, of.definition.Scenario)}
	}
	switch {
	case of.variants != nil:
		out.Variants = variantsOf(of.exercise, plans, runs)
	case of.hidden != nil:
		hidden := slices.DeleteFunc(slices.Clone(of.hidden.plans), func(p *plan.Plan) bool {
			return p.Name != of.definition.Scenario && !isVariantOf(*of.hidden, p, of.definition.Scenario)
		})
		_, runs, err := c.performAndKeep(ctx, c.replaying(of.hidden.recording, false), hidden, of.hidden.rules, 2)
		if err != nil {
			return material.Performed{}, err
		}
		out.Variants = variantsOf(*of.hidden, hidden, runs)
	}
	return out, nil
}

func asksForRules(of training.Definition) bool {
	return slices.ContainsFunc(of.Objectives, func(o training.Objective) bool { return len(o.Find.Detect) > 0 })
}

func variantsOf(e exercise, plans []*plan.Plan, runs []*runner.RunRecord) []judge.Variant {
	performed := map[string]*runner.RunRecord{}
	for i, p := range plans {
		performed[p.Name] = runs[i]
	}
	return judge.Variants(e.variants, performed)
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

// shippedTraining are the arguments that --shipped stands for: an exercise of the course
// with a recording of its scenario, or the scenario itself where it is performed; or a
// recording with the file of its scenario, if that has one. It fails if nothing has that name.
func (c *command) shippedTraining(name string, live bool) ([]string, error) {
	known := slices.Concat(courseNames(), shippedNames())
	if !slices.Contains(known, name) {
		return nil, usageError{fmt.Errorf("nothing named %q is shipped: expected one of %s.%s", name, strings.Join(known, ", "), didYouMean(name, known))}
	}
	if courseFile(name) == "" {
		args := []string{shippedPrefix + name}
		if live {
			args = nil
		}
		if _, err := libraryFile(name); err == nil {
			args = append(args, name)
		}
		return args, nil
	}
	read, err := load([]string{name}, scenarioFlags{})
	if err != nil {
		return nil, err
	}
	of := read.Exercises[0]
	if live {
		return []string{of.Of.Text, name}, nil
	}
	recording, err := shippedRecordingOf(of.Of.Text, false)
	if err != nil || of.Definition.Mode != training.Build {
		return []string{shippedPrefix + recording, name}, err
	}
	hidden, err := shippedRecordingOf(of.Of.Text, true)
	return []string{shippedPrefix + recording, shippedPrefix + hidden, name}, err
}

// shippedRecordingOf is the name of the recording that ringer brings along of a scenario,
// and of its variants if they are asked for. It fails if there is none.
func shippedRecordingOf(name string, variants bool) (string, error) {
	for _, shipped := range shippedNames() {
		recording, err := openShipped(shipped)
		if err != nil {
			return "", err
		}
		if slices.Contains(recording.Head.Scenarios, name) && (recording.Head.Kind == record.Variants) == variants {
			return shipped, nil
		}
	}
	return "", usageError{fmt.Errorf("no recording of scenario %s is shipped: `ringer run %s` makes one", name, name)}
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
