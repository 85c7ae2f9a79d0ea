package docker

import (
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/mount"
	"github.com/stretchr/testify/assert"
)

func TestHardeningForgetsWhateverWasThere(t *testing.T) {
	t.Parallel()
	loose := container.HostConfig{
		Privileged: true, NetworkMode: "host", PidMode: "host", CapAdd: []string{"ALL"},
		Binds:       []string{"/var/run/docker.sock:/docker.sock"},
		Mounts:      []mount.Mount{{Type: mount.TypeBind, Source: "/", Target: "/host"}},
		SecurityOpt: []string{"seccomp=unconfined"},
	}
	harden(&loose)
	assert.Equal(t, container.HostConfig{
		NetworkMode:    "none",
		IpcMode:        "none",
		CapDrop:        []string{"ALL"},
		SecurityOpt:    []string{"no-new-privileges"},
		ReadonlyRootfs: true,
		Tmpfs:          map[string]string{"/asset": "rw,exec,nosuid,nodev,size=128m,mode=0700,uid=65534,gid=65534"},
		LogConfig:      container.LogConfig{Type: "none"},
		AutoRemove:     true,
		Init:           new(false),
		Resources: container.Resources{
			Memory:     256 << 20,
			MemorySwap: 256 << 20,
			NanoCPUs:   1_000_000_000,
			PidsLimit:  new(int64(256)),
			Ulimits: []*container.Ulimit{
				{Name: "core"}, {Name: "fsize", Soft: 64 << 20, Hard: 64 << 20}, {Name: "nofile", Soft: 1024, Hard: 1024},
			},
		},
	}, loose)
}

func TestOnlyTheHostnameIsTheScenarios(t *testing.T) {
	t.Parallel()
	config := container.Config{
		Labels: map[string]string{"ringer": "1.0"}, Env: []string{"SECRET=1"}, Entrypoint: []string{"/bin/sh"}, User: "0",
	}
	configure(&config, "sha256:abc", "MAIL01")
	assert.Equal(t, container.Config{
		Image: "sha256:abc", Labels: map[string]string{"ringer": "1.0"}, Hostname: "MAIL01", User: "65534:65534",
		NetworkDisabled: true, OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true, AttachStderr: true,
	}, config)
}

func TestLabelsTellWhoseItIs(t *testing.T) {
	t.Parallel()
	l := &Lab{version: "1.0", lease: "0a1b", owner: owner{boot: "b00t", space: "pid:[1]", pid: 42, start: "99"}}
	assert.Equal(t, map[string]string{
		"ringer": "1.0", "ringer.run": "run-7", "ringer.asset": "mail", "ringer.pid": "42",
		"ringer.owner": "b00t/pid:[1]/42/99", "ringer.lease": "0a1b",
	}, l.labelsOf("run-7", "mail").labels())
}
