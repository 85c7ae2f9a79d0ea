package supervise

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"time"
)

// sameRequest is how long a signal that comes again is the same request: who ends a
// command and its process group, as timeout(1) does, sends it twice.
const sameRequest = 200 * time.Millisecond

// interruptible is true once there is somebody to end what was started.
var interruptible atomic.Bool

// Interruptible returns a context that the first signal ends which asks the process to
// end. One that comes again ends the process, in case ending takes too long; what came
// over a terminal and was passed on besides is one.
func Interruptible(ctx context.Context) context.Context {
	interruptible.Store(true)
	received := make(chan os.Signal, 8)
	signal.Notify(received, asksToEnd()...)
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		first := map[os.Signal]time.Time{}
		for by := range received {
			now := time.Now()
			switch at, again := first[by]; {
			case !again:
				first[by] = now
				cancel()
			case now.Sub(at) >= sameRequest:
				endAsAsked(by)
			}
		}
	}()
	return ctx
}
