package profile

import (
	"fmt"
	"strings"
)

// Exclusion keeps records from the rules whose field holds a text, as analysts
// write one to be rid of a noisy program, and too wide. Case does not count.
type Exclusion struct {
	About
	Field, Contains string
}

func (e Exclusion) apply(c *Delivery) {
	value, ok := c.Event.Fields[e.Field]
	if !ok {
		value, ok = c.Event.Joined[e.Field]
	}
	if ok && e.appliesTo(c) && strings.Contains(strings.ToLower(fmt.Sprint(value)), strings.ToLower(e.Contains)) {
		c.Seen = false
	}
}
