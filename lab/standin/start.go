//go:build linux

package standin

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
	"unsafe"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event/variable"
)

// Start is how a stand-in is started, by the agent or by another stand-in.
type Start struct {
	// Path and Dir are real.
	Path, Dir string
	Args, Env []string
	// Input is for its standard input.
	Input []byte
}

// NewStart describes how a process is started on an asset; word is for [EnvAsset]. The
// error is that the program's path is not one of the asset's, or leads out of it.
func NewStart(tree effect.Tree, word string, p effect.Process) (Start, error) {
	path, err := tree.LocateFile(p.Image)
	if err != nil {
		return Start{}, err
	}
	input, err := json.Marshal(p)
	if err != nil {
		return Start{}, fmt.Errorf("encode acts for %s: %w", p.Image, err)
	}
	// A stand-in lives for milliseconds: it needs neither a garbage collector
	// nor the threads of one.
	env := []string{EnvAsset + "=" + word, "GOMAXPROCS=1", "GOGC=off"}
	if p.User != "" {
		env = append(env, variable.User+"="+p.User)
	}
	if p.Integrity != "" {
		env = append(env, variable.Integrity+"="+p.Integrity)
	}
	if len(p.Peers) > 0 {
		env = append(env, variable.Peers+"="+effect.EncodePeers(p.Peers))
	}
	if p.Resident {
		env = append(env, variable.Resident+"=1")
	}
	args := p.Args
	if len(args) == 0 {
		args = []string{p.Image}
	}
	return Start{Path: path, Dir: tree.WorkingFolder(p.Dir), Args: args, Env: env, Input: input}, nil
}

// runChild starts a child and waits for it. Package os is not used for it: that
// forks a trial child and opens the null device first, which would be seen as
// the stand-in's own acts. What is to be done to the child is done while it
// waits for its acts; nil is nothing.
func runChild(tree effect.Tree, word string, p effect.Process, do func(pid int) error) error {
	start, err := NewStart(tree, word, p)
	if err != nil {
		return err
	}
	var pipe [2]int
	if err := syscall.Pipe2(pipe[:], syscall.O_CLOEXEC); err != nil {
		return fmt.Errorf("start %s: %w", p.Image, err)
	}
	pid, err := syscall.ForkExec(start.Path, start.Args, &syscall.ProcAttr{
		Dir: start.Dir, Env: start.Env, Files: []uintptr{uintptr(pipe[0]), 1, 2},
	})
	_ = syscall.Close(pipe[0]) // the child has its own
	if err != nil {
		_ = syscall.Close(pipe[1]) // the start's error is the one to return
		return fmt.Errorf("start %s: %w", p.Image, err)
	}
	if do != nil {
		if err = waitUntilReading(pipe[1]); err == nil {
			err = do(pid)
		}
	}
	err = errors.Join(err, sendActs(pipe[1], start.Input))
	return errors.Join(err, waitForChild(p.Image, pid))
}

// waitForChild waits for a child. One that ended by itself has said what was refused.
func waitForChild(image string, pid int) error {
	var how syscall.WaitStatus
	_, err := syscall.Wait4(pid, &how, 0, nil)
	for errors.Is(err, syscall.EINTR) {
		_, err = syscall.Wait4(pid, &how, 0, nil)
	}
	if err == nil && how.Signaled() {
		err = fmt.Errorf("%s was terminated by a signal: %s", image, how.Signal())
	}
	return err
}

// sendActs writes a child's acts to it. A child that has ended without reading them
// has said why itself.
func sendActs(pipe int, input []byte) error {
	file := os.NewFile(uintptr(pipe), "acts")
	_, err := file.Write(input)
	if err = errors.Join(err, file.Close()); errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}

// sendSIGCONT sends a child the signal to continue, which it is doing anyway.
func sendSIGCONT(pid int) error {
	if err := syscall.Kill(pid, syscall.SIGCONT); err != nil {
		return fmt.Errorf("signal: %w", err)
	}
	return nil
}

// readingTimeout is how long a child may take until it looks for its acts.
const readingTimeout = 2 * time.Second

// waitUntilReading waits until a child has taken in a blank, which is no part of its acts.
// Before, it may not have come out of its own start, as far as the sensor knows.
func waitUntilReading(pipe int) error {
	if _, err := syscall.Write(pipe, []byte(" ")); err != nil {
		return fmt.Errorf("wait for the child: %w", err)
	}
	for waited := time.Duration(0); waited < readingTimeout; waited += 100 * time.Microsecond {
		left, err := unread(pipe)
		if err != nil {
			return fmt.Errorf("wait for the child: %w", err)
		}
		if left == 0 {
			return nil
		}
		time.Sleep(100 * time.Microsecond)
	}
	return errors.New("the child did not read its acts in time")
}

// unread is how many bytes a pipe holds. It is asked for by hand, as package unix
// would be initialised after others that a stand-in is to start before.
func unread(pipe int) (left int32, err error) {
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(pipe), syscall.TIOCINQ, uintptr(unsafe.Pointer(&left)))
	if errno != 0 {
		return 0, errno
	}
	return left, nil
}
