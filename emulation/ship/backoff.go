package ship

import (
	"math/rand/v2"
	"time"
)

// The waits between attempts, where the destination says nothing.
const (
	firstWait = 100 * time.Millisecond
	// DefaultMaxWait bounds the wait.
	DefaultMaxWait = 15 * time.Second
	// maxAfter bounds what a destination may ask for.
	maxAfter = 10 * time.Minute
)

// backoff says how long to wait before the next attempt: twice as long each time, of
// which the second half is by chance, so that many senders do not come back together.
type backoff struct {
	failed int
	most   time.Duration
}

// next is the wait after one more failure, at least what the destination asks for.
func (b *backoff) next(after time.Duration) time.Duration {
	wait := b.most
	if b.failed < 16 {
		wait = min(firstWait<<b.failed, b.most)
	}
	b.failed++
	wait = wait/2 + rand.N(wait/2+1)
	return max(wait, min(after, maxAfter))
}

// reset is called after a success.
func (b *backoff) reset() { b.failed = 0 }
