package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// The tests of this file run the true binary in true containers, as a user would.

// live gives the binary that make built, or skips where there is none or no
// Docker: `go test ./...` alone stays quick.
func live(t *testing.T) string {
	t.Helper()
	path := os.Getenv("RINGER_BINARY")
	if path == "" {
		t.Skip("needs Docker and a built ringer: `make test` gives RINGER_BINARY")
	}
	if out, err := exec.CommandContext(t.Context(), "docker", "version").CombinedOutput(); err != nil {
		t.Skipf("needs Docker: %v: %s", err, out)
	}
	return path
}

// ran is a ringer that has ended.
type ran struct {
	stdout, stderr bytes.Buffer
	pid, code      int
}

// ringer runs in the package's folder; what it records goes to a folder of the test.
func ringer(t *testing.T, args ...string) *ran {
	t.Helper()
	return recorded(t, t.TempDir(), args...)
}

// containers are those that the ringer of that process made.
func containers(t *testing.T, pid int) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "docker", "ps", "-aq", "--filter", fmt.Sprintf("label=ringer.pid=%d", pid)).Output()
	require.NoError(t, err)
	return strings.Fields(string(out))
}

func parse(t *testing.T, r *ran) result.Run {
	t.Helper()
	var run result.Run
	require.NoError(t, json.Unmarshal(r.stdout.Bytes(), &run), "%s", r.stderr.String())
	return run
}

func TestLiveSigmaHQ(t *testing.T) {
	t.Parallel()
	out := ringer(t, "run", "--json", "--rules", filepath.Join(sigmahqtest.Folder(t), "rules"), "../../scenarios/sigmahq")
	assert.Equal(t, 0, out.code, "%s", out.stderr.String())
	run := parse(t, out)
	theirs := map[verdict.Verdict]map[string]bool{verdict.Detected: {}, verdict.Silent: {}}
	count(run, func(expectation result.Expectation) bool {
		if set, ok := theirs[expectation.Verdict]; ok && expectation.Because != "ordinary activity" {
			set[expectation.Rule] = true
		}
		return true
	})
	assert.GreaterOrEqual(t, len(theirs[verdict.Detected]), 12, "rules that fire")
	assert.GreaterOrEqual(t, len(theirs[verdict.Silent]), 12, "near misses that stay silent")
}

const prevented = `
scenario "prevented" { title = "A page that cannot be written" }
actor "emissary_panda" { group = "G0027" }
asset "exchange" "mail" {
  protected = ["C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth"]
}
step "owa_web_shell_drop" "backdoor" {
  by = actor.emissary_panda
  on = asset.mail
  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" { verdict = silent }
}
`

func TestLiveSilenceWithoutAnEffectIsNotSilent(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "prevented.hcl")
	require.NoError(t, os.WriteFile(path, []byte(prevented), 0o600))
	out := ringer(t, "run", "--json", path)
	assert.Equal(t, 1, out.code, "%s", out.stderr.String())
	got := parse(t, out).Scenarios[0].Steps[0].Expectations[0]
	assert.Equal(t, verdict.NoEffect, got.Verdict)
	assert.Contains(t, got.Reason, "permission denied")
}

const missed = `
scenario "missed" { title = "A rule that looks elsewhere" }
actor "emissary_panda" { group = "G0027" }
asset "exchange" "mail" {}
step "owa_web_shell_drop" "backdoor" {
  by = actor.emissary_panda
  on = asset.mail
  expect "sigma" "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11" { verdict = fires }
}
`

const elsewhere = `
title: Page Written Elsewhere
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11
status: test
description: Looks for a page in a folder that nobody uses.
logsource: {category: file_event, product: windows}
detection:
  selection:
    TargetFilename|endswith: '.aspx'
    Image|endswith: '\php-cgi.exe'
  condition: selection
level: low
`

func TestLiveMissSaysWhichConditionFailedOnWhichValue(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "missed.hcl"), []byte(missed), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "elsewhere.yml"), []byte(elsewhere), 0o600))
	out := ringer(t, "run", "--rules", filepath.Join(dir, "elsewhere.yml"), filepath.Join(dir, "missed.hcl"))
	assert.Equal(t, 1, out.code, "%s", out.stderr.String())
	assert.Contains(t, out.stdout.String(), "✗ missed")
	assert.Regexp(t, `Image must end with "\\php-cgi.exe"; it is\s+C:\\.*\\w3wp.exe`, out.stdout.String())
	assert.Contains(t, out.stdout.String(), "ringer explain 5f1c3d0e --at missed/backdoor")
	out = ringer(t, "run", "--verbose", "--rules", filepath.Join(dir, "elsewhere.yml"), filepath.Join(dir, "missed.hcl"))
	assert.Equal(t, 1, out.code, "%s", out.stderr.String())
	assert.Regexp(t, `(?m)^missed/mail: backdoor proven in `, out.stderr.String())
	assert.Regexp(t, `✓ TargetFilename`, out.stdout.String())
	assert.Regexp(t, `✗ Image`, out.stdout.String())
	assert.Contains(t, out.stdout.String(), `w3wp.exe`, "the value that did not fit")
}

const journalCut = `
title: Journal Cut
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12
status: test
description: Looks for what an ordinary day of a billing host does as well.
logsource: {category: process_creation, product: linux}
detection:
  selection:
    CommandLine|contains: 'journalctl --vacuum-size'
  condition: selection
level: high
`

