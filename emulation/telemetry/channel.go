package telemetry

import (
	"cmp"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Channel is one log source of a platform.
type Channel struct {
	Name     string
	Platform effect.Platform
	// Sources are all that its records can belong to.
	Sources []event.LogSource
	// Provenance is that of its records, field by field where a record does not
	// say otherwise.
	Provenance event.Provenance
	// Open starts the channel on one asset; what it returns is shown every
	// activity in order and may keep a state of its own.
	Open func(Host) func(Activity) []Record
	// Expect starts the channel's declaration on one asset: what it returns is shown
	// every activity in order, and says which records there must be of it. It is
	// what the translation is checked by, so it shares no code with open but the
	// reading of texts.
	Expect func(Host) func(Activity) []ExpectedRecord
}

// Host is the asset a channel writes on.
type Host struct {
	Name  string
	Asset asset.Host
}

// Activity is one observation with what is known around it.
type Activity struct {
	event.Observation
	// Time is virtual.
	Time time.Time
	// Actor is the acting process; of a fork, the child.
	Actor *Process
	// PlatformPath and PlatformTo are the observation's as the platform names them; empty where
	// they lie outside its tree.
	PlatformPath, PlatformTo string
	// TargetProcess is the process that something was done to; nil is none we know.
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
	// NoJoin says that the fields tell of the process already: there is nothing
	// to join.
	NoJoin bool
	// Provenance is the channel's if it is 0. It is stated where the record would
	// not be there but for what an author wrote.
	Provenance event.Provenance
	// Authored marks a record whose text its writer chose: that it was added was seen,
	// and who did it; its own fields are stated, save those in provenances.
	Authored bool
	// FieldProvenance holds for those fields that one does not.
	FieldProvenance map[string]event.Provenance
}

// Stateless opens a channel that answers each activity by itself.
func Stateless(answer func(Host, Activity) []Record) func(Host) func(Activity) []Record {
	return func(h Host) func(Activity) []Record {
		return func(a Activity) []Record { return answer(h, a) }
	}
}

var (
	channels = map[string]Channel{}
	// joins gives the fields of an acting process that shape edr adds to its
	// records, by platform.
	joins = map[effect.Platform]func(Host, *Process) map[string]any{}
)

// register enters a channel; a name used twice stops the program at start.
func register(c Channel) Channel {
	if _, taken := channels[c.Name]; taken {
		panic("telemetry: two channels named " + c.Name)
	}
	if c.Expect == nil {
		panic("telemetry: channel " + c.Name + " does not declare what it must write")
	}
	channels[c.Name] = c
	return c
}

// registerJoin enters how a platform tells of an acting process.
func registerJoin(p effect.Platform, tell func(Host, *Process) map[string]any) bool {
	if joins[p] != nil {
		panic("telemetry: two joins for " + string(p))
	}
	joins[p] = tell
	return true
}

// channelsOf lists a platform's channels by name.
func channelsOf(p effect.Platform) []Channel {
	var all []Channel
	for _, channel := range channels {
		if channel.Platform == p {
			all = append(all, channel)
		}
	}
	slices.SortFunc(all, func(a, b Channel) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// Channels lists the log sources a platform can write to: a rule for any other
// can never match on such an asset.
func Channels(p effect.Platform) []event.LogSource {
	var all []event.LogSource
	for _, channel := range channelsOf(p) {
		all = append(all, channel.Sources...)
	}
	slices.SortFunc(all, func(a, b event.LogSource) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Service, b.Service))
	})
	return slices.Compact(all)
}
