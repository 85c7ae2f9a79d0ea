package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/shard"
)

// shardFlags say which part of a run is performed.
type shardFlags struct {
	part      shardPart
	durations string
}

// addTo declares the flags.
func (f *shardFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().Var(&f.part, "shard", "perform one of several parts of the run, `I/N` such as 2/4; \"ringer merge\" joins their recordings")
	cmd.Flags().StringVar(&f.durations, "durations", "", "split by how long scenarios took in this `RECORDING`, in place of the history")
}

const shardHelp = "With --shard 1/4 to 4/4, on four machines or one after the other, each scenario is in one\n" +
	"part: the longest first, each to the part with the least to do. How long scenarios take\n" +
	"is taken from the whole runs in the history, or from the recording that --durations names;\n" +
	"without either, by how many steps they have. All parts must be told the same, or\n" +
	"`ringer merge` refuses them: on machines that share no history give all of them the same\n" +
	"recording, or --no-history. Gates are for the run as a whole: give them to\n" +
	"`ringer replay` of what was merged.\n\n"

func (f *shardFlags) check(variants bool, keep recordFlags) error {
	switch {
	case f.part == (shardPart{}) && f.durations != "":
		return usageError{errors.New("--durations is for --shard: it says how scenarios are split")}
	case f.part == (shardPart{}):
		return nil
	case variants:
		return usageError{errors.New("--shard cannot be combined with --variants")}
	case keep.none:
		return usageError{errors.New("--shard cannot be combined with --no-record: the recordings of all parts are what is merged")}
	}
	return nil
}

// shardPart is the value of --shard.
type shardPart shard.Part

// Set reads a part.
func (p *shardPart) Set(given string) error {
	read, err := shard.Parse(given)
	*p = shardPart(read)
	return err
}

// String is the default, which is a whole run.
func (p *shardPart) String() string { return "" }

// Type stands in the help for what is to be given.
func (*shardPart) Type() string { return "I/N" }

// sharded is the part of an exercise that flags ask for, in that lab, and tells what is in
// it.
func (c *command) sharded(ctx context.Context, e exercise, flags shardFlags, known historyFlags, lab string) (exercise, error) {
	part := flags.part
	if part == (shardPart{}) {
		return e, nil
	}
	took, by, err := c.durations(ctx, flags, known, lab)
	if err != nil {
		return e, err
	}
	var all []shard.Scenario
	whole := &record.Shard{Index: part.Index, Of: part.Of}
	for _, p := range e.plans {
		all = append(all, shard.Scenario{Name: p.Name, Steps: len(p.Baselines) + len(p.Steps), Took: took[p.Name]})
		whole.Whole = append(whole.Whole, p.Name)
	}
	split, err := shard.Split(all, part.Of)
	if err != nil {
		return e, usageError{fmt.Errorf("--shard: %w", err)}
	}
	whole.Durations, e.shard = split.Digest, whole
	e.plans = plansNamed(e.plans, split.Parts[part.Index-1])
	sum := int64(0)
	for _, load := range split.Loads {
		sum += load
	}
	loads := fmt.Sprintf("%d of %d steps", split.Loads[part.Index-1], sum)
	if slices.ContainsFunc(all, func(s shard.Scenario) bool { return s.Took > 0 }) {
		loads = fmt.Sprintf("%.1f of %.1f s", float64(split.Loads[part.Index-1])/1000, float64(sum)/1000)
	}
	fmt.Fprintf(c.Stderr, "part %s: %d of %d scenarios, %s (%s)\n", whole, len(e.plans), len(all), loads, by)
	return e, nil
}

// durations are how long scenarios took, and where that is known from.
func (c *command) durations(ctx context.Context, flags shardFlags, known historyFlags, lab string) (took map[string]time.Duration, by string, err error) {
	const bySteps = "it is not known how long they take"
	if flags.durations != "" {
		took, err = c.recordedDurations(flags.durations)
		return took, "as in " + flags.durations, err
	}
	if known.none || c.historyName(known) == "" {
		return nil, bySteps, nil
	}
	store, err := c.openHistory(ctx, known, false)
	if errors.Is(err, sqlstore.ErrNone) {
		return nil, bySteps, nil
	}
	if err != nil {
		return nil, "", err
	}
	took, err = store.Durations(ctx, lab)
	if len(took) == 0 {
		by = bySteps
	} else {
		by = "as in the history"
	}
	return took, by, errors.Join(err, store.Close())
}

// recordedDurations are how long the scenarios of a recording took.
func (c *command) recordedDurations(name string) (map[string]time.Duration, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return nil, err
	}
	defer recording.Close()
	took := map[string]time.Duration{}
	return took, eachFinished(recording, func(s *record.ScenarioRecord) error {
		took[s.Name] = s.Took()
		return nil
	})
}
