package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/roster"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/transport"
	training "github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/material"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// exerciseStartFlags are those of `ringer exercise start`.
type exerciseStartFlags struct {
	address  string
	teams    string
	pace     paceFlag
	shipped  string
	exercise string
	session  string
	live     bool
	lab      labFlags
	rules    ruleFlags
	history  historyFlags
}

func newExerciseStart(c *command) *cobra.Command {
	var flags exerciseStartFlags
	cmd := &cobra.Command{
		Use:   "start RECORDING|SCENARIO [VARIANTS] [FILE]...",
		Short: "Serve an exercise to the browsers of trainees and instructors",
		Long: "Serves the pages of an exercise until it is interrupted: what a recording has, among\n" +
			"ordinary days, released at the exercise's pace. What is asked is an exercise block of the\n" +
			"recording's scenario, or of a FILE. Nothing is performed and nothing is sent anywhere.\n" +
			"--shipped course/first serves the first exercise of the course. Rules that teams hand in\n" +
			"are judged over ordinary days and, where a second recording has them (`ringer run\n" +
			"--variants`), over variants of what was performed.\n\n" +
			"With --live, or where no recording is named, the scenario is performed in containers\n" +
			"meanwhile, each step when the clock comes to it, and recorded.\n\n" +
			"The instructor's link is printed; it can be used once. Trainees get links of their own\n" +
			"on the instructor's page. The pages are served over TLS with a certificate that is made\n" +
			"at the start: compare its fingerprint with what the browser shows.\n\n" +
			"What people do is on disk, in the history, before it is acknowledged. The same command\n" +
			"goes on with the same session; --session names another.\n\n" +
			"Exit codes: 0 ended by an interrupt, 2 invalid input, 3 no lab, 4 the server or the log broke.",
		Args: wantArgs(0, -1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.exerciseStart(cmd.Context(), args, flags) },
	}
	cmd.Flags().StringVar(&flags.address, "addr", "127.0.0.1:8443", "listen at this `HOST:PORT`; beyond this machine only where it is named")
	cmd.Flags().StringVar(&flags.teams, "teams", "", "make the teams in this `FILE`: HCL, or a line a team as NAME: MEMBER, MEMBER")
	cmd.Flags().Var(&flags.pace, "pace", "virtual seconds a second, such as 60x (default that of the exercise)")
	cmd.Flags().StringVar(&flags.shipped, "shipped", "", "the exercise `NAME` that ringer brings along, with its recording")
	cmd.Flags().StringVar(&flags.exercise, "exercise", "", "the exercise `NAME`, where there are several")
	cmd.Flags().StringVar(&flags.session, "session", "", "the session `NAME` in the history (default the exercise with its recording's run)")
	cmd.Flags().BoolVar(&flags.live, "live", false, "perform the scenario meanwhile, in place of a recording")
	flags.lab.addName(cmd)
	flags.rules.addTo(cmd)
	flags.history.addName(cmd)
	return cmd
}

// exerciseMemory is what the pages may use before memory is collected as often as it
// takes: a million events take about half of it.
const exerciseMemory = 4 << 30

func (c *command) exerciseStart(ctx context.Context, args []string, flags exerciseStartFlags) error {
	if flags.shipped != "" {
		shipped, err := c.shippedTraining(flags.shipped, flags.live)
		if err != nil {
			return err
		}
		args = append(shipped, args...)
	}
	flags.live = flags.live || len(args) > 0 && !slices.ContainsFunc(args, c.isRecording)
	teams, err := c.readTeams(flags.teams)
	if err != nil {
		return err
	}
	read := c.readTraining
	if flags.live {
		read = c.readLiveTraining
	}
	of, err := read(args, flags.exercise, flags.rules)
	if err != nil {
		return err
	}
	defer of.close()
	listener, err := transport.Listen(ctx, flags.address, c.Now())
	if err != nil {
		return usageError{err}
	}
	defer listener.Close() //nolint:errcheck // it is closed once served
	log, err := c.openExerciseLog(ctx, flags.history)
	if err != nil {
		return err
	}
	if c.Env("GOGC") == "" {
		debug.SetMemoryLimit(exerciseMemory)
		debug.SetGCPercent(100) // it lives for hours, unlike other commands
	}
	err = c.serveExercise(ctx, of, log, listener, teams, flags)
	return errors.Join(err, log.Close())
}

