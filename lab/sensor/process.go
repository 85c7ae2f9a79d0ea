//go:build linux

package sensor

import (
	"bytes"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
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
	// folder is its working folder.
	folder *workingFolder
	// call is the one that it is in, if the sensor looked at it.
	call call
	// awaitsFirstStop is set until the stop with which the kernel shows a new thread.
	awaitsFirstStop bool
}

// call is one that was looked at and has not ended.
type call struct {
	onEnd onEnd
	// held are descriptors of the tracer's own, for what the call names, and folder is
	// that of the working folder, if it names something there.
	held   []int
	folder *sharedFD
	// read is what its arguments in memory were.
	read []argument
	// signal is the one that it sends, if it does.
	signal *pendingSignal
	// exec is the program that it executes, if it does.
	exec *pendingExec
}

// argument is one in memory, as it was read.
type argument struct {
	address uint64
	content []byte
	// text is what it is of a string, which ends with a NUL.
	text     string
	isString bool
}

// hold keeps a descriptor open until the call ends.
func (th *thread) hold(fd int) { th.call.held = append(th.call.held, fd) }

// readArgument reads as much of an argument as is mapped.
func (th *thread) readArgument(address uint64, into []byte) (int, error) {
	n, err := th.process.memory.read(th.tid, address, into)
	th.call.read = append(th.call.read, argument{address: address, content: into[:n]})
	return n, err
}

// readData reads a call's data, up to what is given a captured file.
func (th *thread) readData(address, size uint64) ([]byte, error) {
	if address == 0 || size == 0 {
		return nil, nil
	}
	into := make([]byte, min(size, event.MaxContent))
	n, err := th.readArgument(address, into)
	return into[:n], err
}

// readString reads an argument up to its NUL, of at most so many bytes.
func (th *thread) readString(address uint64, most int) (string, error) {
	text, err := th.process.memory.readString(th.tid, address, most)
	th.call.read = append(th.call.read, argument{address: address, text: text, isString: true})
	return text, err
}

// errChanged says that another thread altered what a call is about while it was made.
var errChanged = errors.New("what the call names was changed while it was made")

// checkArguments reads the arguments once more, after the call. errChanged says that
// they are not as they were.
func (th *thread) checkArguments() error {
	for _, was := range th.call.read {
		if was.isString {
			was.content = append([]byte(was.text), 0)
		}
		now := make([]byte, len(was.content))
		n, err := th.process.memory.read(th.tid, was.address, now)
		if len(now) > 0 && (err != nil || !bytes.Equal(now[:n], was.content)) && !th.hasEnded() {
			return errChanged
		}
	}
	return nil
}

// hasEnded reports whether a thread that was stopped has been killed since.
func (th *thread) hasEnded() bool {
	_, err := unix.PtraceGetEventMsg(th.tid)
	return isGone(err)
}

// uidOf is the user that a process runs as.
func uidOf(pid int) (int, error) {
	stat, err := statPath(fmt.Sprintf("/proc/%d", pid), true)
	return int(stat.Uid), err
}

// sameFile reports whether two looks were at one file.
func sameFile(a, b unix.Stat_t) bool { return a.Dev == b.Dev && a.Ino == b.Ino }
