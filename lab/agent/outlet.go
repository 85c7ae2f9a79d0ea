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

// outlet numbers a step's observations and sends them on.
type outlet struct {
	agent *agent
	step  string
	told  uint64
	batch []event.Observation
	bytes int
	err   error
}

// take is the sensor's sink.
func (o *outlet) take(seen event.Observation) {
	o.agent.seq++
	o.told++
	seen.Seq, seen.At, seen.Step = o.agent.seq, time.Since(o.agent.opened), o.step
	o.batch = append(o.batch, seen)
	o.bytes += len(seen.Content)
	if len(o.batch) >= batchSize || o.bytes >= batchBytes {
		_ = o.flush() // kept in err
	}
}

// flush sends what is left. The first error stays: the runner must not think
// that it has heard all.
func (o *outlet) flush() error {
	if o.err == nil && len(o.batch) > 0 {
		o.err = o.agent.conn.Send(wire.Message{Seen: o.batch})
	}
	o.batch, o.bytes = o.batch[:0], 0
	return o.err
}