// openExerciseLog opens the log of exercises in the history that is meant.
func (c *command) openExerciseLog(ctx context.Context, flags historyFlags) (*sqlstore.ExerciseLog, error) {
	name := c.historyName(flags)
	if name == "" {
		return nil, usageError{errors.New("there is no folder of runs, and so no history beside it: name one with --history")}
	}
	log, err := sqlstore.OpenExerciseLog(ctx, name)
	if errors.Is(err, sqlstore.ErrRefused) || errors.Is(err, sqlstore.ErrDamaged) {
		return nil, usageError{err}
	}
	return log, err
}

func (c *command) readTeams(name string) ([]roster.Team, error) {
	if name == "" {
		return nil, nil
	}
	text, err := userfile.Read(name, roster.MaxBytes)
	if err != nil {
		return nil, usageError{fmt.Errorf("--teams: %w", err)}
	}
	teams, problems := roster.Parse(name, text)
	return teams, c.problemsOf(name, text, problems)
}

// openingOf is what a session was begun with, which begun tells, or is begun with now.
func (c *command) openingOf(ctx context.Context, log training.Log, session string, of trainingSource, pace paceFlag) (opening training.Opening, begun bool, err error) {
	entries, err := log.Entries(ctx, session, 0)
	if err != nil {
		return training.Opening{}, false, err
	}
	for _, e := range entries {
		if e.Opening == nil {
			continue
		}
		if slices.ContainsFunc(entries, func(e training.Entry) bool { return e.Kind == training.End }) {
			fmt.Fprintf(c.Stderr, "Session %s has ended: its debrief is served. --session NAME begins another of the exercise\n", session)
		}
		kept := *e.Opening
		if kept.Definition.Scenario != of.definition.Scenario || kept.Definition.Name != of.definition.Name {
			return kept, true, usageError{fmt.Errorf("the session %s is of exercise %s: choose another name with --session", session, kept.Definition.Name)}
		}
		now := of.definition
		now.Pace = kept.Definition.Pace
		if !reflect.DeepEqual(kept.Definition, now) {
			fmt.Fprintf(c.Stderr, "Warning: the exercise was changed since session %s began, which goes on as it was. --session NAME begins another\n", session)
		}
		return kept, true, nil
	}
	if pace != 0 {
		of.definition.Pace = float64(pace)
	}
	return training.Opening{Definition: of.definition, Recording: of.recording, Variants: of.hiddenName, Seed: rand.Text()}, false, nil
}

