package sensor

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// process is one process of the traced tree; its threads share it.
type process struct {
	// key is its own for the sensor's whole life, 0 until the first exec of the
	// tree; parent is the key of the process that forked it.
	key, parent uint64
	pid         int
	uid         int
	memory      memory
}

// thread is what the kernel stops.
type thread struct {
	tid int
	of  *process
	// then is what to do when the call it is in succeeds.
	then after
	// sending is the signal that this call sends, if it does.
	sending *sending
	// program is the one it is about to execute.
	program *program
	// fresh is set until the stop with which the kernel shows a new thread.
	fresh bool
}

// owner is the user that a process runs as.
func owner(pid int) (int, error) {
	var stat unix.Stat_t
	err := unix.Stat(fmt.Sprintf("/proc/%d", pid), &stat)
	return int(stat.Uid), err
}
