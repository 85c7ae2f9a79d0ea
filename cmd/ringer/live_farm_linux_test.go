package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/farm/jetstream"
	"github.com/ringer-lab/ringer/emulation/result"
)

// network is a server and three workers, each in a network namespace of its own, joined
// by a bridge.
type network struct {
	t    *testing.T
	name string // what its namespaces' names begin with
}

const farmWorkers = 3

// newNetwork makes the namespaces, or skips the test where that is not allowed.
func newNetwork(t *testing.T) network {
	t.Helper()
	n := network{t, fmt.Sprintf("rf%d", os.Getpid())}
	if out, err := exec.Command("ip", "netns", "add", n.of(0)).CombinedOutput(); err != nil {
		t.Skipf("needs network namespaces, which are made by root with Debian's package iproute2: %v: %s", err, out)
	}
	t.Cleanup(func() {
		for i := range farmWorkers + 1 {
			_ = exec.Command("ip", "netns", "delete", n.of(i)).Run() // one may not have been made
		}
	})
	n.ip("-n", n.of(0), "link", "add", "br0", "type", "bridge")
	n.ip("-n", n.of(0), "address", "add", "10.77.0.1/24", "dev", "br0")
	n.ip("-n", n.of(0), "link", "set", "br0", "up")
	n.ip("-n", n.of(0), "link", "set", "lo", "up")
	for i := 1; i <= farmWorkers; i++ {
		n.ip("netns", "add", n.of(i))
		n.ip("-n", n.of(0), "link", "add", n.port(i), "type", "veth", "peer", "name", "eth0", "netns", n.of(i))
		n.ip("-n", n.of(0), "link", "set", n.port(i), "master", "br0", "up")
		n.ip("-n", n.of(i), "address", "add", fmt.Sprintf("10.77.0.%d/24", 10+i), "dev", "eth0")
		n.ip("-n", n.of(i), "link", "set", "eth0", "up")
		n.ip("-n", n.of(i), "link", "set", "lo", "up")
	}
	return n
}

// of is the namespace of a worker; 0 is the server's.
func (n network) of(i int) string { return fmt.Sprintf("%s-%d", n.name, i) }

// port is a worker's end of the bridge.
func (n network) port(i int) string { return fmt.Sprintf("port%d", i) }

func (n network) ip(args ...string) {
	n.t.Helper()
	out, err := exec.Command("ip", args...).CombinedOutput()
	require.NoError(n.t, err, "%v: %s", args, out)
}

// start starts a ringer in a namespace.
func (n network) start(i int, folder string, args ...string) *process {
	n.t.Helper()
	p := &process{cmd: exec.Command("ip", append([]string{"netns", "exec", n.of(i), os.Getenv("RINGER_BINARY")}, args...)...), ended: make(chan struct{})}
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = folder, &p.stdout, &p.stderr
	p.cmd.Env = append(os.Environ(), "RINGER_RUNS="+filepath.Join(folder, "runs"))
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // with the process of its own that watches it
	require.NoError(n.t, p.cmd.Start())
	go func() {
		_ = p.cmd.Wait() // the exit code is asked for
		close(p.ended)
	}()
	n.t.Cleanup(p.kill)
	return p
}

// process is a ringer under way.
type process struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
	ended          chan struct{}
}

// kill ends it as nothing can prevent, with all that belongs to it.
func (p *process) kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // it may have ended
	<-p.ended
}