func TestLiveAnUnexpectedAlertComesWithItsActivity(t *testing.T) {
	t.Parallel()
	rule := filepath.Join(t.TempDir(), "rule.yml")
	require.NoError(t, os.WriteFile(rule, []byte(journalCut), 0o600))
	out := ringer(t, "run", "--rules", rule, "host_billing")
	assert.Equal(t, 0, out.code, "%s", out.stderr.String())
	assert.Regexp(t, `5f1c3d0e Journal Cut +high +1 +0\n +on days: journal_limit \(billing\)\n +process_creation \(observed\) CommandLine=.*journalctl`, out.stdout.String())
	assert.Regexp(t, `PASS\n$`, out.stdout.String())
}

// startLasting starts a run and returns once a container of it stands.
func startLasting(t *testing.T, more ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(live(t), append([]string{"run", "--parallel", "1"}, more...)...) // ended by the test itself
	cmd.Stdout, cmd.Stderr = nil, nil
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill() // the test failed before it ended the run
			_ = cmd.Wait()
		}
	})
	require.Eventually(t, func() bool { return len(containers(t, cmd.Process.Pid)) > 0 }, time.Minute, 20*time.Millisecond) // a busy machine takes its time
	return cmd
}

// The image of the assets is removed as soon as no container needs it, so that no other
// test may run meanwhile.
func TestLiveAnImageRemovedBetweenTwoScenariosIsLoadedAgain(t *testing.T) {
	cmd := startLasting(t, "--strict", "--no-record", "naikon", "host_iis", "boundary_windows_files", "host_exchange")
	var image string
	require.Eventually(t, func() bool { // a container may be gone again before it is looked at
		for _, id := range containers(t, cmd.Process.Pid) {
			if out, err := exec.CommandContext(t.Context(), "docker", "inspect", "--format", "{{.Image}}", id).Output(); err == nil {
				image = strings.TrimSpace(string(out))
			}
		}
		return image != ""
	}, 20*time.Second, 20*time.Millisecond)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // its exit code says how it ended
	}()
	removed := false
	for going := true; going && !removed; {
		select {
		case <-ended:
			going = false
		default: // an image that a running container is of is refused
			out, err := exec.CommandContext(t.Context(), "docker", "rmi", "--force", image).Output()
			removed = err == nil && len(out) > 0
		}
	}
	<-ended
	assert.True(t, removed)
	assert.Equal(t, 0, cmd.ProcessState.ExitCode())
}

func TestLiveInterruptEndsEverything(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"a run", nil},
		{"a measurement", []string{"--variants"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cmd := startLasting(t, tt.args...)
			require.NoError(t, cmd.Process.Signal(os.Interrupt))
			_ = cmd.Wait() // its exit code says how it ended
			assert.Equal(t, 130, cmd.ProcessState.ExitCode())
			assert.Empty(t, containers(t, cmd.Process.Pid))
			assert.Empty(t, beside(t, cmd.Process.Pid))
		})
	}
}

func TestLiveKillLeavesNothing(t *testing.T) {
	t.Parallel()
	cmd := startLasting(t)
	helpers := beside(t, cmd.Process.Pid)
	require.Len(t, helpers, 1)
	helpers = append(helpers, beside(t, helpers[0])...)
	require.NoError(t, cmd.Process.Signal(syscall.SIGKILL))
	_ = cmd.Wait() // it was killed
	assert.Eventually(t, func() bool {
		for _, pid := range helpers {
			if running(pid) {
				return false
			}
		}
		return len(containers(t, cmd.Process.Pid)) == 0
	}, 10*time.Second, 100*time.Millisecond)
}

// beside lists the processes whose parent that process is.
func beside(t *testing.T, parent int) []int {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	var found []int
	for _, name := range stats {
		text, _ := os.ReadFile(name) // a process may have ended meanwhile
		_, rest, _ := strings.Cut(string(text), ") ")
		var state string
		var ppid, pid int
		if _, err := fmt.Sscan(rest, &state, &ppid); err == nil && ppid == parent {
			_, err := fmt.Sscanf(name, "/proc/%d/", &pid)
			require.NoError(t, err)
			found = append(found, pid)
		}
	}
	return found
}

// running reports whether a process is there and no zombie.
func running(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	return err == nil && !strings.HasPrefix(rest, "Z")
}

// What an asset is allowed is what Docker itself says of it.
func TestLiveAssetIsHardened(t *testing.T) {
	t.Parallel()
	cmd := startLasting(t)
	var text []byte
	require.Eventually(t, func() bool { // one may be gone again before it is looked at
		for _, id := range containers(t, cmd.Process.Pid) {
			out, err := exec.CommandContext(t.Context(), "docker", "inspect", id).Output()
			if err == nil {
				text = out
				return true
			}
		}
		return false
	}, 20*time.Second, 20*time.Millisecond)
	var inspected []struct {
		Config     struct{ User string }
		Mounts     []any
		HostConfig struct {
			NetworkMode    string
			CapDrop        []string
			SecurityOpt    []string
			ReadonlyRootfs bool
			Privileged     bool
			Binds          []string
			PidsLimit      int64
			Memory         int64
			NanoCpus       int64
		}
	}
	require.NoError(t, json.Unmarshal(text, &inspected))
	container := inspected[0]
	assert.Equal(t, "none", container.HostConfig.NetworkMode)
	assert.Equal(t, []string{"ALL"}, container.HostConfig.CapDrop)
	assert.Contains(t, container.HostConfig.SecurityOpt, "no-new-privileges")
	assert.True(t, container.HostConfig.ReadonlyRootfs)
	assert.False(t, container.HostConfig.Privileged)
	assert.Equal(t, "65521:65521", container.Config.User)
	assert.Positive(t, container.HostConfig.PidsLimit)
	assert.Positive(t, container.HostConfig.Memory)
	assert.Positive(t, container.HostConfig.NanoCpus)
	assert.Empty(t, container.HostConfig.Binds)
	assert.Empty(t, container.Mounts)
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	_ = cmd.Wait() // it was interrupted
}
