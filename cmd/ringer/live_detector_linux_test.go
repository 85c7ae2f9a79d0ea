package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/witness"
)

// slowness is how long the slow detector keeps an alert to itself.
const slowness = 10 * time.Second

// detectorsOutside are the bpftrace detector by two ways: a file that has its alerts at
// once, and one that has them late.
const detectorsOutside = `
detector "alerts" "kernel" {
  format = json
  file   = %q
  map = {
    rule = "rule", time = "time", host = "host", container = "container", process = "comm",
    pid = "inner_pid", args = "args", parent = "parent", file = "path",
  }
  within = "10s"
  wait   = "12s"
  probe  = "probe"
}

detector "alerts" "slow" {
  format = json
  file   = %q
  map    = { rule = "rule", time = "time", container = "container", process = "comm", pid = "inner_pid", file = "path" }
  within = "1s"
  wait   = "60s"
}
`

// outsider is the bpftrace detector, a process on this machine that sees everybody's
// containers.
type outsider struct {
	process
	// detectors is the file of detector blocks.
	detectors string
	// entry is what the cron entries are called on the first of which it is stopped.
	entry string
}

// startOutsider returns once it is awake. It skips the test where the kernel cannot be
// asked.
func startOutsider(t *testing.T) *outsider {
	t.Helper()
	if err := witness.CheckTraceable(); err != nil {
		t.Skip(err)
	}
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", in("detect"), "../../lab/witness/detector/detect").CombinedOutput()
	require.NoError(t, err, "%s", out)
	files := map[string]*os.File{}
	for _, name := range []string{"alerts.json", "slow.json", "said"} {
		files[name], err = os.Create(in(name))
		require.NoError(t, err)
		t.Cleanup(func() { files[name].Close() })
	}
	d := &outsider{detectors: in("detectors.hcl"), entry: fmt.Sprintf("cdr-%d", os.Getpid())}
	text := fmt.Sprintf(detectorsOutside, in("alerts.json"), in("slow.json"))
	require.NoError(t, os.WriteFile(d.detectors, []byte(text), 0o600))

	d.cmd, d.ended = exec.Command(in("detect")), make(chan struct{})
	d.cmd.Stderr = files["said"]
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // with its bpftrace
	alerts, err := d.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, d.cmd.Start())
	slow := make(chan delayed, outside.MostAlerts)
	go func() {
		defer close(d.ended)
		defer close(slow)
		d.relay(alerts, files["alerts.json"], slow)
		_ = d.cmd.Wait() // it is killed
	}()
	go func() {
		for one := range slow {
			time.Sleep(time.Until(one.until))
			_, _ = files["slow.json"].WriteString(one.line) // the test may have ended
		}
	}()
	t.Cleanup(d.kill)
	said := func() string { text, _ := os.ReadFile(in("said")); return string(text) }
	require.Eventually(t, func() bool { return strings.Contains(said(), "ready") || d.hasEnded() }, 60*time.Second, 50*time.Millisecond, "it does not begin to see")
	require.False(t, d.hasEnded(), said())
	return d
}

// delayed is an alert of the slow detector.
type delayed struct {
	line  string
	until time.Time
}

// relay hands on what it alerts, until it has alerted on the file on which it is stopped.
func (d *outsider) relay(alerts io.Reader, now io.StringWriter, slow chan<- delayed) {
	for lines := bufio.NewScanner(alerts); lines.Scan(); {
		line := lines.Text() + "\n"
		_, _ = now.WriteString(line) // the test may have ended
		slow <- delayed{line, time.Now().Add(slowness)}
		if strings.Contains(line, "/etc/cron.d/"+d.entry) {
			_ = syscall.Kill(-d.cmd.Process.Pid, syscall.SIGKILL) // it may have ended
			return
		}
	}
}

func (d *outsider) hasEnded() bool {
	select {
	case <-d.ended:
		return true
	default:
		return false
	}
}

