package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// historyFlags say which history is meant.
type historyFlags struct {
	name string
	none bool
}

// addTo declares the flags of a command that keeps what it did.
func (f *historyFlags) addTo(cmd *cobra.Command) {
	f.addName(cmd)
	cmd.Flags().BoolVar(&f.none, "no-history", false, "do not keep the result in the history")
}

// addName declares the flag of the history alone.
func (f *historyFlags) addName(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.name, "history", "", "the history: a `FILE`, or a PostgreSQL database as postgres://… (default history.db beside the folder of runs, or RINGER_HISTORY)")
}

func (f *historyFlags) check() error {
	if f.none && f.name != "" {
		return usageError{errors.New("--no-history cannot be combined with --history")}
	}
	return nil
}

// historyName is the history that is meant; "" is none.
func (c *command) historyName(flags historyFlags) string {
	beside := ""
	if c.Runs != "" {
		beside = filepath.Join(filepath.Dir(c.Runs), "history.db")
	}
	return cmp.Or(flags.name, c.Env("RINGER_HISTORY"), beside)
}

// openHistory opens the history that is meant. What is not one is invalid input.
func (c *command) openHistory(ctx context.Context, flags historyFlags, create bool) (*sqlstore.Store, error) {
	name := c.historyName(flags)
	if name == "" {
		return nil, usageError{errors.New("there is no folder of runs, and so no history beside it: name one with --history")}
	}
	store, err := sqlstore.Open(ctx, name, create)
	switch {
	case errors.Is(err, sqlstore.ErrNone):
		return nil, usageError{fmt.Errorf("%w; `ringer run` begins one, and `ringer history rebuild` makes it of recordings", err)}
	case errors.Is(err, sqlstore.ErrRefused), errors.Is(err, sqlstore.ErrDamaged):
		return nil, usageError{err}
	}
	return store, err
}

// memory gathers what the history is to keep of one run. A nil memory keeps nothing.
type memory struct {
	c     *command
	flags historyFlags
	head  record.Head // what the run is performed with

	mutex     sync.Mutex
	scenarios map[string]history.Scenario
}

// checkHistory fails if a history that was named by its flag cannot be opened, before
// anything is performed.
func (c *command) checkHistory(ctx context.Context, flags historyFlags) error {
	if flags.name == "" {
		return nil
	}
	store, err := c.openHistory(ctx, flags, true)
	if err != nil {
		return err
	}
	return store.Close()
}

// newMemory begins to gather. A run that is not recorded is kept only in a history that
// was named: of any other no run is lost with it. It fails if the rules cannot be read.
func (c *command) newMemory(e exercise, from runSource, r *recorder, flags historyFlags) (*memory, error) {
	if flags.none || e.recording != nil && r == nil || c.historyName(flags) == "" || flags.name == "" && r == nil || e.variants != nil {
		return nil, nil
	}
	m := &memory{c: c, flags: flags, scenarios: map[string]history.Scenario{}}
	if r != nil {
		m.head = r.journal.Head()
		return m, nil
	}
	var err error
	if m.head, err = c.head(e, from); err != nil {
		return nil, err
	}
	for i := range m.head.Rules {
		m.head.Rules[i].Digest = record.Digest(m.head.Rules[i].Content)
	}
	return m, nil
}

// remembering has each scenario gathered once it is judged.
func (from runSource) remembering(m *memory) runSource {
	if m == nil {
		return from
	}
	before := from.judged
	from.judged = func(run *runner.RunRecord, judged result.Scenario) {
		before(run, judged)
		kept := history.Collect(run, judged)
		m.mutex.Lock()
		defer m.mutex.Unlock()
		m.scenarios[judged.Name] = kept
	}
	return from
}

