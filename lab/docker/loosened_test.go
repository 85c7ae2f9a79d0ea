package docker

import (
	"maps"
	"net/netip"
	"strings"
	"testing"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/mount"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// loosening is one way in which a container is not what was asked for.
type loosening struct {
	name   string
	loosen func(*settings)
	// engine is what the engine's own description gives away, agent the attempts that
	// then succeed; none is that it cannot be noticed from inside.
	engine string
	agent  []string
}

// tmpfs changes an option of an asset's file system; an empty one is taken out.
func tmpfs(from, to string) func(*settings) {
	return func(s *settings) {
		options := strings.ReplaceAll(s.host.Tmpfs[effect.Root], ","+from, ","+to)
		s.host.Tmpfs = map[string]string{effect.Root: strings.ReplaceAll(options, ",,", ",")}
	}
}

func loosenings() []loosening {
	return []loosening{
		{"a writable root file system", func(s *settings) { s.host.ReadonlyRootfs = false },
			"HostConfig.ReadonlyRootfs is false", []string{"find the root file system open to writing", "find a mount that an asset does not have"}},

		{"a profile that allows all system calls", func(s *settings) { s.host.SecurityOpt[1] = `seccomp={"defaultAction":"SCMP_ACT_ALLOW"}` },
			"HostConfig.SecurityOpt[1] is", []string{"set up io_uring", "open a socket to the hypervisor (AF_VSOCK)"}},
		{"no profile of system calls", func(s *settings) { s.host.SecurityOpt[1] = "seccomp=unconfined" },
			"HostConfig.SecurityOpt[1] is", []string{"make calls that no filter looks at", "set up io_uring"}},
		{"a profile whose conditions are left out", func(s *settings) {
			s.host.SecurityOpt[1] = strings.TrimSuffix(s.host.SecurityOpt[1], "]}") + `,{"names":["socket","seccomp"],"action":"SCMP_ACT_ALLOW"}]}`
		}, "HostConfig.SecurityOpt[1] is", []string{"open a socket to the hypervisor (AF_VSOCK)", "answer another's system calls (a seccomp listener)"}},
		{"no security option at all", func(s *settings) { s.host.SecurityOpt = nil },
			"HostConfig.SecurityOpt is null", []string{"gain privileges by executing", "set up io_uring"}},
		{"no labels", func(s *settings) { s.host.SecurityOpt = append(s.host.SecurityOpt, "label=disable") },
			"HostConfig.SecurityOpt is", nil},
		{"a capability", func(s *settings) { s.host.CapAdd = []string{"SYS_ADMIN"} },
			"HostConfig.CapAdd is", []string{"have a capability"}},
		{"the capabilities of the engine's", func(s *settings) { s.host.CapDrop = nil },
			"HostConfig.CapDrop is", []string{"have a capability"}},
		{"privileged", func(s *settings) { s.host.Privileged = true },
			"HostConfig.Privileged is true", []string{"have a capability", "find a device that an asset does not have"}},

		{"the host's name", func(s *settings) { s.host.UTSMode, s.config.Hostname = "host", "" },
			"HostConfig.UTSMode is", []string{"share the host's namespace of names (UTS)"}},
		{"the host's processes", func(s *settings) { s.host.PidMode = "host" },
			"HostConfig.PidMode is", []string{"see another's processes", "share the host's namespace of processes"}},
		{"the host's shared memory", func(s *settings) { s.host.IpcMode = "host" },
			"HostConfig.IpcMode is", []string{"share the host's namespace of queues and shared memory (IPC)", "find a mount that an asset does not have"}},
		{"shared memory that others may join", func(s *settings) { s.host.IpcMode = "shareable" },
			"HostConfig.IpcMode is", []string{"find a mount that an asset does not have", "write to any other place where something is mounted"}},
		{"the host's control groups", func(s *settings) { s.host.CgroupnsMode = "host" },
			"HostConfig.CgroupnsMode is", []string{"share the host's namespace of control groups"}},
		{"the host's network", func(s *settings) { s.host.NetworkMode, s.config.NetworkDisabled = "host", false },
			"HostConfig.NetworkMode is", []string{"find a network interface other than loopback"}},
		{"the host's users", func(s *settings) { s.host.UsernsMode = "host" }, "HostConfig.UsernsMode is", nil},
		{"another runtime", func(s *settings) { s.host.Runtime = "io.containerd.runc.v2" }, "HostConfig.Runtime is", nil},

		{"no limit of memory", func(s *settings) { s.host.Memory, s.host.MemorySwap = 0, 0 },
			"HostConfig.Memory is 0", []string{"take more memory than its limit", "take swap"}},
		{"swap", func(s *settings) { s.host.MemorySwap = -1 }, "HostConfig.MemorySwap is -1", []string{"take swap"}},
		{"no limit of processor time", func(s *settings) { s.host.NanoCPUs = 0 },
			"HostConfig.NanoCpus is 0", []string{"take more processor time than its limit"}},
		{"no limit of processes", func(s *settings) { s.host.PidsLimit = nil },
			"HostConfig.PidsLimit is null", []string{"start more processes than its limit"}},
		{"no limits of a process's own", func(s *settings) { s.host.Ulimits = nil },
			"HostConfig.Ulimits is", []string{"have another limit of nofile", "have another limit of nproc", "have another limit of msgqueue"}},
		{"spared where memory is short", func(s *settings) { s.host.OomScoreAdj = 0 },
			"HostConfig.OomScoreAdj is 0", []string{"outlive the host's programs where memory is short"}},

		{"set-user-ID programs in memory", tmpfs("nosuid", "suid"), "HostConfig.Tmpfs./asset is", []string{"find a mount that an asset does not have"}},
		{"devices in memory", tmpfs("nodev", "dev"), "HostConfig.Tmpfs./asset is", []string{"find a mount that an asset does not have"}},
		{"10 GB of memory for files", tmpfs("size=134217728", "size=10g"),
			"HostConfig.Tmpfs./asset is", []string{"fill more of the host's memory with files than its limit"}},
		{"files without number", tmpfs("nr_inodes=32768", ""), "HostConfig.Tmpfs./asset is", []string{"make more files than its limit"}},
		{"a second file system in memory", func(s *settings) {
			s.host.Mounts = []mount.Mount{{Type: mount.TypeTmpfs, Target: "/more"}}
		}, "HostConfig.Mounts is", []string{"find a mount that an asset does not have"}},

		{"the host's folder of settings, open to writing", func(s *settings) { s.host.Binds = []string{"/etc:/host"} },
			"HostConfig.Binds is", []string{"find a mount that an asset does not have"}},
		{"the host's processes, to read", func(s *settings) { s.host.Binds = []string{"/proc:/processes:ro"} },
			"HostConfig.Binds is", []string{"find a mount that an asset does not have"}},
		{"the engine's socket elsewhere, with its group", func(s *settings) {
			s.host.Binds, s.host.GroupAdd = []string{"/var/run/docker.sock:/socket"}, []string{"999"}
		}, "HostConfig.GroupAdd is", []string{"find a mount that an asset does not have", "have a further group"}},
		{"a volume", func(s *settings) { s.config.Volumes = map[string]struct{}{"/volume": {}} },
			`Config.Volumes is ["/volume"]`, []string{"find a mount that an asset does not have"}},
		{"a device", func(s *settings) {
			s.host.Devices = []container.DeviceMapping{{PathOnHost: "/dev/fuse", PathInContainer: "/dev/fuse", CgroupPermissions: "rwm"}}
		}, "HostConfig.Devices is", []string{"find a device that an asset does not have"}},
		{"paths of the kernel not covered", func(s *settings) { s.host.MaskedPaths = []string{} },
			"HostConfig.MaskedPaths is []", []string{"read /proc/interrupts", "read /proc/keys", "read /proc/timer_list"}},
		{"paths of the kernel open to writing", func(s *settings) { s.host.ReadonlyPaths = []string{} },
			"HostConfig.ReadonlyPaths is []", []string{"find /proc/sys open to writing", "find /proc/irq open to writing"}},

		{"a further group", func(s *settings) { s.host.GroupAdd = []string{"4"} }, "HostConfig.GroupAdd is", []string{"have a further group"}},
		{"another user", func(s *settings) {
			s.config.User = "1000:1000"
			tmpfs("uid=65521,gid=65521", "uid=1000,gid=1000")(s)
		}, "Config.User is", []string{"have another user", "have another group"}},
		{"a secret in the environment", func(s *settings) { s.config.Env = append(s.config.Env, "TOKEN=1") },
			"Config.Env is", []string{"find anything in its environment"}},
		{"a setting of the kernel", func(s *settings) { s.host.Sysctls = map[string]string{"kernel.shmmax": "4096"} },
			"HostConfig.Sysctls.kernel.shmmax is", []string{"have other settings of the kernel (sysctl)"}},
		{"a setting of the network", func(s *settings) { s.host.Sysctls = map[string]string{"net.ipv4.ip_nonlocal_bind": "1"} },
			"HostConfig.Sysctls.net.ipv4.ip_nonlocal_bind is", []string{"have other settings of the kernel (sysctl)"}},
		{"a name server", func(s *settings) {
			s.config.NetworkDisabled, s.host.DNS = false, []netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, 53})}
		}, "HostConfig.Dns is", []string{"find a name server"}},
		{"a name of another host", func(s *settings) {
			s.config.NetworkDisabled, s.host.ExtraHosts = false, []string{"registry:192.0.2.1"}
		}, "HostConfig.ExtraHosts is", nil},

		{"an init of the engine's", func(s *settings) { s.host.Init = new(true) },
			"HostConfig.Init is true", []string{"find a mount that an asset does not have", "see another's processes"}},
		{"a command that the engine runs in it", func(s *settings) {
			s.config.Healthcheck = &container.HealthConfig{Test: []string{"CMD", "/ringer"}}
		}, "Config.Healthcheck", nil},
		{"a log that the engine keeps", func(s *settings) { s.host.LogConfig.Type = "json-file" }, "HostConfig.LogConfig.Type is", nil},
		{"a label", func(s *settings) {
			s.config.Labels = maps.Clone(s.config.Labels)
			s.config.Labels["com.example.trusted"] = "1"
		}, "Config.Labels.com.example.trusted is", nil},
		{"another program", func(s *settings) { s.config.Entrypoint = []string{"/ringer", "agent", "--more"} },
			"Args is", nil},
	}
}

