package wire

import (
	"fmt"
	"slices"
)

// probes are what the agent tries before the first step, on every asset: the
// runner believes that an asset is contained only if each of them was tried and
// refused. What is mounted in a container differs; that nothing can be written to
// it is one probe.
var probes = [...]string{
	"find a network interface other than loopback",
	"find a route",
	"reach the outside (connect a datagram socket to 192.0.2.1)",
	"reach the host (connect a datagram socket to 172.17.0.1)",
	"find a name server",
	"find another's unix socket",
	"see another's processes",
	"connect to /var/run/docker.sock",
	"connect to /run/docker.sock",
	"connect to /run/containerd/containerd.sock",
	"connect to /run/podman/podman.sock",
	"connect to /run/crio/crio.sock",
	"share the host's namespace of names (UTS)",
	"share the host's namespace of queues and shared memory (IPC)",
	"share the host's namespace of processes",
	"share the host's namespace of control groups",
	"open a socket to the hypervisor (AF_VSOCK)",
	"hear the kernel's audit (NETLINK_AUDIT)",
	"hear of the host's devices (NETLINK_KOBJECT_UEVENT)",
	"change packet filters (NETLINK_NETFILTER)",
	"open a packet socket (AF_PACKET)",
	"open a raw socket",
	"ping",
	"use the kernel's ciphers (AF_ALG)",
	"open a socket of any other family",
	"speak any other protocol of netlink",
	"have another user",
	"have another group",
	"have a further group",
	"find anything in its environment",
	"become root",
	"have a capability",
	"gain privileges by executing",
	"make calls that no filter looks at",
	"mount a file system",
	"make a device",
	"open /dev/mem",
	"open /dev/kmsg",
	"open /dev/sda",
	"open /dev/vda",
	"open /dev/nvme0n1",
	"open /dev/kvm",
	"open /dev/fuse",
	"open /dev/net/tun",
	"set up io_uring",
	"set up asynchronous input and output",
	"answer another's system calls (a seccomp listener)",
	"answer another's page faults (userfaultfd)",
	"have the kernel run a BPF program",
	"have the kernel count events (perf_event_open)",
	"use the kernel's keyrings",
	"name a file by a handle",
	"open a file by a handle",
	"write to another process's memory",
	"read another process's memory",
	"take another process's files",
	"hold memory that nobody can inspect (memfd_secret)",
	"lock memory",
	"move memory between nodes",
	"queue messages",
	"use semaphores of System V",
	"watch all files of a file system (fanotify)",
	"be another user or group",
	"change its capabilities",
	"change how it is scheduled",
	"run as programs of another system did (personality)",
	"load a module into the kernel",
	"start another kernel",
	"read the kernel's log",
	"set the clock",
	"name the host",
	"swap",
	"keep accounts and quotas",
	"hang up a terminal",
	"mount a file system by the calls of today",
	"have another root",
	"enter another's namespace",
	"start a process in a namespace of its own",
	"leave for its own mount namespace",
	"leave for its own user namespace",
	"leave for its own process namespace",
	"leave for its own network namespace",
	"leave for its own IPC namespace",
	"leave for its own UTS namespace",
	"leave for its own cgroup namespace",
	"leave for its own time namespace",
	"find a mount that an asset does not have",
	"find a device that an asset does not have",
	"find the root file system open to writing",
	"find /proc/bus open to writing",
	"find /proc/fs open to writing",
	"find /proc/irq open to writing",
	"find /proc/sys open to writing",
	"find /proc/sysrq-trigger open to writing",
	"read /proc/acpi",
	"read /proc/asound",
	"read /proc/interrupts",
	"read /proc/kcore",
	"read /proc/keys",
	"read /proc/latency_stats",
	"read /proc/sched_debug",
	"read /proc/scsi",
	"read /proc/timer_list",
	"read /proc/timer_stats",
	"read /sys/devices/virtual/powercap",
	"read /sys/firmware",
	"change /proc/sys/kernel/hostname",
	"change /proc/sys/kernel/core_pattern",
	"change /proc/sys/kernel/modprobe",
	"change /proc/sys/fs/binfmt_misc/register",
	"change /sys/kernel/uevent_helper",
	"change /sys/fs/cgroup/release_agent",
	"change /sys/fs/cgroup/memory/release_agent",
	"change /sys/fs/cgroup/devices/devices.allow",
	"change /sys/fs/cgroup/cgroup.procs",
	"write to /",
	"write to /ringer",
	"write to /dev",
	"write to /proc",
	"write to /sys",
	"write to /proc/sys/kernel",
	"write to any other place where something is mounted",
	"take more memory than its limit",
	"take swap",
	"take more processor time than its limit",
	"start more processes than its limit",
	"fill more of the host's memory with files than its limit",
	"make more files than its limit",
	"outlive the host's programs where memory is short",
	"have another limit of core",
	"have another limit of fsize",
	"have another limit of memlock",
	"have another limit of msgqueue",
	"have another limit of nice",
	"have another limit of nofile",
	"have another limit of nproc",
	"have another limit of rtprio",
	"have other settings of the kernel (sysctl)",
}

// Probes lists them by name, in order.
func Probes() []string { return slices.Clone(probes[:]) }

// CheckContainment is nil where exactly the probes that there are were tried, in their
// order, and all were refused. The error names the first that is missing, made up,
// repeated or was not refused.
func CheckContainment(attempts []Attempt) error {
	for i, probe := range probes {
		switch {
		case i >= len(attempts):
			return fmt.Errorf("check isolation: the agent did not try to %s", probe)
		case attempts[i].Attempt != probe:
			return fmt.Errorf("check isolation: the agent must try to %s, but tried to %s", probe, attempts[i].Attempt)
		case !attempts[i].Refused:
			return fmt.Errorf("check isolation: the attempt to %s was not refused: %s", probe, attempts[i].Response)
		}
	}
	if len(attempts) > len(probes) {
		return fmt.Errorf("check isolation: the agent tried something unknown: %s", attempts[len(probes)].Attempt)
	}
	return nil
}