// A run of 200 scenarios on three workers loses none and counts none twice, whatever is
// killed, cut off, filled or broken while it goes on, and comes to what a run on one
// machine does.
func TestLiveAFarmLosesNothing(t *testing.T) {
	t.Parallel()
	if os.Getenv("RINGER_BINARY") == "" {
		t.Skip("needs a built ringer: `make test` gives RINGER_BINARY")
	}
	n := newNetwork(t)
	folder := t.TempDir()
	const scenarios = 200
	require.NoError(t, os.Mkdir(filepath.Join(folder, "nights"), 0o700))
	for i := range scenarios {
		hcl := fmt.Sprintf("scenario \"night-%03d\" {\n  title = \"Night %d\"\n}\n\nactor \"soft_cell\" {}\n\nasset \"billing\" \"billing\" {}\n\nstep \"cron_entry_install\" \"entry\" {\n  by = actor.soft_cell\n  on = asset.billing\n\n  expect \"sigma\" \"linux_cron_entry_by_hand\" {\n    verdict = fires\n  }\n}\n", i, i)
		require.NoError(t, os.WriteFile(filepath.Join(folder, "nights", fmt.Sprintf("%03d.hcl", i)), []byte(hcl), 0o600))
	}
	files, err := filepath.Glob(filepath.Join(folder, "nights", "*.hcl"))
	require.NoError(t, err)
	alone := recorded(t, filepath.Join(folder, "alone", "runs"), append([]string{"run", "--lab", "fake", "--json"}, files...)...)
	require.Equal(t, 0, alone.code, alone.stderr.String())

	// What is kept of recordings has a disk of its own, which is soon full.
	disk := filepath.Join(folder, "farm", "recordings")
	require.NoError(t, os.MkdirAll(disk, 0o700))
	require.NoError(t, syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"))
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })

	serve := append([]string{"farm", "serve", "--lab", "fake", "--addr", "10.77.0.1:4747", "--data", "farm", "--lease", "2s", "--json"}, files...)
	work := func(i int, name string) *process {
		return n.start(i, folder, "farm", "work", "--join", "farm/worker.json", "--name", name, "--heartbeat", "500ms")
	}
	server := n.start(0, folder, serve...)
	invitation := filepath.Join(folder, "farm", "worker.json")
	require.Eventually(t, func() bool { _, err := os.Stat(invitation); return err == nil }, 60*time.Second, 20*time.Millisecond, "%s", &server.stderr)
	status := func() (s jetstream.Status) {
		out, err := exec.Command("ip", "netns", "exec", n.of(0), os.Getenv("RINGER_BINARY"), "farm", "status", "--join", invitation, "--json").Output()
		if err == nil {
			require.NoError(t, json.Unmarshal(out, &s))
		}
		return s
	}
	await := func(what string, is func(jetstream.Status) bool) {
		t.Helper()
		require.Eventually(t, func() bool { return is(status()) }, 120*time.Second, 50*time.Millisecond, "%s: %s", what, &server.stderr)
	}
	entered := func(least int) func(jetstream.Status) bool {
		return func(s jetstream.Status) bool { return s.Kept+s.Entered >= least }
	}
	first, second, third := work(1, "first"), work(2, "second"), work(3, "third")

	await("the disk is full", func(s jetstream.Status) bool { return s.Delayed > 0 })
	require.NoError(t, syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=200m"))
	full := status().Kept + status().Entered
	await("it goes on", entered(full+10))
	first.kill()
	first = work(1, "again")
	n.ip("-n", n.of(0), "link", "set", n.port(2), "down")
	await("it goes on without two", entered(full+30))
	server.kill()
	server = n.start(0, folder, serve...)
	await("it goes on after the server was killed", entered(full+40))
	n.ip("-n", n.of(0), "link", "set", n.port(2), "up")
	for _, p := range []*process{server, first, second, third} {
		select {
		case <-p.ended:
			require.Zero(t, p.cmd.ProcessState.ExitCode(), "%s%s", &p.stdout, &p.stderr)
		case <-time.After(180 * time.Second):
			require.Fail(t, "it does not end", "%s%s", &p.stderr, &server.stderr)
		}
	}
	assert.Contains(t, server.stderr.String(), "200 of 200 scenarios")
	t.Log(server.stderr.String(), first.stdout.String(), second.stdout.String(), third.stdout.String())

	var farmed result.Run
	require.NoError(t, json.Unmarshal(server.stdout.Bytes(), &farmed))
	require.Len(t, farmed.Scenarios, scenarios)
	assert.Equal(t, verdictsOf(parse(t, alone)), verdictsOf(farmed))
	listed := n.start(0, folder, "history", "--json")
	<-listed.ended
	var kept struct{ Runs []struct{ Scenarios int } }
	require.NoError(t, json.Unmarshal(listed.stdout.Bytes(), &kept), "%s", &listed.stdout)
	require.Len(t, kept.Runs, 1)
	assert.Equal(t, scenarios, kept.Runs[0].Scenarios)
}