// TestDockerALoosenedContainerIsNoticed has the engine make containers that are not what
// was asked for. Each is refused before it is provisioned, by what the engine says of it,
// and were the engine to say nothing, by what the agent finds.
func TestDockerALoosenedContainerIsNoticed(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	imageID, err := lab.image(t.Context(), "")
	require.NoError(t, err)
	start := func(t *testing.T, loosen func(*settings)) *session {
		asked, err := lab.settings(imageID, mail("mail"))
		require.NoError(t, err)
		loose := asked
		loosen(&loose)
		s, err := lab.start(t.Context(), loose)
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		asked, err = lab.settings(imageID, mail("mail")) // anew: the two may share what was changed
		require.NoError(t, err)
		asked.name = loose.name
		s.asked = asked
		return s
	}
	t.Run("not at all", func(t *testing.T) {
		assert.NoError(t, start(t, func(*settings) {}).makeReady(t.Context(), mail("mail")))
	})
	for _, test := range loosenings() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, test.loosen)
			assert.ErrorContains(t, s.makeReady(t.Context(), mail("mail")), test.engine)
			err := s.provision(t.Context(), mail("mail"))
			succeeded := map[string]bool{}
			for _, attempt := range s.attempts {
				succeeded[attempt.Attempt] = !attempt.Refused
			}
			for _, attempt := range test.agent {
				assert.True(t, succeeded[attempt], "%s: %v", attempt, err)
				assert.Error(t, err)
			}
		})
	}
}

