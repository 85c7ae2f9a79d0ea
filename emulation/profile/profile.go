package profile

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Any, as a source's product or name, matches all.
const Any = "any"

// Profile is the telemetry of one carrier.
type Profile struct {
	Name, Title string
	// Shape is what its detectors are given of each record; empty is whichever
	// shape an expectation asks for.
	Shape event.Shape
	// Lookback is how far back, by the records' own time stamps, the rules look
	// each time they are run; 0 is as far as it takes.
	Lookback time.Duration
	// Sources are the log sources had. Of several that a record fits, the first
	// one counts.
	Sources []Source
}

// Full has every log source, at once, whole and for good.
func Full() Profile {
	return Profile{Name: "full", Title: "All log sources, without delay or loss", Sources: []Source{
		{Product: Any, Name: Any, Storage: Forwarded, Sample: 1},
	}}
}

// Storage is where the records of a source are kept for the detectors.
type Storage string

// The places.
const (
	Host      Storage = "host"      // in the host's own log and nowhere else
	Forwarded Storage = "forwarded" // sent on to where no step reaches
)

// Source is one log source, or several, and how it is had.
type Source struct {
	// Product is Sigma's, Name a service or category of it; either can be Any.
	Product, Name string
	Storage       Storage
	// Retention is how long a record is kept there, HostRetention how long the
	// host's own log reaches back; 0 is for good.
	Retention, HostRetention time.Duration
	// Delay is how long a record takes from being written to being read: what
	// the host's log loses before that, nobody has read.
	Delay time.Duration
	// Sample is the share of records that are written at all, 0 to 1; Drop is
	// the share of those that is lost on the way.
	Sample, Drop float64
	// MissingFields names fields that its records have not.
	MissingFields []string
}

// Matches reports whether records of a log source come from here.
func (s Source) Matches(of event.LogSource) bool {
	return (s.Product == Any || s.Product == of.Product) &&
		(s.Name == Any || s.Name == of.Service || s.Name == of.Category)
}

// source returns the source that an event comes from; ok is false if there is none.
func (p Profile) source(e event.Event) (Source, bool) {
	for _, source := range p.Sources {
		for _, of := range e.Sources {
			if source.Matches(of) {
				return source, true
			}
		}
	}
	return Source{}, false
}
