// Package ship owns how a run's events get to another system: from a record to entries
// ([Encoder]), from there through a spool on disk to a destination ([Shipper]), and the
// counts that must add up: those made are those delivered, those refused with a reason and
// those that still wait.
//
// Entries go to the spool first. One goroutine takes them from there in batches, hands
// each to the [Destination] until nothing of it is left, and only then settles it, so that
// a batch that was under way when the process was killed is delivered again. Whether it
// then arrives twice is what the destination can say: see [Guarantee]. A destination that
// fails is asked again, later and later, as long as the caller waits; one that refuses
// ringer as a whole is not, and what waits stays in the spool.
//
// The package knows events and their formats; it knows no protocol (package send), no
// scenario and no terminal. Start at [Shipper].
package ship
