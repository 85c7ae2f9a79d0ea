package docker

import (
	"fmt"

	"github.com/moby/moby/api/types/container"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/image"
)

// What an asset may use. An asset's files are a few kilobytes each, and the
// agent holds the largest share of the memory.
const (
	memory    = 256 << 20
	cpus      = 1_000_000_000 // one, in billionths: more than one host core is refused
	pids      = 256
	tmpfsSize = "128m"
	fileSize  = 64 << 20
	openFiles = 1024
)

var user = fmt.Sprintf("%d:%d", image.User, image.Group)

// harden is all that decides what an asset's container may do. It takes
// nothing, so nothing in a scenario can loosen it. The seccomp profile is the
// engine's default: naming none keeps it.
func harden(host *container.HostConfig) {
	limit := func(name string, most int64) *container.Ulimit {
		return &container.Ulimit{Name: name, Soft: most, Hard: most}
	}
	*host = container.HostConfig{
		NetworkMode:    "none",
		IpcMode:        "none", // private, and without the writable /dev/shm
		CapDrop:        []string{"ALL"},
		SecurityOpt:    []string{"no-new-privileges"},
		ReadonlyRootfs: true,
		Tmpfs: map[string]string{
			effect.Root: fmt.Sprintf("rw,exec,nosuid,nodev,size=%s,mode=0700,uid=%d,gid=%d", tmpfsSize, image.User, image.Group),
		},
		LogConfig:  container.LogConfig{Type: "none"}, // the streams are the wire's
		AutoRemove: true,
		Init:       new(false), // the agent is the one to reap
		Resources: container.Resources{
			Memory:     memory,
			MemorySwap: memory, // the same: no swap
			NanoCPUs:   cpus,
			PidsLimit:  new(int64(pids)),
			Ulimits:    []*container.Ulimit{limit("core", 0), limit("fsize", fileSize), limit("nofile", openFiles)},
		},
	}
}

// configure sets what the container runs and how it is spoken to. The image has
// the entrypoint; the environment is empty.
func configure(config *container.Config, imageID, hostname string) {
	*config = container.Config{
		Image:    imageID,
		Labels:   config.Labels,
		Hostname: hostname,
		User:     user,
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
