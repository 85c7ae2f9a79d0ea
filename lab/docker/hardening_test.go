package docker

import (
	"strings"
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/mount"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
	ulimit := func(name string, most int64) *container.Ulimit {
		return &container.Ulimit{Name: name, Soft: most, Hard: most}
	}
	require.Len(t, loose.SecurityOpt, 2)
	assert.JSONEq(t, string(profile), strings.TrimPrefix(loose.SecurityOpt[1], "seccomp="))
	loose.SecurityOpt = loose.SecurityOpt[:1]
	assert.Equal(t, container.HostConfig{
		NetworkMode:    "none",
		IpcMode:        "none",
		ShmSize:        64 << 20,
		CgroupnsMode:   "private",
		CapDrop:        []string{"ALL"},
		SecurityOpt:    []string{"no-new-privileges"},
		ReadonlyRootfs: true,
		MaskedPaths: []string{
			"/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug",
			"/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware",
		},
		ReadonlyPaths: []string{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"},
		Tmpfs:         map[string]string{"/asset": "rw,exec,nosuid,nodev,size=134217728,nr_inodes=32768,mode=0700,uid=65521,gid=65521"},
		Runtime:       "runc",
		OomScoreAdj:   1000,
		LogConfig:     container.LogConfig{Type: "none"},
		RestartPolicy: container.RestartPolicy{Name: "no"},
		AutoRemove:    true,
		Init:          new(false),
		Resources: container.Resources{
			Memory:     256 << 20,
			MemorySwap: 256 << 20,
			NanoCPUs:   1_000_000_000,
			PidsLimit:  new(int64(256)),
			Ulimits: []*container.Ulimit{
				ulimit("core", 0), ulimit("fsize", 64<<20), ulimit("memlock", 0), ulimit("msgqueue", 0),
				ulimit("nice", 0), ulimit("nofile", 1024), ulimit("nproc", 4096), ulimit("rtprio", 0),
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
		Image: "sha256:abc", Labels: map[string]string{"ringer": "1.0"}, Hostname: "MAIL01", User: "65521:65521",
		Env:        []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
		Entrypoint: []string{"/ringer", "agent"}, WorkingDir: "/",
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
