package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/selection"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/scenarios"
)

// exercise is what a command judges: scenarios that it performs, or a recording of a
// run.
type exercise struct {
	loaded
	plans     []*plan.Plan
	rules     *ruleSet
	variables map[string]string
	libraries []string // named by flags
	// recording is nil where the plans are to be performed.
	recording *record.Recording
	// performed are the steps that are performed, by scenario, where some were chosen; nil
	// is all.
	performed map[string][]string
	// shard is which part of a run the plans are; nil is the whole.
	shard *record.Shard
	// variants are whose the plans are, where it is variants that are judged.
	variants []robustness.Variant
	// replays are what others recorded, where it is re-enacted.
	replays []reenact.Replay
	// allowed is what whoever runs it gives assets that are made of images.
	allowed allowances
}

// kind is what is performed, as a recording names it.
func (e exercise) kind() record.Kind {
	switch {
	case e.variants != nil:
		return record.Variants
	case e.replays != nil:
		return record.Reenactment
	}
	return ""
}

// isPart reports whether it is a part of a run alone: chosen steps, or one of the parts that
// machines share.
func (e exercise) isPart() bool {
	return e.performed != nil || e.shard != nil || e.recording != nil && e.recording.Head.Shard != nil
}

// readExercise reads what the arguments name: scenarios, or a recording. It writes
// all problems; where one is an error it fails, and nothing was started.
func (c *command) readExercise(args []string, flags scenarioFlags) (exercise, error) {
	if at := slices.IndexFunc(args, c.isRecording); at >= 0 {
		switch {
		case len(args) > 1:
			return exercise{}, usageError{fmt.Errorf("%s is a recording: it cannot be combined with other arguments", args[at])}
		case len(flags.variables) > 0:
			return exercise{}, usageError{errors.New("--var cannot be used with a recording: its scenarios have their values")}
		case len(flags.libraries) > 0:
			return exercise{}, usageError{errors.New("--library cannot be used with a recording: it has the libraries of its scenarios")}
		}
		recording, err := c.openRecording(args[at])
		if err != nil {
			return exercise{}, err
		}
		return c.readRecorded(recording, flags.rules)
	}
	rules, err := c.loadRules(flags.rules)
	if err != nil {
		return exercise{}, err
	}
	c.warnBroken(rules)
	rules.outside = flags.detectors
	read, err := load(args, flags)
	if err != nil {
		return exercise{}, err
	}
	return c.buildExercise(exercise{loaded: read, rules: rules, variables: flags.variables, libraries: flags.libraries}, c.Now())
}

// readExerciseOrLast does the same; where nothing is named it reads the last run.
func (c *command) readExerciseOrLast(args []string, flags scenarioFlags) (exercise, error) {
	if len(args) > 0 {
		return c.readExercise(args, flags)
	}
	recording, err := c.openRecording("")
	if err != nil {
		return exercise{}, err
	}
	return c.readRecorded(recording, flags.rules)
}

// buildExercise resolves the scenarios that were read, as of a time.
func (c *command) buildExercise(e exercise, now time.Time) (exercise, error) {
	var problems hcl.Diagnostics
	e.plans, problems = c.buildPlans(e.Set, e.rules, now)
	return e, c.reportProblems(e.Set, append(e.problems, problems...))
}

// isRecording tells a recording from a scenario: a file that ends as one does, the
// folder of a run, or the beginning of the id of a recorded run.
func (c *command) isRecording(arg string) bool {
	about, err := os.Stat(arg)
	switch {
	case filepath.Ext(arg) == record.Extension, strings.HasPrefix(arg, shippedPrefix):
		return true
	case err == nil && about.IsDir():
		return record.IsRun(arg)
	case err == nil:
		return false
	}
	return len(arg) >= 8 && strings.Trim(arg, "0123456789abcdef-") == ""
}

// openRecording opens a recording by its file, its folder or the id of its run, or as
// shipped:NAME; "" is the last run. What cannot be read as one is invalid input.
func (c *command) openRecording(name string) (*record.Recording, error) {
	if shipped, ok := strings.CutPrefix(name, shippedPrefix); ok {
		return openShipped(shipped)
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) && filepath.Ext(name) != record.Extension {
		kept, err := c.recordedRuns().Find(name)
		if err != nil && isScenario(name) {
			return nil, usageError{fmt.Errorf("%w; it is a scenario, which `ringer run %s` performs and records", err, name)}
		}
		if err != nil {
			return nil, usageError{err}
		}
		name = c.recordedRuns().JournalOf(kept.Run)
	}
	if err := expectInput(name, recordingInput, "a recording"); err != nil {
		return nil, err
	}
	recording, err := record.Open(name)
	if err != nil {
		return nil, usageError{fmt.Errorf("read recording: %w", err)}
	}
	return recording, nil
}

