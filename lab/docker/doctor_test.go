package docker

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/moby/moby/api/types/system"
	"github.com/moby/moby/client"
	"github.com/rs/zerolog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/inside"
)

func TestTheDoctorKnowsAnUnfitEngine(t *testing.T) {
	t.Parallel()
	able := system.Info{
		MemoryLimit: true, SwapLimit: true, CPUCfsQuota: true, PidsLimit: true, CgroupVersion: "2",
		SecurityOptions: []string{"name=apparmor", "name=seccomp,profile=unconfined", "name=cgroupns", "name=userns", "name=selinux"},
	}
	assert.Equal(t, Finding{Name: "limits", OK: true, Answer: "memory, swap, CPU and processes are limited (cgroup v2)"}, limitsFinding(able))
	assert.Equal(t, Finding{Name: "seccomp", OK: true, Answer: fmt.Sprintf("an asset may make %d system calls, by ringer's own profile", len(allowedSyscalls()))}, seccompFinding(able))
	assert.Equal(t, Finding{Name: "host", OK: true, Answer: "AppArmor, SELinux, user namespaces confine assets as well"}, hostFinding(able))

	unable := system.Info{MemoryLimit: true, PidsLimit: true, SecurityOptions: []string{"name=rootless"}}
	assert.Equal(t, Finding{
		Name: "limits", Answer: "the engine cannot limit swap, CPU",
		WhatToDo: "enable the cgroup controllers (cgroup_enable=memory swapaccount=1), or run Docker with them delegated",
	}, limitsFinding(unable))
	assert.Equal(t, Finding{
		Name: "seccomp", Answer: "the engine cannot filter system calls: it has no seccomp", WhatToDo: "use a kernel and a Docker Engine with seccomp",
	}, seccompFinding(unable))
	assert.Equal(t, Finding{
		Name: "host", OK: true, Answer: "user namespaces confine assets as well; no AppArmor, no SELinux, which would confine assets further",
	}, hostFinding(unable))
	assert.Equal(t, Finding{
		Name: "host", OK: true, Answer: "no AppArmor, no SELinux, no user namespaces, which would confine assets further",
	}, hostFinding(system.Info{}))
}

func TestAnEngineThatCannotRunAssetsIsRefused(t *testing.T) {
	t.Parallel()
	assert.NoError(t, checkPlatform(client.ServerVersionResult{Os: "linux", Arch: "amd64"}))
	assert.EqualError(t, checkPlatform(client.ServerVersionResult{Os: "windows", Arch: "amd64"}),
		"the engine runs windows containers, but assets are Linux containers")
	assert.EqualError(t, checkPlatform(client.ServerVersionResult{Os: "linux", Arch: "arm64"}),
		"the engine runs on arm64, but the sensor can trace system calls on amd64 only")
	podman := client.ServerVersionResult{Os: "linux", Arch: "amd64", Components: []system.ComponentVersion{{Name: "Podman Engine"}, {Name: "Conmon"}}}
	assert.ErrorContains(t, checkPlatform(podman), "this is Podman: its Docker API")
	assert.Contains(t, platformToDo(podman), "a Docker Engine")
}

func TestAVersionOfTheAPIThatCannotBeUsedIsNoLab(t *testing.T) {
	t.Parallel()
	assert.NoError(t, checkGivenAPI("1.41", "1.41"))
	assert.NoError(t, checkGivenAPI("1.44", ""))
	for given, want := range map[string]string{
		"9.9":  "version 9.9 of its API, which DOCKER_API_VERSION chooses, must be 1.41 or older",
		"1.42": "must be 1.41 or older",
		"1.30": "must be 1.41 or newer",
		"v":    "must be two numbers",
	} {
		assert.ErrorContains(t, checkGivenAPI(given, "1.41"), want, given)
	}
	no := noLab(endpoint{"unix:///run/docker.sock", "DOCKER_HOST"}, checkGivenAPI("9.9", "1.41"))
	require.ErrorIs(t, no, runner.ErrNoLab)
	assert.ErrorContains(t, no, "Docker at unix:///run/docker.sock (from DOCKER_HOST): version 9.9 of its API")
	assert.ErrorContains(t, no, "; unset DOCKER_API_VERSION, or")
	assert.ErrorContains(t, checkEngineAPI(client.ServerVersionResult{APIVersion: "1.40"}), "too old")
}

func TestVersionsAreComparedAsNumbers(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{"1.41": true, "1.100": true, "2.0": true, "1.40": false, "1.5": false, "": false, "1": false} {
		assert.Equal(t, want, atLeast(version, [2]int{1, 41}), version)
	}
}

func TestTheDoctorSaysWhatToDoWithoutAnEngine(t *testing.T) {
	t.Parallel()
	script := filepath.Join(t.TempDir(), "ringer")
	require.NoError(t, os.WriteFile(script, []byte("#!/bin/sh\n"), 0o755))
	env := func(name string) string { return map[string]string{"DOCKER_HOST": "unix:///nonexistent.sock"}[name] }
	found := Doctor(t.Context(), Options{Binary: script, Inside: notBuilt, Log: zerolog.Nop(), Env: env})
	require.Len(t, found, 2)
	for _, finding := range found {
		assert.False(t, finding.OK)
		assert.NotEmpty(t, finding.WhatToDo)
	}
	assert.Equal(t, "engine", found[1].Name)
	assert.Contains(t, found[1].Answer, "unix:///nonexistent.sock")
	assert.NotContains(t, found[1].Answer, "ringer doctor", "this is it")
}

func TestTheDoctorSaysWhyPodmanIsNotUsed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	env := func(name string) string { return map[string]string{"XDG_RUNTIME_DIR": folder}[name] }
	socket := filepath.Join(folder, "podman", "podman.sock")
	require.NoError(t, os.Mkdir(filepath.Dir(socket), 0o700))
	require.NoError(t, os.WriteFile(socket, nil, 0o600))
	found := podmanFindings(env)
	require.Len(t, found, 1)
	assert.True(t, found[0].OK, "it is not what a run needs")
	assert.Contains(t, found[0].Answer, "podman.sock, and is not used: its Docker API")
}

// notBuilt is for a ringer that was not built by make.
func notBuilt(string) ([]byte, error) { return nil, inside.ErrNotBuilt }

func TestWhoMayNotUseTheEngineIsNotAdvisedToStartIt(t *testing.T) {
	t.Parallel()
	at := endpoint{host: "unix://" + defaultSocket, source: "the default socket"}
	denied := noLab(at, errors.New("permission denied while trying to connect to the docker API at unix:///var/run/docker.sock"))
	assert.ErrorIs(t, denied, runner.ErrNoLab)
	assert.ErrorContains(t, denied, "join the group that owns the socket")
	assert.NotContains(t, denied.Error(), "start Docker")
}

func TestDockerDoctor(t *testing.T) {
	t.Parallel()
	found := Doctor(t.Context(), options(t))
	var names []string
	for _, finding := range found {
		names = append(names, finding.Name)
		assert.True(t, finding.OK, "%s: %s", finding.Name, finding.Answer)
		assert.NotEmpty(t, finding.Answer)
		assert.Empty(t, finding.WhatToDo)
		t.Logf("%s: %s", finding.Name, finding.Answer)
	}
	assert.Equal(t, []string{"binary", "engine", "limits", "seccomp", "host", "leftovers", "services", "own images", "image", "asset", "watchdog"}, names)
}
