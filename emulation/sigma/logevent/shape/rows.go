package shape

import (
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// row says how the records of a log are recognised, and what is made of them.
type row struct {
	name string   // as people call it
	keys []string // members of which every such record has one
	is   condition
	// windows says where the parts of an event of the Windows event log stand.
	windows *layout
	// sources are the log sources of all records; sourcesOf those of one.
	sources   []logevent.LogSource
	sourcesOf func(v *record.Value) []logevent.LogSource
	time      []string // the paths of its time, the surest first, before those that are usual
	also      []also
	more      func(fields map[string]any, v *record.Value) // what else rules ask for
	carries   bool                                         // records may hold another one as text, which counts
}

// also is a name that rules use for what a record has at a path.
type also struct{ name, path string }

// logs are all that is known, in this order.
var logs = slices.Concat(windowsRows, cloudRows, linuxRows, otherRows)

// event is the event of a record that fits the row.
func (l *row) event(v *record.Value, at time.Time) *logevent.Event {
	fields := v.Fields(len(l.also))
	for _, a := range l.also {
		if _, taken := fields[a.name]; taken {
			continue
		}
		if found := v.At(a.path); found != nil {
			fields[a.name] = found.Any()
		}
	}
	if l.more != nil {
		l.more(fields, v)
	}
	withoutContext(fields)
	if t, ok := timeIn(v, l.time); ok {
		at = t
	} else if t, ok := timeIn(v, usualTimes); ok {
		at = t
	}
	sources := l.sources
	if l.sourcesOf != nil {
		sources = l.sourcesOf(v)
	}
	return &logevent.Event{Fields: fields, LogSources: sources, Time: at}
}

// fitting are the rows that have one of a record's members as their key, a bit for
// each: so that a record is held against a few of them only.
type fitting struct{ wrappers, logs uint64 }

// byKey has the rows of each key.
var byKey = func() map[string]fitting {
	all := map[string]fitting{}
	for i := range wrappers {
		for _, key := range wrappers[i].keys {
			f := all[key]
			f.wrappers |= 1 << i
			all[key] = f
		}
	}
	for i := range logs {
		for _, key := range logs[i].keys {
			f := all[key]
			f.logs |= 1 << i
			all[key] = f
		}
	}
	return all
}()

// rowsOf are the rows that a record may fit.
func rowsOf(v *record.Value) fitting {
	var f fitting
	for i := range v.Members {
		if of, ok := byKey[v.Members[i].Name]; ok {
			f.wrappers |= of.wrappers
			f.logs |= of.logs
		}
	}
	return f
}

// IsKnown says that a row fits a record by itself.
func IsKnown(v *record.Value) bool {
	fits := rowsOf(v)
	for i := range logs {
		if fits.logs>>i&1 != 0 && logs[i].is(v) {
			return true
		}
	}
	return false
}
