package confinement

// User and Group are who the agent and all that it starts run as. The number is
// nobody else's: above those that systemd gives to services for a while (61184 to
// 65519), not the kernel's overflow id (65534), which stands for whoever has no other,
// and below 65536, as an engine that remaps users has that many.
// https://systemd.io/UIDS-GIDS/
const (
	User  = 65521
	Group = 65521
)

// What all processes of an asset may use together. Its files are a few kilobytes each,
// and the agent holds the largest share of the memory.
const (
	Memory    = 256 << 20 // bytes, and none in swap
	CPUs      = 1         // more than one processor of the host is refused
	Processes = 256       // threads, as the kernel counts them
	// FileSystem and Files bound the file system in memory, in bytes and in files.
	FileSystem = 128 << 20
	Files      = 32 << 10
)

// SearchPath is where programs are looked for by name: what engines set by themselves.
const SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// OOMScore is added to the kernel's own where the host runs out of memory: of all
// processes there an asset's are the first to go (oom_score_adj, at most 1000).
const OOMScore = 1000

// Limit is one that each process has for itself.
type Limit struct {
	// Name is the engine's, Line the beginning of its line in /proc/self/limits.
	Name, Line string
	Most       int64
}

// Limits returns them. That of processes is of all that the user has on the host, of
// whatever asset, and so leaves room for sixteen.
func Limits() []Limit {
	return []Limit{
		{"core", "Max core file size", 0},
		{"fsize", "Max file size", 64 << 20},
		{"memlock", "Max locked memory", 0},
		{"msgqueue", "Max msgqueue size", 0},
		{"nice", "Max nice priority", 0},
		{"nofile", "Max open files", 1024},
		{"nproc", "Max processes", 16 * Processes},
		{"rtprio", "Max realtime priority", 0},
	}
}

// MaskedPaths returns those that are covered, where the kernel has them: they tell of
// the host, or let its power use, keys and memory be read.
func MaskedPaths() []string {
	return []string{
		"/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug",
		"/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware",
	}
}

// ReadonlyPaths returns those that nobody may write to, whoever it is.
func ReadonlyPaths() []string {
	return []string{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}
}
