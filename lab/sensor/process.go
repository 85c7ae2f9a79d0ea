//go:build linux

package sensor

import (
	"fmt"
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
	tid     int
	process *process
	// onSuccess is what to do when the call it is in succeeds.
	onSuccess onSuccess
	// pendingSignal is the signal that this call sends, if it does.
	pendingSignal *pendingSignal
	// pendingExec is the one it is about to execute.
	pendingExec *pendingExec
	// awaitsFirstStop is set until the stop with which the kernel shows a new thread.
	awaitsFirstStop bool
}

// uidOf is the user that a process runs as.
func uidOf(pid int) (int, error) {
	stat, err := statPath(fmt.Sprintf("/proc/%d", pid), true)
	return int(stat.Uid), err
}
