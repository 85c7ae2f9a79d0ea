package docker

import (
	"fmt"
	"os"
	"path/filepath"
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

// parseOwner reads what String wrote; ok is false for anything else.
func parseOwner(label string) (o owner, ok bool) {
	parts := strings.Split(label, "/")
	if len(parts) != 4 {
		return owner{}, false
	}
	pid, err := strconv.Atoi(parts[2])
	return owner{boot: parts[0], space: parts[1], pid: pid, start: parts[3]}, err == nil && parts[0] != "" && parts[3] != ""
}

// processes reads owners from a proc file system. Where there is none, owners
// have no boot, and nobody's life is known.
type processes struct{ root string }

// self is the owner that we are.
func (p processes) self(pid int) owner {
	boot, _ := os.ReadFile(filepath.Join(p.root, "sys/kernel/random/boot_id"))
	space, _ := os.Readlink(filepath.Join(p.root, "self/ns/pid"))
	start, _ := p.started(pid)
	return owner{boot: strings.TrimSpace(string(boot)), space: space, pid: pid, start: start}
}

// life is what can be known of another runner.
type life int

const (
	unknown life = iota
	alive
	dead
)

// life tells whether an owner lives; it knows only of those who count their
// process ids as we do, since the same boot.
func (p processes) life(o, self owner) life {
	if self.boot == "" || o.boot != self.boot || o.space != self.space {
		return unknown
	}
	if start, running := p.started(o.pid); !running || start != o.start {
		return dead
	}
	return alive
}

// started gives a process's start time; running is false also for a zombie,
// which is what a killed runner is until its parent looks.
func (p processes) started(pid int) (start string, running bool) {
	stat, err := os.ReadFile(filepath.Join(p.root, strconv.Itoa(pid), "stat"))
	if err != nil {
		return "", false
	}
	// The name, in parentheses, may hold spaces: fields are counted after it,
	// from the third, the state. The start time is the 22nd (proc_pid_stat(5)).
	_, rest, _ := cutLast(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 20 {
		return "", false
	}
	return fields[19], fields[0] != "Z" && fields[0] != "X"
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