// serveExercise serves a session until ctx ends.
func (c *command) serveExercise(ctx context.Context, of trainingSource, log training.Log, listener *transport.Listener, teams []roster.Team, flags exerciseStartFlags) (failed error) {
	session := sessionName(flags.session, of)
	opening, begun, err := c.openingOf(ctx, log, session, of, flags.pace)
	if err != nil {
		return err
	}
	var live *livePerformance
	var performed material.Performed
	switch {
	case flags.live && !begun:
		if live, err = c.startLive(ctx, of, flags.lab.name, opening.Seed); err != nil {
			return err
		}
		defer func() { failed = errors.Join(failed, live.end()) }()
		opening, performed = live.opening(opening.Definition, opening.Seed), live.performed
	case flags.live:
		fmt.Fprintf(c.Stderr, "Session %s goes on with what was performed until it was broken off; nothing more is performed\n", session)
		kept, err := c.openedTraining(opening, flags.rules)
		if err != nil {
			return err
		}
		defer kept.close()
		if performed, err = c.performedOf(ctx, kept); err != nil {
			return err
		}
	default:
		if performed, err = c.performedOf(ctx, of); err != nil {
			return err
		}
	}
	made, err := material.New(performed, opening.Definition, opening.Seed)
	if err != nil {
		return usageError{err}
	}
	if live == nil {
		for _, said := range opening.Definition.CheckTruth(made.Truth) {
			fmt.Fprintf(c.Stderr, "Warning: %s\n", said)
		}
	}
	opened, err := room.Open(ctx, room.Options{
		ID: session, Definition: opening.Definition, Log: log, Truth: made.Truth, Stream: made.Store, Judges: made.Judges,
		Start: made.Start, Opening: opening, Now: c.Now,
	})
	if err != nil {
		return err
	}
	if err := c.setPace(ctx, opened, flags.pace); err != nil {
		return err
	}
	var ready atomic.Bool // once the events up to now are there
	var inject func(context.Context, string) error
	if live != nil {
		if err := made.FillUntil(ctx, opened.Virtual()); err != nil {
			return err
		}
		ready.Store(true)
		live.begin(opened, made)
		inject = live.inject
	}
	server := exerciseserver.New(exerciseserver.Options{
		Inject: inject,
		Room:   opened, Events: made.Store, Log: c.log(), Now: c.Now, Exports: c.exerciseExports(opened), Ready: ready.Load,
		Counts: func() exerciseserver.StreamCounts {
			counts := made.Counts()
			return exerciseserver.StreamCounts{Total: made.Total(), Performed: counts.Performed, Ordinary: counts.Ordinary, Repeated: counts.Repeated}
		},
	}, listener.Address())
	for _, team := range teams {
		if err := server.AddTeam(ctx, team.Name, team.Members); err != nil {
			return usageError{fmt.Errorf("--teams: %w", err)}
		}
	}
	link, err := server.NewLink(ctx, access.Identity{Role: access.Instructor})
	if err != nil {
		return err
	}
	c.tellExercise(opened, session, listener, link, made.Total())

	logger := c.log()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var working sync.WaitGroup
	defer working.Wait()
	working.Go(func() {
		opened.Run(ctx, func(err error) {
			logger.Error().Err(err).Msg("what a team handed in could not be judged; it is tried again")
		})
	})
	working.Go(func() {
		if live != nil {
			select { // ordinary days are filled in between steps, until there are no more
			case <-live.over:
			case <-ctx.Done():
			}
			if live.err != nil {
				stop(live.err)
			}
		}
		// What was handed in rests on the events up to now: without them it would be worth
		// nothing for a while.
		err := made.FillUntil(ctx, opened.Virtual())
		if err == nil {
			ready.Store(true)
			err = made.Fill(ctx)
		}
		if err != nil && ctx.Err() == nil {
			stop(err)
		}
	})
	working.Go(func() {
		<-ctx.Done()
		server.Close()
	})
	return listener.Serve(ctx, server.Handler(listener.Names, listener.Port))
}

// setPace sets the pace of a session that is gone on with, where another is asked for.
func (c *command) setPace(ctx context.Context, of *room.Room, pace paceFlag) error {
	if pace == 0 || of.State().Clock().Pace == float64(pace) || of.State().Clock().Ended {
		return nil
	}
	_, err := of.Enter(ctx, training.Entry{Kind: training.SetPace, Key: "pace/" + rand.Text(), Pace: float64(pace)})
	return err
}

// tellExercise says where the exercise is.
func (c *command) tellExercise(of *room.Room, session string, listener *transport.Listener, link string, events int) {
	definition, points := of.Definition(), 0
	for _, objective := range definition.Objectives {
		points += objective.Points
	}
	fmt.Fprintf(c.Stdout, "%s: %s, %s, %s\n\n", definition.Title, report.Plural(len(definition.Objectives), "objective"), report.Plural(points, "point"), report.Plural(events, "event"))
	for _, line := range [][2]string{
		{"trainees", listener.Address() + "/"}, {"instructor", link + " (once)"},
		{"certificate", "SHA-256 " + listener.Certificate.Fingerprint}, {"session", session},
	} {
		fmt.Fprintf(c.Stdout, "  %-12s %s\n", line[0], line[1])
	}
	if listener.Beyond {
		fmt.Fprintf(c.Stderr, "Warning: %s can be reached from other machines. The certificate is this server's own: have people compare its fingerprint\n", listener.Addr())
	}
	fmt.Fprintf(c.Stderr, "serving until it is interrupted; the same command goes on where it was\n")
}
