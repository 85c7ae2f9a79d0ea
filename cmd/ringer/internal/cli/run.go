package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/gate"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// runFlags are those of `ringer run`.
type runFlags struct {
	scenario scenarioFlags
	choose   chooseFlags
	gate     gateFlags
	view     viewFlags
	strict   strictness
	dryRun   bool
	variants bool
	lab      labFlags
	record   recordFlags
	history  historyFlags
	shard    shardFlags
	detect   detectorFlags
	reuse    bool
	resume   string
	operate  operateFlags
	allow    allowances
	ship     shipFlags
}

func newRun(c *command) *cobra.Command {
	var flags runFlags
	cmd := &cobra.Command{
		Use:   "run [NAME|PATH|BEHAVIOUR]...",
		Short: "Perform scenarios in containers and judge what the detectors saw",
		Long: "Performs the scenarios named (of the shipped library, or files and folders of your\n" +
			"own), or the whole library, and judges every expectation. The name of a behaviour has\n" +
			"that one performed on a host of its own, and shows what every loaded rule made of it, as\n" +
			"`ringer try` does.\n\n" +
			chooseHelp + gateHelp + shardHelp + reuseHelp + operateHelp + shipHelp + detectorHelp + allowHelp +
			"A verdict \"on stated\" fields rests on what the behaviour's author wrote, such as an\n" +
			"account or a line in a log: --strict=observed lists such verdicts and fails.\n\n" +
			"With --variants each scenario is performed as reported and once more for each\n" +
			"alteration (renamed program, other folder, order of options, quotes, letter case,\n" +
			"…). The report says for each rule that fires which alterations it survives, and which\n" +
			"command line evades it. The command exits 0; with --strict it exits 1 if a rule is\n" +
			"evaded, not asked, missed as reported or not judged.\n\n" +
			"Exit codes: 0 every expectation met, 1 at least one not met or a gate not passed, 2 invalid\n" +
			"input (nothing was started), 3 no lab, 4 the run failed, 130 interrupted (the verdicts until\n" +
			"then are reported).",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(flags.lab.check(), flags.record.check(), flags.history.check(), flags.view.check(), flags.gate.check(), flags.shard.check(flags.variants, flags.record), flags.checkReuse(), flags.checkShip(), flags.detect.check(flags.variants || flags.reuse || flags.resume != "" || flags.gate.repeat > 1)); err != nil {
				return err
			}
			if flags.dryRun && (flags.view.json || flags.view.junit != "") {
				return usageError{errors.New("--dry-run cannot be combined with --json or --junit")}
			}
			if flags.variants && flags.view.junit != "" {
				return usageError{errJUnitOfVariants}
			}
			if flags.variants && (flags.choose.given() || flags.gate.given()) {
				return usageError{errors.New("--variants cannot be combined with a choice of steps or with a gate: each variant is performed as a whole, and has no verdicts of its own")}
			}
			if err := flags.checkOperate(); err != nil {
				return err
			}
			c.everyStep, c.ci = flags.view.verbose, flags.view.ci
			if len(args) == 1 && c.isBehaviour(args[0], flags.scenario) {
				if flags.choose.given() || flags.gate.given() {
					return usageError{fmt.Errorf("%s is a behaviour: it has no steps to choose from, and nothing that a gate could judge", args[0])}
				}
				return c.runBehaviour(cmd, args[0], tryFlags{scenario: flags.scenario, json: flags.view.json, verbose: flags.view.verbose, lab: flags.lab, record: flags.record})
			}
			if flags.operate.given() {
				c.operate(cmd.Context(), flags.operate)
				flags.lab.parallel = 1
			}
			if cmd.Flags().Changed("resume") {
				return c.resume(cmd.Context(), args, flags)
			}
			return c.run(cmd.Context(), args, flags)
		},
	}
	flags.scenario.addTo(cmd)
	flags.choose.addTo(cmd)
	flags.gate.addTo(cmd)
	flags.gate.addRepeat(cmd)
	flags.view.addTo(cmd)
	flags.strict.addTo(cmd)
	cmd.Flags().BoolVar(&flags.dryRun, "dry-run", false, "print what would be done without starting anything")
	cmd.Flags().BoolVar(&flags.variants, "variants", false, "measure which alterations of the steps evade the rules")
	flags.lab.addTo(cmd, "scenarios")
	flags.record.addTo(cmd)
	flags.history.addTo(cmd)
	flags.shard.addTo(cmd)
	flags.detect.addTo(cmd)
	cmd.Flags().BoolVar(&flags.reuse, "reuse", false, "take unchanged scenarios from earlier recordings in place of performing them again")
	flags.operate.addTo(cmd)
	flags.allow.addTo(cmd)
	flags.ship.addTo(cmd.Flags())
	cmd.Flags().StringVar(&flags.resume, "resume", "", "go on with a run that was broken off: the last, or that whose id begins with `RUN`")
	cmd.Flags().Lookup("resume").NoOptDefVal = newestRun
	return cmd
}