// TestDockerTheEnginesOwnProfileLetsMoreThrough shows that the attempts which ringer's
// profile is for look at what they say: with the engine's in its place they succeed.
func TestDockerTheEnginesOwnProfileLetsMoreThrough(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	imageID, err := lab.image(t.Context(), "")
	require.NoError(t, err)
	asked, err := lab.settings(imageID, mail("mail"))
	require.NoError(t, err)
	asked.host.SecurityOpt = asked.host.SecurityOpt[:1]
	s, err := lab.start(t.Context(), asked)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	require.NoError(t, s.engine.checkSettings(t.Context(), s.id, asked), "it is as it was asked to be")
	assert.ErrorContains(t, s.provision(t.Context(), mail("mail")), "was not refused")
	var succeeded []string
	for _, attempt := range s.attempts {
		if !attempt.Refused {
			succeeded = append(succeeded, attempt.Attempt)
		}
	}
	t.Logf("%d succeed: %s", len(succeeded), strings.Join(succeeded, "; "))
	expected := []string{
		"hear the kernel's audit (NETLINK_AUDIT)", "hear of the host's devices (NETLINK_KOBJECT_UEVENT)",
		"answer another's system calls (a seccomp listener)", "open a socket of any other family",
	}
	if !atLeast(lab.engine.ClientVersion(), [2]int{1, 42}) { // Docker 23 refuses these sockets
		expected = append(expected, "open a socket to the hypervisor (AF_VSOCK)")
	}
	if !atLeast(lab.engine.ClientVersion(), [2]int{1, 44}) { // Docker 25 refuses io_uring
		expected = append(expected, "set up io_uring")
	}
	assert.Subset(t, succeeded, expected)
}
