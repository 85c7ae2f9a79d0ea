//go:build unix

package supervise

import (
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// request is the signal by which the second process hears of one that the first was sent:
// another than those of a terminal, which come to both.
const request = syscall.SIGUSR1

// passedOn are the signals that the first process passes on. One that whoever started it
// had ignored, as nohup(1) has, stays ignored.
func passedOn() []os.Signal {
	return slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}, isNohup)
}

// asksToEnd are the signals that ask the second process to end.
func asksToEnd() []os.Signal {
	return slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, request}, isNohup)
}

func isNohup(s os.Signal) bool { return s == syscall.SIGHUP && signal.Ignored(s) }

// passOn has the second process hear of a signal. By SIGQUIT it says what it is doing and
// ends.
func passOn(second *os.Process, by os.Signal) {
	if by != syscall.SIGQUIT {
		by = request
	}
	_ = second.Signal(by) // it may have ended just now
}

// endedBy gives the signal that ended a process.
func endedBy(state *os.ProcessState) (by os.Signal, ok bool) {
	status, ok := state.Sys().(syscall.WaitStatus)
	return status.Signal(), ok && status.Signaled()
}

// endOnRequest has what was passed on end this process, as the signal would that the
// first was sent, where nobody holds it back.
func endOnRequest() {
	received := make(chan os.Signal, 1)
	signal.Notify(received, request)
	go func() {
		for by := range received {
			if !interruptible.Load() {
				endAsAsked(by)
			}
		}
	}()
}

// endAsAsked ends this process by a signal that it was sent.
func endAsAsked(by os.Signal) {
	if by == request { // by which Go ends no process
		os.Exit(requested)
	}
	endBy(by)
}

// endBy ends this process by a signal.
func endBy(by os.Signal) {
	signal.Reset(by)
	_ = syscall.Kill(os.Getpid(), by.(syscall.Signal)) // one may always signal oneself
	time.Sleep(time.Second)                            // until it arrives
}

// lifePoll is how often the second process looks whether the first is there.
const lifePoll = time.Second

// endWith ends this process once another is not its parent any more.
func endWith(parent, code int) {
	for os.Getppid() == parent {
		time.Sleep(lifePoll)
	}
	os.Exit(code)
}
