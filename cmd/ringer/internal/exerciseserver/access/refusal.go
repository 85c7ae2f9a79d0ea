package access

import "sync/atomic"

// Refusal is why a request was refused.
type Refusal int

// The refusals.
const (
	UnknownLink    Refusal = iota // the token is not one of a link
	SpentLink                     // the link was used before
	UnknownSession                // the cookie is not one of a session
	TooMany                       // wrong tries, from an address or in all
	OtherSite                     // a form that another site sent
	WrongForm                     // a form without its token
	OtherHost                     // a name that the server does not have
	NotAllowed                    // a page of another role
	refusals
)

// Refusals are all of them, in order.
func Refusals() []Refusal {
	out := make([]Refusal, refusals)
	for i := range out {
		out[i] = Refusal(i)
	}
	return out
}

// Counts is how often requests were refused since the server was started. It may be
// used at the same time by many.
type Counts struct{ of [refusals]atomic.Int64 }

// Add counts one.
func (c *Counts) Add(why Refusal) { c.of[why].Add(1) }

// Of is how many were refused for that reason.
func (c *Counts) Of(why Refusal) int64 { return c.of[why].Load() }

// Total is how many were refused.
func (c *Counts) Total() int64 {
	var sum int64
	for i := range c.of {
		sum += c.of[i].Load()
	}
	return sum
}