// performed performs a scenario under its eyes, and returns what came of each step. A
// replay of the recording must come to the same.
func (d *outsider) performed(t *testing.T, file string, args ...string) (map[string]result.Step, *ran) {
	t.Helper()
	recording := filepath.Join(t.TempDir(), "run.ringer")
	out := ringer(t, append([]string{"run", file, "--json", "--record", recording, "--detectors", d.detectors}, args...)...)
	run := parse(t, out)
	require.Len(t, run.Scenarios, 1, "%s", &out.stderr)
	again := ringer(t, "replay", recording, "--json")
	assert.Equal(t, out.code, again.code, "%s", &again.stderr)
	replayed := parse(t, again)
	require.Len(t, replayed.Scenarios, 1)
	assert.Equal(t, run.Scenarios[0].Outside, replayed.Scenarios[0].Outside)
	require.Len(t, run.Scenarios[0].Outside, 2)
	for _, of := range run.Scenarios[0].Outside {
		assert.Zero(t, of.Unreadable, "%s: %s", of.Name, of.Problem)
		for _, alert := range of.Unjoined { // of other containers, and of what takes back
			assert.Empty(t, alert.Fits, "%s: %s %s", of.Name, alert.Rule, alert.Joined)
		}
	}
	steps := map[string]result.Step{}
	for i, step := range run.Scenarios[0].Steps {
		assert.Equal(t, step.Expectations, replayed.Scenarios[0].Steps[i].Expectations, step.ID)
		steps[step.ID] = step
	}
	return steps, out
}

// Alerts of a detector that sees containers from outside, as the kernel has them, are
// found to be of the steps that they are of, in time and late; where it is silent that
// counts as long as it works.
func TestLiveADetectorOutside(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it waits for late alerts")
	}
	live(t)
	d := startOutsider(t)

	steps, out := d.performed(t, "testdata/outside/seen.hcl")
	assert.Equal(t, 1, out.code, "%s%s", &out.stderr, &out.stdout)
	detected := 0
	for id, step := range steps {
		for _, e := range step.Expectations {
			what := fmt.Sprintf("%s %s %s: %s", id, e.Detector, e.Rule, e.Reason)
			want := verdict.Detected
			switch {
			case id == "crontab":
				want = verdict.Silent
			case e.Detector == "alerts.slow":
				want = verdict.DetectedLate
			}
			require.Equal(t, want, e.Verdict, what)
			require.Equal(t, want == verdict.Silent, len(e.Outside) == 0, what)
			for _, alert := range e.Outside {
				assert.Subset(t, alert.By, []outside.Evidence{outside.Container, outside.Process, outside.Path}, what)
				assert.NotContains(t, alert.By, outside.Time, what)
			}
			if want == verdict.Detected {
				detected++
			}
		}
	}
	t.Logf("%d steps detected in time", detected)
	assert.GreaterOrEqual(t, detected, 10, "steps that were detected in time")
	assert.Equal(t, verdict.DetectedLate, verdictOf(steps["cron_second"], "alerts.slow", "cron_file"))
	assert.Equal(t, verdict.Silent, verdictOf(steps["crontab"], "alerts.kernel", "cron_file"))

	// It is stopped in the middle: from then on its silence says nothing.
	require.False(t, d.hasEnded())
	steps, out = d.performed(t, "testdata/outside/stopped.hcl", "--var", "entry="+d.entry, "--pace", "60x")
	assert.Equal(t, 4, out.code, "%s%s", &out.stderr, &out.stdout)
	require.True(t, d.hasEnded(), "it was not stopped")
	assert.Equal(t, verdict.Detected, verdictOf(steps["first"], "alerts.kernel", "cron_file"))
	assert.Equal(t, verdict.Errored, verdictOf(steps["first"], "alerts.kernel", "systemd_unit"), "it was stopped while it was waited for")
	for _, id := range []string{"second", "third"} {
		require.Len(t, steps[id].Expectations, 2)
		for _, e := range steps[id].Expectations {
			assert.Equal(t, verdict.Errored, e.Verdict, "%s %s: %s", id, e.Rule, e.Reason)
			assert.Equal(t, `alerts.kernel did not answer: no alert of its probe "probe" came within 10s, after the last step`, e.Reason, id)
		}
	}
}

// verdictOf is the verdict on a rule of a detector; Pending where the step expects nothing
// of it.
func verdictOf(step result.Step, detector, rule string) verdict.Verdict {
	for _, e := range step.Expectations {
		if e.Detector == detector && e.Rule == rule {
			return e.Verdict
		}
	}
	return verdict.Pending
}
