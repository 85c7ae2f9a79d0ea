package profile

import (
	"maps"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Record is one event of a run and what became of it on its host.
type Record struct {
	Event event.Event
	// Kind is the kind of its asset.
	Kind string
	// Logged is whether the host has a log with the record; Erased is when a
	// step took it out of there, zero for never.
	Logged bool
	Erased time.Time
}

// forever is later than any virtual time.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Delivery is a record as a carrier's detectors get it.
type Delivery struct {
	// Event has the fields and the time stamp that it arrived with; Kind is the
	// kind of its asset.
	Event event.Event
	Kind  string
	// Arrived is when the detectors had it. Seen is whether their rules were given
	// it at all.
	Arrived time.Time
	Seen    bool
	// hostUntil and storeUntil are until when the host's own log and the carrier's store
	// have it; zero is that they never had it.
	hostUntil, storeUntil time.Time
	// storage is where the detectors find it; forwarded is whether it was sent on;
	// written is when it was written, by a true clock, counted from the start of
	// the scenario.
	storage   Storage
	forwarded bool
	written   time.Duration
}

// OnHost reports whether the host's own log still has the record at a time.
func (c Delivery) OnHost(at time.Time) bool { return at.Before(c.hostUntil) }

// Forwarded reports whether the record was forwarded and the carrier's store still
// has it at a time.
func (c Delivery) Forwarded(at time.Time) bool { return at.Before(c.storeUntil) }

// Available reports whether the detectors can still read the record at a time, as a
// correlation must.
func (c Delivery) Available(at time.Time) bool {
	if c.storage == Host {
		return c.OnHost(at)
	}
	return c.Forwarded(at)
}

// RetainedUntil returns when the last of host and store loses the record. ok is
// false if one keeps it for ever.
func (c Delivery) RetainedUntil() (until time.Time, ok bool) {
	until = c.hostUntil
	if c.storeUntil.After(until) {
		until = c.storeUntil
	}
	return until, until.Before(forever)
}

// Deliver returns what the detectors get of records, in their order; records of
// sources that the profile has not are left out. fault is applied to each, nil is
// none; start is the virtual time from which the fault's times count.
func (p Profile) Deliver(records []Record, start time.Time, fault Fault) []Delivery {
	var copies []Delivery
	for _, r := range records {
		source, found := p.source(r.Event)
		if !found || !sampled(source.Sample, p.Name, "sample", r.Event.ID) {
			continue
		}
		copies = append(copies, p.deliver(r, source, start, fault))
	}
	return copies
}

func (p Profile) deliver(r Record, source Source, start time.Time, fault Fault) Delivery {
	at := r.Event.Time
	c := Delivery{
		Event: r.Event, Kind: r.Kind, Arrived: at.Add(source.Delay), Seen: true,
		storage: source.Storage, forwarded: source.Storage == Forwarded, written: at.Sub(start),
	}
	c.dropFields(source.MissingFields...)
	if fault != nil {
		fault.apply(&c)
	}
	erased := !r.Erased.IsZero()
	if r.Logged {
		c.hostUntil = until(at, hostRetention(source))
		if erased && r.Erased.Before(c.hostUntil) {
			c.hostUntil = r.Erased
		}
	}
	arrived := !(erased && r.Erased.Before(c.Arrived)) && sampled(1-source.Drop, p.Name, "drop", r.Event.ID)
	if source.Storage == Forwarded {
		arrived = arrived && c.forwarded
		if arrived {
			c.storeUntil = until(at, source.Retention)
		}
	}
	stale := p.Lookback > 0 && c.Arrived.Sub(c.Event.Time) > p.Lookback
	c.Seen = c.Seen && arrived && !stale
	return c
}

// hostRetention is how far back the host's own log reaches: of a source that is
// kept there, that is its retention.
func hostRetention(s Source) time.Duration {
	if s.Storage == Host && s.HostRetention == 0 {
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

// dropFields takes fields out of a record.
func (c *Delivery) dropFields(fields ...string) {
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