// keep puts a run into the history. A run that was fine does not fail by it: it is a
// warning, unless the history was named by its flag.
func (m *memory) keep(ctx context.Context, run result.Run, r *recorder, mutation []history.Mutation) error {
	if m == nil {
		return nil
	}
	err := m.put(ctx, run, r, mutation)
	if err != nil && m.flags.name == "" {
		fmt.Fprintf(m.c.Stderr, "Warning: the run is not in the history: %v\n", err)
		if r.place(run.ID) != "" {
			fmt.Fprintf(m.c.Stderr, "Its recording is whole: `ringer history rebuild` takes it from there.\n")
		}
		return nil
	}
	return err
}

func (m *memory) put(ctx context.Context, run result.Run, r *recorder, mutation []history.Mutation) error {
	kept := history.Run{
		Head: history.Head{
			ID: run.ID, Started: history.Moment(run.Started), Version: run.Version, Lab: run.Lab, Took: time.Duration(run.Seconds * float64(time.Second)),
			Rules: history.RulesDigest(m.head.Rules), Part: history.PartOf(m.head), Worst: run.Summary.Worst,
		},
		Chosen: m.head.Chosen, Mutation: mutation,
	}
	for _, scenario := range run.Scenarios {
		kept.Scenarios = append(kept.Scenarios, m.scenarios[scenario.Name])
	}
	var err error
	if file := r.place(run.ID); file != "" {
		if kept.Recording, err = recordingAt(file); err != nil {
			return err
		}
	}
	return m.c.putHistory(ctx, m.flags, kept)
}

// putHistory puts a run into the history, which is made where it is not there.
func (c *command) putHistory(ctx context.Context, flags historyFlags, run history.Run) error {
	store, err := c.openHistory(ctx, flags, true)
	if err != nil {
		return err
	}
	return errors.Join(store.Put(ctx, run), store.Close())
}

// recordingAt is a sealed recording with its digest.
func recordingAt(file string) (history.Recording, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return history.Recording{}, err
	}
	sum, err := fileDigest(path)
	return history.Recording{Path: path, Digest: sum}, err
}

// addMutation adds mutants to a recorded run, where the history has it. It fails as
// [memory.keep] does.
func (c *command) addMutation(ctx context.Context, run string, all []history.Mutation, flags historyFlags) error {
	if flags.none || c.historyName(flags) == "" {
		return nil
	}
	store, err := c.openHistory(ctx, flags, false)
	if errors.Is(err, sqlstore.ErrNone) {
		return nil
	}
	if err == nil {
		_, err = store.PutMutation(ctx, run, all)
		err = errors.Join(err, store.Close())
	}
	if err != nil && flags.name == "" {
		fmt.Fprintf(c.Stderr, "Warning: the score is not in the history: %v\n", err)
		return nil
	}
	return err
}

// mostCompared is how many runs a page compares.
const mostCompared = 50

// trendOf are the runs in the history that can be compared with one that has that head;
// nil where there are none. A history that cannot be read is a warning, unless it was named
// by its flag.
func (c *command) trendOf(ctx context.Context, head record.Head, flags historyFlags) (*history.Trend, error) {
	of := history.Run{Head: history.Head{Lab: head.Lab, Part: history.PartOf(head)}, Chosen: head.Chosen}
	for _, name := range head.Scenarios {
		of.Scenarios = append(of.Scenarios, history.Scenario{Name: name})
	}
	if flags.none || c.historyName(flags) == "" || of.Series() == "" || head.Kind != "" {
		return nil, nil
	}
	store, err := c.openHistory(ctx, flags, false)
	if errors.Is(err, sqlstore.ErrNone) && flags.name == "" {
		return nil, nil
	}
	var trend *history.Trend
	if err == nil {
		trend, err = history.ReadTrend(ctx, store, history.Query{Last: mostCompared, Series: of.Series()})
		err = errors.Join(err, store.Close())
	}
	if err != nil && flags.name == "" {
		fmt.Fprintf(c.Stderr, "Warning: the page says nothing of earlier runs: %v\n", err)
		return nil, nil
	}
	return trend, err
}
