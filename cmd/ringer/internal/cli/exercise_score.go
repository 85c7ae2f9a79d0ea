package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	training "github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/material"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/report/debrief"
)

// exerciseScoreFlags are those of `ringer exercise score`.
type exerciseScoreFlags struct {
	history historyFlags
	rules   ruleFlags
	json    bool
}

func newExerciseScore(c *command) *cobra.Command {
	var flags exerciseScoreFlags
	cmd := &cobra.Command{
		Use:   "score [SESSION]",
		Short: "Compute the scores of a session again, from its log",
		Long: "Reads the log of a session, or of the one that was begun last, and computes every score\n" +
			"again, with the formula of each line. The recording must still be where it was.\n\n" +
			"Exit codes: 0 shown, 2 invalid input, or there is no such session.",
		Args: wantArgs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.exerciseScore(cmd.Context(), first(args), flags)
		},
	}
	flags.history.addName(cmd)
	flags.rules.addTo(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON document")
	return cmd
}

func (c *command) exerciseScore(ctx context.Context, session string, flags exerciseScoreFlags) error {
	state, err := c.foldSession(ctx, session, flags.history, flags.rules)
	if err != nil {
		return err
	}
	if flags.json {
		return debrief.JSON(c.Stdout, debrief.Of(state, c.Build.Version))
	}
	for _, row := range state.Board().Rows {
		fmt.Fprintf(c.Stdout, "%d  %s: %d, attribution %d\n", row.Rank, row.Name, row.Points, row.Attribution)
		of, _ := state.Team(row.Team)
		for _, line := range of.Lines {
			aside := ""
			if !line.Counts {
				aside = " (does not count)"
			}
			fmt.Fprintf(c.Stdout, "     %+4d  %s: %s%s\n", line.Points, line.What, line.Why, aside)
		}
	}
	return nil
}

// foldSession computes what the log of a session comes to; "" is the newest.
func (c *command) foldSession(ctx context.Context, session string, history historyFlags, rules ruleFlags) (*training.State, error) {
	log, err := c.openExerciseLog(ctx, history)
	if err != nil {
		return nil, err
	}
	state, err := c.foldLogged(ctx, log, session, rules)
	return state, errors.Join(err, log.Close())
}

func (c *command) foldLogged(ctx context.Context, log *sqlstore.ExerciseLog, session string, rules ruleFlags) (*training.State, error) {
	known, err := log.Exercises(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case len(known) == 0:
		return nil, usageError{errors.New("the history has no session of an exercise: `ringer exercise start` begins one")}
	case session == "":
		session = known[0]
	case !slices.Contains(known, session):
		return nil, usageError{fmt.Errorf("there is no session %q: the history has %s.%s", session, strings.Join(known, ", "), didYouMean(session, known))}
	}
	entries, err := log.Entries(ctx, session, 0)
	if err != nil {
		return nil, err
	}
	opening := entries[0].Opening
	if opening == nil {
		return nil, fmt.Errorf("the log of session %s does not begin with its opening", session)
	}
	of, err := c.openedTraining(*opening, rules)
	if err != nil {
		return nil, err
	}
	defer of.close()
	performed, err := c.performedOf(ctx, of)
	if err != nil {
		return nil, err
	}
	made, err := material.New(performed, opening.Definition, opening.Seed)
	if err == nil {
		last := entries[len(entries)-1]
		err = made.FillUntil(ctx, later(made.Start, last.Virtual, last.To))
	}
	if err != nil {
		return nil, err
	}
	return training.Fold(opening.Definition, made.Truth, entries), nil
}

// later is the latest of times.
func later(times ...time.Time) time.Time { return slices.MaxFunc(times, time.Time.Compare) }

// openedTraining is what a session was opened with.
func (c *command) openedTraining(opening training.Opening, rules ruleFlags) (trainingSource, error) {
	recording, err := c.openRecording(opening.Recording)
	if err != nil {
		return trainingSource{}, err
	}
	e, err := c.readRecordedPlans(recording, rules)
	if err == nil && opening.Start.IsZero() {
		err = c.keepFinished(&e)
	}
	if err != nil {
		return trainingSource{}, errors.Join(err, recording.Close())
	}
	of := trainingSource{exercise: e, recording: opening.Recording, run: recording.Head.Run, definition: opening.Definition, start: opening.Start}
	if opening.Variants != "" {
		err = c.addHidden(&of, []string{opening.Variants}, rules)
	}
	if err != nil {
		of.close()
	}
	return of, err
}
