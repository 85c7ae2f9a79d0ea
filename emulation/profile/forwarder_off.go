package profile

import "time"

// ForwarderOff is a forwarder that was switched off from one virtual day to
// another, and did not catch up when it came back.
type ForwarderOff struct {
	About
	From, Until time.Duration
}

func (f ForwarderOff) apply(c *Delivery) {
	if f.appliesTo(c) && c.written >= f.From && c.written < f.Until {
		c.forwarded = false
	}
}
