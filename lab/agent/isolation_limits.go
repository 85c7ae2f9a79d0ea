//go:build linux

package agent

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/lab/confinement"
)

// limitProbes ask the kernel which bounds the asset has.
func limitProbes(ownPlaces []string) []probe {
	probes := []probe{
		{"take more memory than its limit", func() (string, error) {
			return cgroupIs(confinement.Memory, "memory.max", "memory/memory.limit_in_bytes")
		}},
		{"take swap", noSwap},
		{"take more processor time than its limit", processorTime},
		{"start more processes than its limit", func() (string, error) { return cgroupIs(confinement.Processes, "pids.max", "pids/pids.max") }},
		{"fill more of the host's memory with files than its limit", func() (string, error) { return fileSystemsAre(ownPlaces, spaceOf, confinement.FileSystem) }},
		{"make more files than its limit", func() (string, error) { return fileSystemsAre(ownPlaces, filesOf, confinement.Files) }},
		{"outlive the host's programs where memory is short", func() (string, error) {
			return fileIs("/proc/self/oom_score_adj", strconv.Itoa(confinement.OOMScore))
		}},
	}
	for _, limit := range confinement.Limits() {
		probes = append(probes, probe{"have another limit of " + limit.Name, func() (string, error) { return processLimitIs(limit) }})
	}
	return append(probes, probe{"have other settings of the kernel (sysctl)", settingsAreTheKernels})
}

// cgroups is where the kernel tells of the container's own control group: in files right
// there, or below a folder for each controller.
const cgroups = "/sys/fs/cgroup/"

// readCgroup reads the one of these files that is there.
func readCgroup(names ...string) (name, value string, err error) {
	for _, name := range names {
		text, err := os.ReadFile(cgroups + name)
		if err == nil {
			return name, strings.TrimSpace(string(text)), nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", "", err
		}
	}
	return "", "", fmt.Errorf("the kernel has no %s", strings.Join(names, " or "))
}

func cgroupIs(want int64, names ...string) (string, error) {
	name, value, err := readCgroup(names...)
	return expectValue(name, value, strconv.FormatInt(want, 10), err)
}

// noSwap: the kernel of today counts swap by itself, that of before together with memory.
func noSwap() (string, error) {
	name, value, err := readCgroup("memory.swap.max", "memory/memory.memsw.limit_in_bytes")
	want := "0"
	if name != "memory.swap.max" {
		want = strconv.Itoa(confinement.Memory)
	}
	return expectValue(name, value, want, err)
}

// processorTime is a share of each period.
func processorTime() (string, error) {
	name, value, err := readCgroup("cpu.max", "cpu/cpu.cfs_quota_us")
	if err != nil {
		return "", err
	}
	quota, period, together := strings.Cut(value, " ")
	if !together {
		if _, period, err = readCgroup("cpu/cpu.cfs_period_us"); err != nil {
			return "", err
		}
	}
	share, err := strconv.ParseInt(quota, 10, 64)
	if err != nil {
		return "", fmt.Errorf("%s is %s", name, value) // such as max
	}
	whole, err := strconv.ParseInt(period, 10, 64)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	if share != confinement.CPUs*whole {
		return "", fmt.Errorf("%s is %d of %d, expected %d processor", name, share, whole, confinement.CPUs)
	}
	return fmt.Sprintf("%s is %d of %d", name, share, whole), nil
}

func spaceOf(s unix.Statfs_t) int64 { return int64(s.Blocks) * s.Bsize }
func filesOf(s unix.Statfs_t) int64 { return int64(s.Files) }

// fileSystemsAre tells whether each of the asset's own file systems has that size.
func fileSystemsAre(ownPlaces []string, sizeOf func(unix.Statfs_t) int64, want int64) (answer string, err error) {
	for _, place := range ownPlaces {
		var about unix.Statfs_t
		if err := unix.Statfs(place, &about); err != nil {
			return "", err
		}
		if answer, err = expectValue(place, strconv.FormatInt(sizeOf(about), 10), strconv.FormatInt(want, 10), nil); err != nil {
			return answer, err
		}
	}
	return answer, nil
}

func processLimitIs(limit confinement.Limit) (string, error) {
	all, err := os.ReadFile("/proc/self/limits")
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(all)) {
		value, ok := strings.CutPrefix(line, limit.Line+" ")
		if !ok {
			continue
		}
		fields := strings.Fields(value)
		most := strconv.FormatInt(limit.Most, 10)
		if len(fields) < 2 {
			return "", fmt.Errorf("read limits: unknown form: %q", line)
		}
		return expectValue(limit.Line, fields[0]+" and "+fields[1], most+" and "+most, nil)
	}
	return "", fmt.Errorf("/proc/self/limits has no %s", limit.Line)
}

// ownSettings are those that a namespace has for itself and an engine can be asked to
// change, with what the kernel gives to a new one (ipc/util.h, linux/shm.h, linux/msg.h,
// uapi/linux/sem.h, linux/ipc_namespace.h, net/ipv4/af_inet.c).
var ownSettings = [][2]string{
	{"kernel/msgmax", "8192"}, {"kernel/msgmnb", "16384"}, {"kernel/msgmni", "32000"}, {"kernel/sem", "32000\t1024000000\t500\t32000"},
	{"kernel/shmall", "18446744073692774399"}, {"kernel/shmmax", "18446744073692774399"}, {"kernel/shmmni", "4096"}, {"kernel/shm_rmid_forced", "0"},
	{"fs/mqueue/msg_default", "10"}, {"fs/mqueue/msg_max", "10"}, {"fs/mqueue/msgsize_default", "8192"}, {"fs/mqueue/msgsize_max", "8192"},
	{"fs/mqueue/queues_max", "256"}, {"net/ipv4/ip_nonlocal_bind", "0"},
}

// settingsAreTheKernels compares them; one that the kernel does not have is left out.
func settingsAreTheKernels() (string, error) {
	compared := 0
	for _, setting := range ownSettings {
		answer, err := fileIs("/proc/sys/"+setting[0], setting[1])
		switch {
		case errors.Is(err, os.ErrNotExist):
		case err != nil:
			return answer, err
		default:
			compared++
		}
	}
	return fmt.Sprintf("%d are the kernel's own", compared), nil
}

func fileIs(path, want string) (string, error) {
	text, err := os.ReadFile(path)
	return expectValue(path, strings.TrimSpace(string(text)), want, err)
}

// expectValue turns what the kernel says into an answer, where it is as it must be.
func expectValue(name, value, want string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	if value != want {
		return "", fmt.Errorf("%s is %s, expected %s", name, value, want)
	}
	return name + " is " + value, nil
}
