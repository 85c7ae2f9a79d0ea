//go:build windows

package supervise

import (
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

// passedOn are the signals that the first process must outlive: what Windows has comes
// over the console to both, and nothing is to be passed on.
func passedOn() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

// asksToEnd are the signals that ask the second process to end.
func asksToEnd() []os.Signal { return passedOn() }

func passOn(*os.Process, os.Signal) {}

// endedBy gives none, as there is no process on Windows that a signal ended.
func endedBy(*os.ProcessState) (by os.Signal, ok bool) { return nil, false }

func endOnRequest() {}

func endAsAsked(by os.Signal) { endBy(by) }

// interrupted is the exit code that Windows gives a process that Ctrl-C ends
// (STATUS_CONTROL_C_EXIT).
const interrupted = 0xC000013A

// endBy ends this process as Ctrl-C does.
func endBy(os.Signal) { windows.ExitProcess(interrupted) }

// endWith ends this process once another has ended.
func endWith(parent, code int) {
	process, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(parent))
	if err == nil {
		_, err = windows.WaitForSingleObject(process, windows.INFINITE)
	}
	if err == nil || err == windows.ERROR_INVALID_PARAMETER { // there is no such process any more
		os.Exit(code)
	}
}
