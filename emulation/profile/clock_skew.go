package profile

import "time"

// ClockSkew is hosts whose clocks run ahead by so much; behind, if it is less
// than nothing. Time stamps are theirs, so what comes of it depends on who looks
// how far back, and on windows that span several hosts.
type ClockSkew struct {
	About
	Ahead time.Duration
}

func (s ClockSkew) apply(c *Delivery) {
	if s.appliesTo(c) {
		c.Event.Time = c.Event.Time.Add(s.Ahead)
	}
}
