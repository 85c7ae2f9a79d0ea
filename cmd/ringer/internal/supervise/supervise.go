package supervise

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Program is this program, and what it was started with.
type Program struct {
	// File is the program's own, which is started once more; Args are its arguments, the
	// name among them.
	File                  string
	Args, Env             []string
	Stdin, Stdout, Stderr *os.File
	// Broke is the exit code of a command that broke.
	Broke int
}

// variable names the process that has started the second one.
const variable = "RINGER_SUPERVISED_BY"

const (
	// goFatal is the code with which Go ends a process that cannot go on.
	goFatal = 2
	// givenFatal stands for the same code where the command gave it.
	givenFatal = 102
	// requested is the code of a second process that a signal has ended which was passed
	// on: it was sent another.
	requested = 103
	// brokenPipe is what shells call the end of a program whose reader has gone (128 and
	// the signal's number).
	brokenPipe = 128 + int(syscall.SIGPIPE)
)

// Main runs the command in a second process and returns its exit code; in that process
// it is the command. What comes over a terminal comes to both, and what is sent to the
// first is passed on; the second ends with the first. The code is p.Broke where the second
// could not be started, where Go ended it, or a signal that was not passed on; a person is
// told which on p.Stderr.
// The command is given the number of the first, by which a person knows it.
func Main(p Program, command func(first int) int) int {
	first, second := p.first()
	if !second {
		return p.supervise()
	}
	_ = os.Unsetenv(variable) // it fails for no name like this one
	nameProcess(p.Args[0])
	go endWith(first, p.Broke)
	endOnRequest()
	if code := command(first); code != goFatal {
		return code
	}
	return givenFatal
}

// first gives the process that has started this one as the second; second is false where
// none has.
func (p Program) first() (pid int, second bool) {
	pid = os.Getppid()
	for _, set := range p.Env {
		if name, value, _ := strings.Cut(set, "="); name == variable && value == strconv.Itoa(pid) {
			return pid, true
		}
	}
	return 0, false
}

// orphansTimeout is how long the first process waits for what the second has started and
// what then cleans up.
const orphansTimeout = 10 * time.Second

func (p Program) supervise() int {
	// The kernel ends the second process with the thread that started it.
	runtime.LockOSThread()
	received := make(chan os.Signal, 8)
	signal.Notify(received, passedOn()...)
	adoptOrphans()
	second, err := os.StartProcess(p.File, p.Args, &os.ProcAttr{
		Env:   append(p.Env, variable+"="+strconv.Itoa(os.Getpid())),
		Files: []*os.File{p.Stdin, p.Stdout, p.Stderr},
		Sys:   endsWithParent(),
	})
	if err != nil {
		fmt.Fprintf(p.Stderr, "Error: start ringer: %v\n", err)
		return p.Broke
	}
	ended := make(chan ending, 1)
	go func() {
		state, err := second.Wait()
		ended <- ending{state, err}
	}()
	var last os.Signal
	for {
		select {
		case last = <-received:
			passOn(second, last)
		case end := <-ended:
			return p.code(end, last)
		}
	}
}

// ending is how the second process ended.
type ending struct {
	state *os.ProcessState
	err   error
}

// code is the first process's exit code; last is the signal that was passed on last. A
// signal that ends the second ends the first, as whoever started it expects.
func (p Program) code(end ending, last os.Signal) int {
	if end.err != nil {
		fmt.Fprintf(p.Stderr, "Error: wait for ringer: %v\n", end.err)
		return p.Broke
	}
	by, signalled := endedBy(end.state)
	switch code := end.state.ExitCode(); {
	case signalled && slices.Contains(passedOn(), by):
		endBy(by)
	case code == requested && last != nil:
		endBy(last)
	case signalled && by == syscall.SIGPIPE: // whoever reads what is printed has seen enough, as head(1) has
		awaitOrphans(orphansTimeout)
		return brokenPipe
	case signalled:
		fmt.Fprintf(p.Stderr, "Error: ringer was ended by a signal (%s), which somebody sent, or the system because memory ran out. ", by)
	case code == givenFatal:
		return goFatal
	case code == goFatal:
		fmt.Fprint(p.Stderr, "Error: ringer itself failed, as the lines above say. ")
	default:
		return code
	}
	fmt.Fprintln(p.Stderr, "What it had started is ended and removed.")
	awaitOrphans(orphansTimeout)
	return p.Broke
}
