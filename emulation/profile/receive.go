package profile

import (
	"maps"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Record is one event of a run with what became of it on its host.
type Record struct {
	Event event.Event
	// Kind is the kind of its asset.
	Kind string
	// Logged is whether the host has a log that it stands in; Erased is when a
	// step took it out of there, zero for never.
	Logged bool
	Erased time.Time
}

// forever is later than any virtual time.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Copy is a record as one carrier has it.
type Copy struct {
	// Event has the fields and the time stamp that it arrived with; Kind is the
	// kind of its asset.
	Event event.Event
	Kind  string
	// Came is when the detectors had it. Seen is whether their rules were given
	// it at all.
	Came time.Time
	Seen bool
	// host and store are until when the host's own log and the carrier's store
	// have it; zero is that they never had it.
	host, store time.Time
	// kept is where the detectors find it; sent is whether it was forwarded;
	// written is when it was written, by a true clock, counted from the start of
	// the scenario.
	kept    Keeping
	sent    bool
	written time.Duration
}

// OnHost reports whether the host's own log still shows it then.
func (c Copy) OnHost(at time.Time) bool { return at.Before(c.host) }

// Forwarded reports whether it was forwarded and is still kept then.
func (c Copy) Forwarded(at time.Time) bool { return at.Before(c.store) }

// Held reports whether the detectors can still go back to it then, as a
// correlation must.
func (c Copy) Held(at time.Time) bool {
	if c.kept == Host {
		return c.OnHost(at)
	}
	return c.Forwarded(at)
}

// Kept is when the last place lost it; ok is false if one keeps it for good.
func (c Copy) Kept() (until time.Time, ok bool) {
	until = c.host
	if c.store.After(until) {
		until = c.store
	}
	return until, until.Before(forever)
}

// Receive gives the copies that a carrier has of records, in their order, while
// something is done wrong; nil is nothing. start is the virtual time that the
// faults' days count from. Records of sources that are not had leave none.
func (p Profile) Receive(records []Record, start time.Time, wrong Fault) []Copy {
	var copies []Copy
	for _, r := range records {
		source, had := p.source(r.Event)
		if !had || !taken(source.Sample, p.Name, "sample", r.Event.ID) {
			continue
		}
		copies = append(copies, p.receive(r, source, start, wrong))
	}
	return copies
}

func (p Profile) receive(r Record, source Source, start time.Time, wrong Fault) Copy {
	at := r.Event.Time
	c := Copy{
		Event: r.Event, Kind: r.Kind, Came: at.Add(source.Delay), Seen: true,
		kept: source.Kept, sent: source.Kept == Forwarded, written: at.Sub(start),
	}
	c.lose(source.Without...)
	if wrong != nil {
		wrong.befall(&c)
	}
	erased := !r.Erased.IsZero()
	if r.Logged {
		c.host = until(at, hostRetention(source))
		if erased && r.Erased.Before(c.host) {
			c.host = r.Erased
		}
	}
	arrived := !(erased && r.Erased.Before(c.Came)) && taken(1-source.Drop, p.Name, "drop", r.Event.ID)
	if source.Kept == Forwarded {
		arrived = arrived && c.sent
		if arrived {
			c.store = until(at, source.Retention)
		}
	}
	stale := p.Lookback > 0 && c.Came.Sub(c.Event.Time) > p.Lookback
	c.Seen = c.Seen && arrived && !stale
	return c
}

// hostRetention is how far back the host's own log reaches: of a source that is
// kept there, that is its retention.
func hostRetention(s Source) time.Duration {
	if s.Kept == Host && s.HostRetention == 0 {
		return s.Retention
	}
	return s.HostRetention
}

func until(at time.Time, retention time.Duration) time.Time {
	if retention == 0 {
		return forever
	}
	return at.Add(retention)
}

// lose takes fields out of a record.
func (c *Copy) lose(fields ...string) {
	has := func(name string) bool {
		_, written := c.Event.Fields[name]
		_, joined := c.Event.Joined[name]
		return written || joined
	}
	if !slices.ContainsFunc(fields, has) {
		return
	}
	c.Event.Fields, c.Event.Joined = maps.Clone(c.Event.Fields), maps.Clone(c.Event.Joined)
	for _, name := range fields {
		delete(c.Event.Fields, name)
		delete(c.Event.Joined, name)
	}
}
