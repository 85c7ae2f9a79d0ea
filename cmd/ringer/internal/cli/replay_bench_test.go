package cli

import (
	"context"
	"io"
	"os"
	"runtime/debug"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// benchmarked returns the recording that RINGER_RECORDING names, or else that of the
// shipped overlap campaign, and a command that reads it. The collector is set as the
// program sets it.
func benchmarked(b *testing.B) (*command, string) {
	collected := debug.SetGCPercent(400)
	b.Cleanup(func() { debug.SetGCPercent(collected) })
	name := shippedPrefix + "overlap"
	if other, ok := os.LookupEnv("RINGER_RECORDING"); ok {
		name = other
	}
	return &command{State: &State{Env: func(string) string { return "" }, Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}}, name
}

// BenchmarkReplay judges a recorded run again, as the command does, but for the start
// of the process.
func BenchmarkReplay(b *testing.B) {
	c, name := benchmarked(b)
	for b.Loop() {
		require.NoError(b, c.replay(b.Context(), name, replayFlags{view: viewFlags{quiet: true}}))
	}
}

// BenchmarkRejudge judges it once more where only rules may have changed: the events
// were translated before, rules and plans are made anew.
func BenchmarkRejudge(b *testing.B) {
	c, name := benchmarked(b)
	recording, err := c.openRecording(name)
	require.NoError(b, err)
	defer recording.Close()
	e, err := c.readRecorded(recording, ruleFlags{})
	require.NoError(b, err)
	runs := map[string]*runner.RunRecord{}
	_, err = c.performPlans(b.Context(), c.replaying(recording, false), e.plans, e.rules, 1,
		func(_ context.Context, _ int, run *runner.RunRecord, _ result.Scenario) error {
			runs[run.Plan.Name] = run
			return nil
		})
	require.NoError(b, err)
	for b.Loop() {
		require.NoError(b, c.rejudge(b.Context(), recording, e, runs))
	}
}

func (c *command) rejudge(ctx context.Context, recording *record.Recording, e exercise, runs map[string]*runner.RunRecord) error {
	rules, err := c.recordedRules(recording, ruleFlags{})
	if err != nil {
		return err
	}
	plans, problems := c.buildPlans(e.Set, rules, recording.Head.Started)
	if problems.HasErrors() {
		return problems
	}
	judges := c.judges(c.replaying(recording, false), rules)
	for _, p := range plans {
		run := *runs[p.Name]
		run.Plan = p
		if _, err := judges.Conclude(ctx, &run); err != nil {
			return err
		}
	}
	return nil
}