// checkReuse returns a usage error for what --reuse cannot be combined with.
func (f runFlags) checkReuse() error {
	if f.reuse && (f.variants || f.record.none || f.history.none || f.resume != "") {
		return usageError{errors.New("--reuse cannot be combined with --variants, --resume, --no-record or --no-history: it takes from recordings what the history knows of")}
	}
	return nil
}

// checkOperate returns a usage error for what cannot be combined with a person or a clock
// that decides.
func (f runFlags) checkOperate() error {
	if f.operate.given() && (f.dryRun || f.variants || f.reuse || f.gate.repeat > 1) {
		return usageError{errors.New("--interactive and --pace cannot be combined with --dry-run, --variants, --reuse or --repeat: each step is performed once, when it is its turn")}
	}
	return nil
}

// checkShip returns a usage error for what --ship cannot be combined with.
func (f runFlags) checkShip() error {
	if f.ship.given() && (f.reuse || f.variants || f.resume != "") {
		return usageError{errors.New("--ship and --ship-file cannot be combined with --reuse, --resume or --variants: they send what is performed as it is reported; `ringer ship` sends what was recorded")}
	}
	return nil
}

func (c *command) run(ctx context.Context, args []string, flags runFlags) error {
	detectors, err := flags.detect.read(c)
	if err != nil {
		return err
	}
	flags.scenario.detectors = specsOf(detectors)
	e, err := c.readExercise(args, flags.scenario)
	if err != nil {
		return err
	}
	if e.recording != nil {
		return usageError{fmt.Errorf("%s is a recording of a run: `ringer replay` judges it again", args[0])}
	}
	if e, err = c.chosen(ctx, e, flags.choose); err != nil {
		return err
	}
	if e, err = c.sharded(ctx, e, flags.shard, flags.history, flags.lab.name); err != nil {
		return err
	}
	e.allowed = flags.allow
	if flags.variants {
		e = e.withVariants()
	}
	if flags.dryRun {
		return report.DryRun(c.Stdout, e.plans, c.style())
	}
	reports, err := c.openReports(flags.view)
	if err != nil {
		return err
	}
	gates, err := c.gates(e, e.isPart(), flags.gate)
	if err != nil {
		return err
	}
	if err := c.checkHistory(ctx, flags.history); err != nil {
		return err
	}
	to, err := c.liveTargets(e.Set, flags.ship)
	if err != nil {
		return err
	}
	runs, err := c.openRuns(ctx, e, flags.lab.name, flags.record)
	if err == nil && len(to) > 0 {
		runs, err = c.shipping(ctx, runs, to, flags.ship.wait)
	}
	if err != nil {
		return err
	}
	if flags.reuse && runs.recorder != nil {
		if runs, err = c.reusing(ctx, runs, e.plans, flags.history); err != nil {
			return errors.Join(err, runs.close())
		}
	}
	if runs, err = c.watching(ctx, runs, detectors, flags.detect); err != nil {
		return errors.Join(err, runs.close())
	}
	if len(detectors) > 0 {
		flags.lab.parallel = 1 // an alert is of one scenario
	}
	return c.conclude(ctx, e, runs, gates, reports, flags)
}

