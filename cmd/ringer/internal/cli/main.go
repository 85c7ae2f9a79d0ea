package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/display"
)

// Main runs the command line and returns the exit code.
func Main(ctx context.Context, given *State) int {
	own := *given
	state := &own
	stdout, stderr := given.Stdout, given.Stderr
	if given.Env("GITHUB_ACTIONS") == "true" {
		stdout, stderr = &workflowGuard{to: stdout}, &workflowGuard{to: stderr}
	}
	state.annotations = given.Stderr
	state.Stdout = display.NewWriter(stdout)
	state.documents = given.Stdout
	if given.stdoutWidth() > 0 {
		state.documents = state.Stdout
	}
	state.Stderr = &rows{out: stderr, size: given.StderrSize}
	root := newRoot(state)
	cmd, err := root.ExecuteContextC(ctx)
	code := exitCode(cmd.Context(), err)
	switch {
	case code == exitInterrupted:
		fmt.Fprintln(state.Stderr, "interrupted: everything that was started has been stopped")
	case err != nil && !alreadyReported(err):
		fmt.Fprintf(state.Stderr, "Error: %v\n", err)
	}
	return code
}

// alreadyReported reports whether an error's message has been written already.
func alreadyReported(err error) bool {
	return errors.Is(err, errInvalid) || errors.Is(err, errNotMet) || errors.Is(err, errBroke)
}

func newRoot(state *State) *cobra.Command {
	shared := &command{State: state}
	root := &cobra.Command{
		Use:   "ringer",
		Short: "Had they done that here, would we have seen it?",
		Long: "Had they done that here, would we have seen it?\n\n" +
			"ringer performs reported attacker behaviours, harmlessly, in disposable containers,\n" +
			"watches what truly happens, and checks it against the detections you expect.",
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetArgs(state.Args)
	root.SetIn(state.Stdin)
	root.SetOut(state.Stdout)
	root.SetErr(state.Stderr)
	root.PersistentFlags().BoolVar(&shared.debug, "debug", false, "log what the lab does to stderr")
	root.PersistentFlags().Var(choose(&shared.colors, colorAuto, colorAlways, colorNever), "color", "`WHEN` to use colours: auto, always or never")
	root.SetFlagErrorFunc(shared.flagError)
	for _, cmd := range []*cobra.Command{
		newRun(shared), newTry(shared), newCompare(shared), newMutate(shared), newEvents(shared), newShip(shared), newReenact(shared), newFidelity(shared), newReplay(shared), newWatch(shared), newClean(shared), newDoctor(shared), newImages(shared),
	} {
		cmd.PreRun = func(cmd *cobra.Command, _ []string) { cmd.SetContext(state.Interruptible(cmd.Context())) }
		root.AddCommand(cmd)
	}
	root.AddCommand(
		newValidate(shared),
		newInit(shared),
		newNew(shared),
		newAudit(shared),
		newImport(shared),
		newExport(shared),
		newSchema(shared),
		newFmt(shared),
		newList(shared),
		newShow(shared),
		newSigma(shared),
		newVerify(shared),
		newDiff(shared),
		newHistory(shared),
		newMerge(shared),
		newFarm(shared),
		newExercise(shared),
		newExplain(shared),
		newRules(shared),
		newCoverage(shared),
		newTune(shared),
		newReport(shared),
		newDemo(shared),
		newVersion(shared),
	)
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "completion":
			groupArgs(cmd)
		case "help":
			cmd.Args = knownTopic
		}
		cmd.Args = usageArgs(cmd.Args)
	}
	root.Args = usageArgs(unknownCommand)
	shared.complete(root)
	wrapHelp(root, state.columns(state.stdoutWidth()))
	return root
}