func (c *command) recordedRuns() record.Runs { return record.Runs{Folder: c.Runs} }

// readRecorded reads the scenarios of a recording that were performed to their end.
func (c *command) readRecorded(recording *record.Recording, flags ruleFlags) (exercise, error) {
	e, err := c.readRecordedPlans(recording, flags)
	if err != nil {
		return exercise{}, err
	}
	return e, c.keepFinished(&e)
}

// readRecordedPlans reads the scenarios of a recording with the rules of its run;
// those of the flags come in the place of rules with the same id.
func (c *command) readRecordedPlans(recording *record.Recording, flags ruleFlags) (exercise, error) {
	files, err := recording.SourceFS()
	if err != nil {
		return exercise{}, usageError{err}
	}
	var set *scenario.Set
	var problems hcl.Diagnostics
	var reading sync.WaitGroup // the scenarios, while the rules are read: there may be thousands
	reading.Go(func() {
		set, problems = scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary, Variables: recording.Head.Variables, Libraries: recording.Head.Libraries}, files, recording.Head.Paths...)
	})
	rules, err := c.recordedRules(recording, flags)
	reading.Wait()
	if err != nil {
		return exercise{}, err
	}
	c.warnBroken(rules)
	rules.outside = recording.Head.Detectors
	shipped := map[string]bool{}
	for _, source := range recording.Head.Sources {
		shipped[source.Name] = source.Shipped
	}
	e := exercise{loaded: loaded{set, problems, recording.Head.Paths, func(name string) bool { return shipped[name] }}, rules: rules, variables: recording.Head.Variables, libraries: recording.Head.Libraries, recording: recording}
	e, err = c.buildExercise(e, recording.Head.Started)
	if err != nil {
		return e, err
	}
	e.plans, e.performed = asChosen(e.plans, recording.Head.Chosen), recording.Head.Chosen
	if e.shard = recording.Head.Shard; e.shard != nil {
		e.plans = plansNamed(e.plans, recording.Head.Scenarios)
	}
	if recording.Head.Kind == record.Variants {
		e = e.withVariants()
	}
	return e, err
}

// keepFinished leaves out the scenarios that were not performed to their end, and
// names them.
func (c *command) keepFinished(e *exercise) error {
	if e.variants != nil {
		return c.keepPerformed(e)
	}
	var finished []*plan.Plan
	for _, p := range e.plans {
		ended, err := isFinished(e.recording, p.Name)
		if err != nil {
			return err
		}
		if ended {
			finished = append(finished, p)
			continue
		}
		fmt.Fprintf(c.Stderr, "Warning: %s was not performed to its end: it is left out\n", p.Name)
	}
	if len(finished) == 0 {
		return usageError{errors.New("read recording: none of its scenarios was performed to its end")}
	}
	e.plans = finished
	return nil
}

// asChosen are plans without the steps that were not performed, as others were chosen: by
// scenario those that were. Where there is no choice all were.
func asChosen(plans []*plan.Plan, chosen map[string][]string) []*plan.Plan {
	if chosen == nil {
		return plans
	}
	var out []*plan.Plan
	for _, p := range plans {
		performed := map[string]bool{}
		for _, id := range chosen[p.Name] {
			performed[id] = true
		}
		if len(performed) > 0 {
			out = append(out, selection.Restrict(p, performed, canAsk))
		}
	}
	return out
}

// isFinished tells whether a scenario was performed to its end.
func isFinished(recording *record.Recording, scenario string) (bool, error) {
	s, err := recording.Scenario(scenario)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, usageError{fmt.Errorf("read recording: %w", err)}
	}
	return s.Finished, nil
}