// conclude has an exercise run, and tells what came of it in each way asked for.
func (c *command) conclude(ctx context.Context, e exercise, runs openedRuns, gates []gate.Gate, to reports, flags runFlags) error {
	if e.variants != nil {
		gates = nil
	}
	memory, err := c.newMemory(e, runs.runSource, runs.recorder, flags.history)
	if err != nil {
		return errors.Join(err, runs.close())
	}
	runs.runSource = runs.remembering(memory)
	run, broke := c.performHeld(ctx, e, runs, holding{gates, e.isPart(), flags.gate.repeat, flags.lab.parallel, explainWith(string(flags.record.file), ruleFlags{})})
	_ = runs.close() // before the report: a reader of stdout that has left ends the process
	recorded := runs.recorder.seal(run, broke)
	if broke == nil && recorded == nil {
		recorded = memory.keep(ctx, run, runs.recorder, nil)
	}
	if broke != nil && (ctx.Err() == nil || e.variants != nil) {
		return broke // some of the variants measure nothing
	}
	view := shown{viewFlags: flags.view, strict: flags.strict.Strictness, recorded: runs.recorder.place(run.ID), notKept: true}
	if view.recorded != "" {
		view.notKept = false
		view.explainWith = explainWith(string(flags.record.file), ruleFlags{})
	}
	if e.variants != nil {
		return errors.Join(c.concludeVariants(run, e, view), recorded)
	}
	err = c.writeRun(run, to, e.rules, view)
	if broke != nil {
		if err != nil {
			fmt.Fprintf(c.Stderr, "Error: %v\n", err) // the interruption itself is returned
		}
		return broke
	}
	if err := errors.Join(err, recorded); err != nil {
		return err
	}
	return c.runError(run, e.rules, flags.strict.Strictness)
}

// writeRun writes a run in each way asked for. The file comes first, as a closed
// stdout ends the process; if it fails, stdout is still written.
func (c *command) writeRun(run result.Run, to reports, rules *ruleSet, view shown) error {
	failed := c.writeReports(run, to, rules, view)
	if view.json {
		c.tellGates(run)
		return errors.Join(failed, report.JSON(c.Stdout, run))
	}
	style := c.style()
	style.Verbose, style.Quiet, style.Only = view.verbose, view.quiet, view.only
	style.Recorded, style.ShortID = view.recorded, rules.shortID()
	style.Rule = func(id string) report.RuleInfo { return rules.info(id, run.Attack()) }
	style.ExplainWith, style.NotKept = view.explainWith, view.notKept
	style.NotStrict = len(strictFailures(run, rules, view.strict)) > 0
	if view.quiet {
		c.tellGates(run)
	}
	return errors.Join(failed, report.Terminal(c.Stdout, run, style))
}

// runError returns the error for a run's exit code. A strict run must meet more than
// its expectations.
func (c *command) runError(run result.Run, rules *ruleSet, strict report.Strictness) error {
	if err := verdictError(run.Worst()); err != nil {
		return err
	}
	if !run.GatesPassed() {
		return errNotMet
	}
	failures := strictFailures(run, rules, strict)
	for _, line := range failures {
		fmt.Fprintf(c.Stderr, "strict: %s\n", line)
	}
	if len(failures) > 0 {
		return errNotMet
	}
	return nil
}

// strictFailures returns a line for each reason why a run that meets its expectations
// is not as strict as asked.
func strictFailures(run result.Run, rules *ruleSet, strict report.Strictness) []string {
	if strict < report.Strict {
		return nil
	}
	var lines []string
	for _, counted := range []struct {
		n          int
		what, done string
	}{
		{run.Summary.UnexpectedAlerts, "alert", "unexpected"},
		{run.Summary.Verdicts[verdict.NotAsked.String()], "expectation", "of a rule that was not asked"},
		{run.Summary.Verdicts[verdict.Skipped.String()], "expectation", "skipped"},
		{countWithoutExpectations(run, verdict.Skipped), "step", "skipped that has no expectation"},
		{len(rules.broken), "rule", "left out"},
	} {
		if counted.n > 0 {
			lines = append(lines, report.Plural(counted.n, counted.what)+" "+counted.done)
		}
	}
	if strict >= report.Observed {
		lines = append(lines, statedVerdicts(run)...)
	}
	return lines
}

// countWithoutExpectations counts the steps and baselines without expectations that
// have that verdict.
func countWithoutExpectations(run result.Run, became verdict.Verdict) int {
	n := 0
	for _, scenario := range run.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			if got, _ := step.WithoutExpectations(); got == became {
				n++
			}
		}
	}
	return n
}
