package channel

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Channel is one log source of a platform: it writes records of what happens on a
// host, and declares apart from that which records it must write.
type Channel struct {
	Name string
	// Sources are all that its records can belong to.
	Sources []event.LogSource
	// Provenance is that of the records' fields, where a record does not say otherwise.
	Provenance event.Provenance
	// Open starts the channel on one asset; what it returns is shown every
	// activity in order and may keep a state of its own.
	Open func(Host) func(Activity) []Record
	// Expect starts the channel's declaration on one asset: what it returns is shown
	// every activity in order, and says which records there must be of it. It is
	// what the translation is checked by, so it shares no code with Open but decoders.
	Expect func(Host) func(Activity) []ExpectedRecord
}

// Host is the asset a channel writes on.
type Host struct {
	Name  string
	Asset asset.Host
}

// Activity is one observation with what is known around it.
type Activity struct {
	*event.Observation
	// Time is when it happened, in virtual time.
	Time time.Time
	// Actor is the acting process; of a fork, the child.
	Actor *Process
	// PlatformPath and PlatformTo are the observation's as the platform names them; empty where
	// they lie outside its tree.
	PlatformPath, PlatformTo string
	// TargetProcess is the process that was acted on; nil is none that was traced.
	TargetProcess *Process
}

// Record is what a channel writes of an activity.
type Record struct {
	Sources []event.LogSource
	Fields  map[string]any
	// Time is the activity's if it is zero.
	Time time.Time
	// Actor is the process whose act it was; the activity's if it is nil.
	Actor *Process
	// Seen are the numbers of earlier observations that went into it.
	Seen []uint64
	// NoJoin marks a record whose fields describe the process already: shape edr joins
	// nothing to it.
	NoJoin bool
	// Provenance is the channel's if it is 0. It is stated where the record would
	// not be there but for what an author wrote.
	Provenance event.Provenance
	// Authored marks a record whose text its writer chose: that it was added was
	// observed, and by whom; its own fields are stated, save those in FieldProvenance.
	Authored bool
	// FieldProvenance is that of the fields to which Provenance does not apply.
	FieldProvenance map[string]event.Provenance
}

// Stateless opens a channel that keeps no state: it writes the records of each
// activity by itself.
func Stateless(answer func(Host, Activity) []Record) func(Host) func(Activity) []Record {
	return func(h Host) func(Activity) []Record {
		return func(a Activity) []Record { return answer(h, a) }
	}
}
