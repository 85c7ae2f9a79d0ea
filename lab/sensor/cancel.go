//go:build linux

package sensor

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// killRetryInterval is how long a killer waits before it looks for processes that were
// forked meanwhile.
const killRetryInterval = 5 * time.Millisecond

// killWhen kills the tree once ctx is done. The returned function ends the
// watch and waits for it.
func (t *tracer) killWhen(ctx context.Context) (stop func()) {
	over := make(chan struct{})
	var watch sync.WaitGroup
	tracing := fmt.Appendf(nil, "\nTracerPid:\t%d\n", unix.Gettid())
	watch.Go(func() {
		select {
		case <-over:
			return
		case <-ctx.Done():
		}
		for {
			t.killAll(tracing)
			select {
			case <-over:
				return
			case <-time.After(killRetryInterval):
			}
		}
	})
	return func() {
		close(over)
		watch.Wait()
	}
}

// killAll sends each process of the tree a SIGKILL. A number may have been
// given to a stranger since it was noted: the descriptor is taken first, and
// the signal sent only if what it names is traced by us.
func (t *tracer) killAll(tracing []byte) {
	t.mutex.Lock()
	var all []int
	for tid, th := range t.threads {
		if tid == th.process.pid {
			all = append(all, tid)
		}
	}
	t.mutex.Unlock()
	for _, pid := range all {
		fd, err := unix.PidfdOpen(pid, 0)
		if err != nil {
			continue // it has ended
		}
		status, err := readFile(fmt.Sprintf("/proc/%d/status", pid))
		if err == nil && bytes.Contains(status, tracing) {
			_ = unix.PidfdSendSignal(fd, unix.SIGKILL, nil, 0) // it may end meanwhile
		}
		_ = unix.Close(fd)
	}
}
