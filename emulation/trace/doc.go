// Package trace owns what the telemetry of a step must hold for its plan to have
// been performed: which processes, which of their acts, in which order. It knows
// the plan, as data, and what is on the host, which it follows in memory from how
// the asset was provisioned on; it trusts neither agent nor sensor. It knows no lab
// and no telemetry format. Start at Host.
//
// What the plan did not ask for is no part of it either: an observation that no
// act accounts for is told. Three things are left out of that, as nobody but a
// real service's own programs decides about them: which sockets a service's client
// uses besides its connection (kinds bind and connect, of a process that asks one),
// which lines the service adds to its log besides the one that it must, and what
// the files hold that it logs to.
package trace
