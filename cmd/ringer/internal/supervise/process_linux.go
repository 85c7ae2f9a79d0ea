//go:build linux

package supervise

import (
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// endsWithParent has the kernel kill the second process when the first ends.
func endsWithParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// nameProcess gives the process a name in listings, which is otherwise the last part of
// the path that it was started by: /proc/self/exe.
func nameProcess(program string) {
	_ = os.WriteFile("/proc/self/comm", []byte(filepath.Base(program)), 0) // it is shown, no more
}

// adoptOrphans makes this process the parent of what the second leaves behind.
func adoptOrphans() {
	_ = unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) // without it they clean up all the same
}

// orphansPoll is how often it is looked whether one has ended.
const orphansPoll = 20 * time.Millisecond

// awaitOrphans waits for those to end.
func awaitOrphans(timeout time.Duration) {
	for until := time.Now().Add(timeout); time.Now().Before(until); {
		pid, err := unix.Wait4(-1, nil, unix.WNOHANG, nil)
		if err != nil && err != unix.EINTR {
			return // there are none
		}
		if pid <= 0 {
			time.Sleep(orphansPoll)
		}
	}
}
