//go:build linux

package agent

import (
	"context"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/wire"
)

// A frame of observations is sent once it holds so many, or so many bytes of
// content.
const (
	batchSize  = 256
	batchBytes = 1 << 20
)

// observationSender numbers a step's observations and sends them on.
type observationSender struct {
	agent *agent
	step  string
	sent  uint64
	batch []event.Observation
	bytes int
	// size is about how many bytes of frames all took.
	size int
	// end ends the step.
	end context.CancelCauseFunc
	err error
}

// overhead is about how many bytes a frame has of an observation beside its texts.
const overhead = 128

// add is the sensor's sink. A step that is seen to do more than the runner takes is ended.
func (o *observationSender) add(seen event.Observation) { o.addAt(seen, time.Now()) }

// addAt is add with when it was seen.
func (o *observationSender) addAt(seen event.Observation, at time.Time) {
	if o.err != nil {
		return
	}
	o.size += overhead + sizeOf(seen)
	switch {
	case o.sent >= wire.MaxObservations:
		o.err = fmt.Errorf("the step made more than %d observations, which is the most", wire.MaxObservations)
	case o.size > wire.MaxStepBytes:
		o.err = fmt.Errorf("the observations of the step have more than %d MiB, which is the most", wire.MaxStepBytes>>20)
	}
	if o.err != nil {
		o.end(o.err)
		return
	}
	o.agent.seq++
	o.sent++
	seen.Seq, seen.At, seen.Step = o.agent.seq, at.Sub(o.agent.opened), o.step
	o.batch = append(o.batch, seen)
	o.bytes += len(seen.Content)
	if len(o.batch) >= batchSize || o.bytes >= batchBytes {
		_ = o.flush() // kept in err
	}
}

// flush sends what is left. The first error stays: the runner must not think
// that it has heard all.
func (o *observationSender) flush() error {
	if o.err == nil && len(o.batch) > 0 {
		o.err = o.agent.conn.Send(wire.Message{Observations: o.batch})
	}
	o.batch, o.bytes = o.batch[:0], 0
	return o.err
}

// sizeOf is how many bytes the texts of an observation have in a frame, where they hold
// no more than what is written as it is.
func sizeOf(seen event.Observation) int {
	size := len(seen.Path) + len(seen.To) + 4*len(seen.Content)/3
	for _, text := range seen.Argv {
		size += len(text)
	}
	for name, value := range seen.Env {
		size += len(name) + len(value)
	}
	return size
}
