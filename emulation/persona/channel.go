package persona

import (
	"cmp"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// channel is one log source of a persona.
type channel struct {
	name    string
	persona effect.Persona
	// sources are all that its records can belong to.
	sources []event.LogSource
	// provenance is that of its records, field by field where a record does not
	// say otherwise.
	provenance event.Provenance
	// open starts the channel on one asset; what it returns is shown every
	// moment in order and may keep a state of its own.
	open func(host) func(moment) []record
	// must starts the channel's declaration on one asset: what it returns is shown
	// every moment in order, and says which records there must be of it. It is
	// what the translation is checked by, so it shares no code with open but the
	// reading of texts.
	must func(host) func(moment) []due
}

// host is the asset a channel writes on.
type host struct {
	name  string
	place asset.Place
}

// moment is one observation with what is known around it.
type moment struct {
	event.Observation
	// time is virtual.
	time time.Time
	// by is the acting process; of a fork, the child.
	by *process
	// path and to are the observation's as the persona names them; empty where
	// they lie outside its tree.
	path, to string
	// target is the process that something was done to; nil is none we know.
	target *process
}

// record is what a channel writes of a moment.
type record struct {
	sources []event.LogSource
	fields  map[string]any
	// time is the moment's if it is zero.
	time time.Time
	// by is the process whose act it was; the moment's if it is nil.
	by *process
	// seen are the numbers of earlier observations that went into it.
	seen []uint64
	// whole says that the fields tell of the process already: there is nothing
	// to join.
	whole bool
	// provenance is the channel's if it is 0. It is stated where the record would
	// not be there but for what an author wrote.
	provenance event.Provenance
	// says marks a record whose text its writer chose: that it was added was seen,
	// and who did it; its own fields are stated, save those in provenances.
	says bool
	// provenances holds for those fields that one does not.
	provenances map[string]event.Provenance
}

// stateless opens a channel that answers each moment by itself.
func stateless(answer func(host, moment) []record) func(host) func(moment) []record {
	return func(h host) func(moment) []record {
		return func(m moment) []record { return answer(h, m) }
	}
}

var (
	channels = map[string]channel{}
	// joins gives the fields of an acting process that shape edr adds to its
	// records, by persona.
	joins = map[effect.Persona]func(host, *process) map[string]any{}
)

// register enters a channel; a name used twice stops the program at start.
func register(one channel) channel {
	if _, taken := channels[one.name]; taken {
		panic("persona: two channels named " + one.name)
	}
	if one.must == nil {
		panic("persona: channel " + one.name + " does not declare what it must write")
	}
	channels[one.name] = one
	return one
}

// registerJoin enters how a persona tells of an acting process.
func registerJoin(p effect.Persona, tell func(host, *process) map[string]any) bool {
	if joins[p] != nil {
		panic("persona: two joins for " + string(p))
	}
	joins[p] = tell
	return true
}

// channelsOf lists a persona's channels by name.
func channelsOf(p effect.Persona) []channel {
	var all []channel
	for _, one := range channels {
		if one.persona == p {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b channel) int { return cmp.Compare(a.name, b.name) })
	return all
}

// Channels lists the log sources a persona can write to: a rule for any other
// can never match on such an asset.
func Channels(p effect.Persona) []event.LogSource {
	var all []event.LogSource
	for _, one := range channelsOf(p) {
		all = append(all, one.sources...)
	}
	slices.SortFunc(all, func(a, b event.LogSource) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Service, b.Service))
	})
	return slices.Compact(all)
}
