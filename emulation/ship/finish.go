package ship

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Patience is how long Finish waits for what is still in the spool.
type Patience struct {
	// Whole bounds the wait altogether, Idle the time in which nothing is taken; 0 does
	// not bound.
	Whole, Idle time.Duration
}

// ErrImpatient says that not all was sent in the time that there was.
var ErrImpatient = errors.New("the destination did not take all in time")

// Finish waits until all that was shipped is settled, as long as patience and ctx last,
// and closes the destination and the spool; an empty spool is removed. The error is why
// some of it is not sent, and nil if all was; the counts hold in any case.
func (s *Shipper) Finish(ctx context.Context, patience Patience) (Counts, error) {
	s.spool.End()
	s.stop(s.await(ctx, patience))
	<-s.done
	err := s.Err()
	counts := s.Counts()
	if counts.Dropped > 0 { // it is not settled with a batch
		err = errors.Join(err, s.settle(0, s.keptNow()))
	}
	closed := s.to.Close()
	if counts.Waiting == 0 && err == nil {
		closed = errors.Join(closed, s.spool.Remove())
	} else {
		closed = errors.Join(closed, s.spool.Close())
	}
	return counts, errors.Join(err, counts.Check(), closed)
}

// await waits until nothing is sent any more. It returns why it did not wait longer.
func (s *Shipper) await(ctx context.Context, patience Patience) error {
	forever := make(chan time.Time)
	whole, idle := (<-chan time.Time)(forever), (<-chan time.Time)(forever)
	if patience.Whole > 0 {
		timer := time.NewTimer(patience.Whole)
		defer timer.Stop()
		whole = timer.C
	}
	var idling *time.Timer
	if patience.Idle > 0 {
		idling = time.NewTimer(patience.Idle)
		defer idling.Stop()
		idle = idling.C
	}
	for {
		changed := s.spool.Changed()
		select {
		case <-s.done:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-whole:
			return fmt.Errorf("%w: %s", ErrImpatient, patience.Whole)
		case <-idle:
			return fmt.Errorf("%w: it took nothing for %s", ErrImpatient, patience.Idle)
		case <-changed:
			if idling != nil {
				idling.Reset(patience.Idle)
			}
		}
	}
}

const (
	// maxReasons bounds how many reasons are told apart, maxReason the length of one:
	// they are what others say.
	maxReasons = 20
	maxReason  = 200
	otherwise  = "other reasons"
)

// refuse counts a refused entry.
func (k *state) refuse(reason string) {
	reason = OneLine(reason)
	if _, known := k.Refused[reason]; !known && len(k.Refused) >= maxReasons {
		reason = otherwise
	}
	k.Refused[reason]++
}

// OneLine is what another system says as text of one line that is not long and has no
// control characters.
func OneLine(said string) string {
	words := strings.FieldsFunc(strings.ToValidUTF8(said, "\uFFFD"), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
	text := []rune(strings.Join(words, " "))
	if len(text) > maxReason {
		return string(text[:maxReason]) + "…"
	}
	if len(text) == 0 {
		return "no reason given"
	}
	return string(text)
}
