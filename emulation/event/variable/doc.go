// Package variable names the environment variables by which a process is given
// what it stands for, and which the sensor keeps of an exec. It is apart from
// package event, and imports nothing, so that a stand-in can name them without
// what events are made of, which would be initialised at each of its starts. Start at
// [User].
package variable

// The variables a stand-in is started with.
const (
	// User is the account it stands for.
	User = "RINGER_USER"
	// Resident is set for one that stands for a process already running.
	Resident = "RINGER_RESIDENT"
	// Integrity is a Windows process's integrity level, where it does not follow from the
	// account.
	Integrity = "RINGER_INTEGRITY"
	// Peers are the hosts that loopback addresses stand for to it.
	Peers = "RINGER_PEERS"
)
