package effect

import "strings"

// Access starts an inert process and, while it is there, does the least to it
// that one process can do to another: it sends the signal to go on, which it is
// doing anyway. Nothing of the other's memory is opened or read.
type Access struct {
	Target Process `json:"target"`
}

func (Access) Kind() string        { return "access" }
func (a Access) Touches() []string { return a.Target.Touches() }
func (a Access) String() string    { return "send SIGCONT to: " + strings.Join(a.Target.Args, " ") }

// Perform fails if the process cannot be started or sent the signal.
func (a Access) Perform(in Executor) error { return in.Access(a.Target) }