// eachFinished calls do with each scenario that was performed to its end, in order. A
// recording that cannot be read is invalid input.
func eachFinished(recording *record.Recording, do func(*record.ScenarioRecord) error) error {
	for _, name := range recording.Head.Scenarios {
		ended, err := isFinished(recording, name)
		if err != nil {
			return err
		}
		if !ended {
			continue
		}
		s, err := recording.Scenario(name)
		if err == nil {
			err = do(s)
		}
		if err != nil {
			return usageError{err}
		}
	}
	return nil
}

// ruleSources are the files of rules of a recorded run, then those of the flags.
func ruleSources(recording *record.Recording, flags ruleFlags) ([]record.Source, error) {
	sources, err := recording.Rules()
	if err != nil {
		return nil, usageError{err}
	}
	if flags.noDefault {
		sources = slices.DeleteFunc(sources, func(s record.Source) bool { return s.Shipped })
	}
	texts, err := sigma.Texts(flags.paths...)
	if err != nil {
		return nil, usageError{err}
	}
	for _, text := range texts {
		sources = append(sources, record.Source{Name: text.Name, Content: text.Content, Digest: record.Digest(text.Content)})
	}
	return sources, nil
}

// runSource is where the runs of plans come from.
type runSource struct {
	// lab is the name of the lab that performs, or performed.
	lab     string
	id      string
	started time.Time
	// run performs a plan, or answers with what was recorded; with lacks the lab.
	run func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error)
	// judged is told of each run once it is judged.
	judged func(run *runner.RunRecord, scenario result.Scenario)
	// replayed is when a recording is judged again; zero for what is performed.
	replayed time.Time
	// keep leaves out of what was judged what was not chosen; nil keeps all.
	keep func(result.Scenario) result.Scenario
}

// newRun is a run that begins now, in a lab.
func (c *command) newRun(lab runner.Lab) runSource {
	return runSource{lab: lab.Name(), id: uuid.Must(uuid.NewV7()).String(), started: c.Now()}
}

// performing performs in a lab, and records what it does unless r is nil.
func (from runSource) performing(lab runner.Lab, r *recorder) runSource {
	from.judged = r.finish
	from.run = func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
		with.Lab = r.lab(lab, p)
		with.Operator = r.operator(with.Operator, p)
		run, err := with.Run(ctx, from.id, p)
		if err != nil {
			r.abandon(p)
			return nil, err
		}
		run.Performance = r.performance(lab, p)
		return run, nil
	}
	return from
}

// replaying answers with what was recorded: observations, which are translated anew,
// or the events as they were.
func (c *command) replaying(recording *record.Recording, asRecorded bool) runSource {
	head := recording.Head
	return runSource{lab: head.Lab, id: head.Run, started: head.Started, replayed: c.Now(), judged: func(*runner.RunRecord, result.Scenario) {}, run: func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
		s, err := recording.Scenario(p.Name)
		if err == nil && asRecorded {
			with.NewTranslate, with.NewCheck, err = s.AsRecorded()
		}
		if err != nil {
			return nil, err
		}
		with.Observer = nil
		return s.Replay(ctx, with, p)
	}}
}

// openRuns opens the lab of that name, or answers with the recording. Whatever is
// performed is recorded, as the flags say.
func (c *command) openRuns(ctx context.Context, e exercise, lab string, keep recordFlags) (openedRuns, error) {
	if e.recording != nil {
		return openedRuns{runSource: c.replaying(e.recording, false), close: e.recording.Close}, nil
	}
	if err := e.allowed.check(e.plans); err != nil {
		return openedRuns{}, err
	}
	opened, err := c.openLab(ctx, lab)
	if err != nil {
		return openedRuns{}, err
	}
	if err := allowImages(ctx, opened.Lab, e.plans); err != nil {
		return openedRuns{}, errors.Join(err, opened.close())
	}
	from := c.newRun(opened)
	recorder, err := c.newRecorder(e, from, keep)
	if err != nil {
		return openedRuns{}, errors.Join(err, opened.close())
	}
	again := func() runSource { return c.newRun(opened).performing(opened.Lab, nil) }
	return openedRuns{runSource: from.performing(opened.Lab, recorder), in: opened.Lab, again: again, recorder: recorder, close: opened.close}, nil
}

// openedRuns are runs and how their source is closed.
type openedRuns struct {
	runSource
	in runner.Lab // that performs; nil where a recording answers
	// again is a further run in the same lab, which is not recorded; nil of what is not
	// performed.
	again    func() runSource
	recorder *recorder
	close    func() error
}
