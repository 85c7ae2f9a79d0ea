package docker

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// owner is a runner as a later one can recognise it. A process id alone comes
// again; with its start time, the boot and the process namespace it does not.
type owner struct {
	boot  string // of the machine
	space string // in which process ids are counted
	pid   int
	start string // in clock ticks since boot
}

// String is the owner as a label's value.
func (o owner) String() string { return fmt.Sprintf("%s/%s/%d/%s", o.boot, o.space, o.pid, o.start) }

// parseOwner reads what String wrote; ok is false for anything else. Where there
// is no proc file system an owner is its process id alone.
func parseOwner(label string) (o owner, ok bool) {
	parts := ownerForm.FindStringSubmatch(label)
	if parts == nil {
		return owner{}, false
	}
	pid, err := strconv.Atoi(parts[3])
	return owner{boot: parts[1], space: parts[2], pid: pid, start: parts[4]}, err == nil
}

var ownerForm = regexp.MustCompile(`^(?:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|)/(pid:\[[0-9]+\]|)/([1-9][0-9]*)/([0-9]*)$`)

// processes reads owners from a proc file system. Where there is none, as on macOS and
// Windows, owners have no boot, and nobody's life is known: nothing is swept there, and
// `ringer clean` removes what a killed runner and its watchdog left.
type processes struct {
	root string
	// noSuchProcess reports whether the kernel has no such process, also none that the proc
	// file system hides from us.
	noSuchProcess func(pid int) bool
}

// self is the owner that we are.
func (p processes) self(pid int) owner {
	boot, _ := os.ReadFile(filepath.Join(p.root, "sys/kernel/random/boot_id"))
	space, _ := os.Readlink(filepath.Join(p.root, "self/ns/pid"))
	start, _ := p.started(pid)
	return owner{boot: strings.TrimSpace(string(boot)), space: space, pid: pid, start: start}
}

// liveness is what can be known of another runner.
type liveness int

const (
	unknown liveness = iota
	alive
	dead
)

// liveness reports whether an owner lives; it knows only of those who count their
// process ids as we do, since the same boot. One that cannot be read is unknown.
func (p processes) liveness(o, self owner) liveness {
	if self.boot == "" || o.boot != self.boot || self.space == "" || o.space != self.space || o.start == "" {
		return unknown
	}
	switch start, state := p.started(o.pid); {
	case state == unknown && p.noSuchProcess(o.pid):
		return dead
	case state == unknown:
		return unknown
	case state == alive && start == o.start:
		return alive
	}
	return dead
}

// watched are the leases that a watchdog of this machine waits over: those of
// runners that live, though they may have no container at the moment. It sees
// what this process may see.
func (p processes) watched() map[string]bool {
	found := map[string]bool{}
	lines, _ := filepath.Glob(filepath.Join(p.root, "[0-9]*", "cmdline")) // the pattern is well-formed
	for _, name := range lines {
		line, _ := os.ReadFile(name) // a process may have ended meanwhile
		words := strings.Split(string(line), "\x00")
		if len(words) >= 3 && words[1] == WatchdogCommand && leaseForm.MatchString(words[2]) {
			found[words[2]] = true
		}
	}
	return found
}

// started gives a process's start time and whether it lives, which a zombie does
// not: that is what a killed runner is until its parent looks.
func (p processes) started(pid int) (start string, state liveness) {
	stat, err := os.ReadFile(filepath.Join(p.root, strconv.Itoa(pid), "stat"))
	if err != nil {
		return "", unknown
	}
	// The name, in parentheses, may hold spaces: fields are counted after it,
	// from the third, the state. The start time is the 22nd (proc_pid_stat(5)).
	_, rest, _ := cutLast(string(stat), ") ")
	fields := strings.Fields(rest)
	switch {
	case len(fields) < 20:
		return "", unknown
	case fields[0] == "Z" || fields[0] == "X":
		return fields[19], dead
	}
	return fields[19], alive
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
