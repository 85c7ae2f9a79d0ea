package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What has another meaning to other programs of a company is nothing to ringer: here it
// would have each image looked for under another name, or the program end.
func TestLiveTheConfigurationOfTestcontainersIsNotRead(t *testing.T) {
	t.Parallel()
	ringer := live(t)
	home := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(home, ".testcontainers.properties"), []byte("hub.image.name.prefix=registry.example.com/mirror/\nprovider=podman\n"), 0o600))
	run := exec.CommandContext(t.Context(), ringer, "run", "--quiet", "host_web")
	run.Env = append(os.Environ(), "HOME="+home, "TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX=registry.example.com/", "TESTCONTAINERS_SESSION_ID=not a name!", "RINGER_RUNS="+t.TempDir())
	said, err := run.CombinedOutput()
	require.NoError(t, err, "%s", said)
}

func TestLiveAVersionOfTheAPIThatCannotBeUsedIsNoLab(t *testing.T) {
	t.Parallel()
	ringer := live(t)
	for _, version := range []string{"9.9", "1.30", "latest"} {
		for _, command := range []string{"run host_web", "doctor", "clean"} {
			cmd := exec.CommandContext(t.Context(), ringer, strings.Fields(command)...)
			cmd.Env = append(os.Environ(), "DOCKER_API_VERSION="+version, "RINGER_RUNS="+t.TempDir())
			said, _ := cmd.CombinedOutput() // its code is looked at
			assert.Equal(t, 3, cmd.ProcessState.ExitCode(), "%s %s: %s", version, command, said)
			assert.Contains(t, string(said), "DOCKER_API_VERSION", command)
		}
	}
}

// Another build is put in the place of the program's file while a run starts: what the
// run starts of it is the program that runs.
func TestLiveARunEndsWithTheBuildThatItBeganWith(t *testing.T) {
	t.Parallel()
	ringer := live(t)
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells a program's file from what has taken its place")
	}
	for _, after := range []time.Duration{0, 20 * time.Millisecond, 100 * time.Millisecond, 500 * time.Millisecond} {
		t.Run(after.String(), func(t *testing.T) {
			folder := t.TempDir()
			own := filepath.Join(folder, "ringer")
			copyFile(t, ringer, own, 0o755)
			other := filepath.Join(folder, "other")
			require.NoError(t, os.WriteFile(other, []byte("#!/bin/sh\ntouch "+folder+"/started\nexit 1\n"), 0o755))
			run := exec.CommandContext(t.Context(), own, "run", "--quiet", "host_web")
			run.Env = append(os.Environ(), "RINGER_RUNS="+t.TempDir())
			var said bytes.Buffer
			run.Stdout, run.Stderr = &said, &said
			require.NoError(t, run.Start())
			time.Sleep(after)
			require.NoError(t, os.Rename(other, own))
			require.NoError(t, run.Wait(), "%s", said.String())
			assert.NoFileExists(t, filepath.Join(folder, "started"))
		})
	}
}

func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	in, err := os.Open(from)
	require.NoError(t, err)
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, mode)
	require.NoError(t, err)
	_, err = io.Copy(out, in)
	require.NoError(t, err)
	require.NoError(t, out.Close())
}

// A crash of ringer itself, wherever it comes from, is no invalid input; what it had
// started is gone when it ends.
func TestLiveACrashExitsAsABrokenRunAndLeavesNothing(t *testing.T) {
	t.Parallel()
	ringer := live(t)
	if runtime.GOOS != "linux" {
		t.Skip("needs the processes that Linux lists")
	}
	run := exec.CommandContext(t.Context(), ringer, "run", "--verbose", "host_web")
	run.Env = append(os.Environ(), "RINGER_RUNS="+t.TempDir())
	var said bytes.Buffer
	stderr, err := run.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, run.Start())
	began := make([]byte, 1)
	_, err = io.ReadFull(io.TeeReader(stderr, &said), began) // its first word: the run is under way
	require.NoError(t, err)
	require.NoError(t, run.Process.Signal(syscall.SIGQUIT))
	_, _ = io.Copy(&said, stderr)
	_ = run.Wait() // its code is looked at
	assert.Equal(t, 4, run.ProcessState.ExitCode(), "%s", said.String())
	assert.Contains(t, said.String(), "ringer itself failed")
	assert.Empty(t, containers(t, run.Process.Pid))
}
