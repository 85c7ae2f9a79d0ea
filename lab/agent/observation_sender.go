//go:build linux

package agent

import (
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
	err   error
}

// add is the sensor's sink.
func (o *observationSender) add(seen event.Observation) {
	o.agent.seq++
	o.sent++
	seen.Seq, seen.At, seen.Step = o.agent.seq, time.Since(o.agent.opened), o.step
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
