// Package trace owns which observations a step's plan must leave: which processes,
// which of their acts, in which order. It knows the plan, as data, and follows in
// memory what is on the host from its provisioning on ([Host]); it trusts neither
// agent nor sensor. It knows no lab and no telemetry format. Start at [Host.Check].
//
// An observation that no act of the plan accounts for is an error too. Three things
// are exempt, as only a real service's own programs decide about them: which sockets
// a service's client uses besides its connection (kinds bind and connect, of a process
// that asks one), which lines the service adds to its log besides the one that is
// expected, and what the files contain that it logs to.
package trace
