package docker

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/moby/moby/api/types/container"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/confinement"
)

var user = fmt.Sprintf("%d:%d", confinement.User, confinement.Group)

// profile lists the system calls that an asset may make, in the engine's own format:
// https://docs.docker.com/engine/security/seccomp/
//
//go:embed seccomp.json
var profile []byte

// seccompOption gives the engine the profile.
var seccompOption = func() string {
	var compact bytes.Buffer
	if err := json.Compact(&compact, profile); err != nil {
		panic("docker: seccomp.json: " + err.Error())
	}
	return "seccomp=" + compact.String()
}()

// allowedSyscalls lists those of the profile that an asset may make, some with certain
// arguments only.
func allowedSyscalls() map[string]bool {
	var rules struct {
		Syscalls []struct {
			Names  []string
			Action string
		}
	}
	if err := json.Unmarshal(profile, &rules); err != nil {
		panic("docker: seccomp.json: " + err.Error())
	}
	names := map[string]bool{}
	for _, rule := range rules.Syscalls {
		for _, name := range rule.Names {
			if rule.Action == "SCMP_ACT_ALLOW" {
				names[name] = true
			}
		}
	}
	return names
}

// containerRuntime is the one of an engine's that assets are started by: each engine has it.
const containerRuntime = "runc"

// shmSize is the engine's own, for a file system that an asset does not have.
const shmSize = 64 << 20

// environment is what each program inside finds: what the engine sets by itself.
var environment = []string{"PATH=" + confinement.SearchPath}

// harden is all that decides what an asset's container may do, but for file systems of
// its own (see giveOwnPlaces) and for images of users' own (see loosen). It takes nothing, so nothing in a scenario can loosen it; and it asks for what an engine's
// configuration could otherwise decide, so that what has come can be compared.
func harden(host *container.HostConfig) {
	var ulimits []*container.Ulimit
	for _, limit := range confinement.Limits() {
		ulimits = append(ulimits, &container.Ulimit{Name: limit.Name, Soft: limit.Most, Hard: limit.Most})
	}
	*host = container.HostConfig{
		NetworkMode:    "none",
		IpcMode:        "none", // private, and without the writable /dev/shm
		ShmSize:        shmSize,
		CgroupnsMode:   container.CgroupnsModePrivate,
		CapDrop:        []string{"ALL"},
		SecurityOpt:    []string{"no-new-privileges", seccompOption},
		ReadonlyRootfs: true,
		MaskedPaths:    confinement.MaskedPaths(),
		ReadonlyPaths:  confinement.ReadonlyPaths(),
		Tmpfs:          map[string]string{effect.Root: inMemory("0700")},
		Runtime:        containerRuntime,
		OomScoreAdj:    confinement.OOMScore,
		LogConfig:      container.LogConfig{Type: "none"}, // the streams are the wire's
		RestartPolicy:  container.RestartPolicy{Name: container.RestartPolicyDisabled},
		AutoRemove:     true,
		Init:           new(false), // the agent is the one to reap
		Resources: container.Resources{
			Memory:     confinement.Memory,
			MemorySwap: confinement.Memory, // the same: no swap
			NanoCPUs:   confinement.CPUs * 1_000_000_000,
			PidsLimit:  new(int64(confinement.Processes)),
			Ulimits:    ulimits,
		},
	}
}

// inMemory are the options of a file system of an asset's, with the mode of its root.
func inMemory(mode string) string { return inMemoryOf(mode, confinement.User, confinement.Group) }

// inMemoryOf are those of one that is another user's.
func inMemoryOf(mode string, user, group int) string {
	return fmt.Sprintf("rw,exec,nosuid,nodev,size=%d,nr_inodes=%d,mode=%s,uid=%d,gid=%d",
		confinement.FileSystem, confinement.Files, mode, user, group)
}

// giveOwnPlaces adds, for a platform that has them, the file systems at an asset's own
// places. It is all that differs between two assets' settings but their names.
func giveOwnPlaces(host *container.HostConfig, platform effect.Platform) {
	for _, place := range effect.OwnPlaces(platform) {
		host.Tmpfs[place] = inMemory("0755")
	}
}

// configure sets what the container runs and how it is spoken to.
func configure(config *container.Config, imageID, hostname string) {
	*config = container.Config{
		Image:      imageID,
		Labels:     config.Labels,
		Hostname:   hostname,
		User:       user,
		Env:        environment,
		Entrypoint: []string{artifact.Interpreter, "agent"},
		WorkingDir: "/",
		// Beside the mode "none": the engine then sets no network up, for which it would
		// start itself once more, and the namespace has the loopback alone.
		NetworkDisabled: true,
		OpenStdin:       true,
		StdinOnce:       true, // our end closed is the agent's end of input
		AttachStdin:     true,
		AttachStdout:    true,
		AttachStderr:    true,
	}
}
