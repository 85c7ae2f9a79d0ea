package compare

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
)

// Format is the name of the document's schema.
const Format = "ringer.compare/1"

// Comparison is the whole document.
type Comparison struct {
	Format  string    `json:"format"`
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	Seconds float64   `json:"seconds"`
	Rules   int       `json:"rules"`
	// Summary is that of the run that all is judged from.
	Summary   result.Summary `json:"summary"`
	Scenarios []Scenario     `json:"scenarios"`
}

// Scenario is one scenario under every profile. Lists that are by profile are in the
// order of Profiles.
type Scenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// Attack is the version of ATT&CK whose techniques it names.
	Attack attack.Version `json:"attack,omitempty"`
	// Unjudged says why nothing is judged if the run itself showed nothing: what
	// follows then says nothing either.
	Unjudged string `json:"unjudged,omitempty"`
	// Profiles are the full telemetry, then those of the conditions.
	Profiles   []Profile   `json:"profiles"`
	Techniques []Technique `json:"techniques"`
	Faults     []Fault     `json:"faults"`
	// Costliest is the name of the fault that costs most over all profiles; empty if
	// none costs anything.
	Costliest string              `json:"costliest,omitempty"`
	Actors    []Actor             `json:"actors"`
	Remaining []RemainingEvidence `json:"surviving"`
	// Attributions are sorted by actors, then by the rules' titles.
	Attributions []Attribution `json:"attribution"`
	// Steps are what is detected of each step as records arrive.
	Steps []StepCells `json:"-"`
}

// StepCells are the counts of one step, by profile.
type StepCells struct {
	Step  string
	Cells []Cell
}

// Profile has the counts of one carrier's telemetry.
type Profile struct {
	Name  string      `json:"name"`
	Title string      `json:"title"`
	Shape event.Shape `json:"shape,omitempty"`
	// Stated counts those of Detected that rest on stated fields.
	Stated int `json:"stated,omitempty"`
	// Records is how many records the carrier's rules are given.
	Records int `json:"records"`
	// Detected is how many of the Expected alerts the carrier has. Expected are those
	// that the full telemetry leads to.
	Detected int `json:"detected"`
	Expected int `json:"expected"`
	// FalseAlarms counts rules that fired though they must be silent, Silent those
	// that were silent, and NotAsked those without an event of the step to read.
	FalseAlarms int `json:"false_alarms"`
	Silent      int `json:"silent"`
	NotAsked    int `json:"not_asked"`
}

// Technique is one row of the technique matrix.
type Technique struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Cells are by profile.
	Cells []Cell `json:"cells"`
}

// Cell has the counts of the alerts expected in one place.
type Cell struct {
	State    State `json:"state"`
	Detected int   `json:"detected"`
	Expected int   `json:"expected"`
	// Stated counts those detected that rest on stated fields.
	Stated int `json:"stated,omitempty"`
}

// State summarises a cell in one word.
type State string

// The states.
const (
	Detected State = "detected" // at least one rule that should fire does
	Blind    State = "blind"    // known not to be seen, whatever the telemetry
	Missed   State = "missed"   // detected with the full telemetry, but not here
	// NotAsked is a cell without an event of the step for any rule that should fire
	// or is a known gap.
	NotAsked        State = "not_asked"
	Unjudged        State = "unjudged" // the run itself showed nothing
	NothingExpected State = "unasked"  // nothing is expected to fire
)

// Fault is what one fault costs.
type Fault struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Title string `json:"title"`
	// Lost counts, by profile, the alerts that are lost with the fault; Total is
	// their sum without the full telemetry.
	Lost  []int `json:"lost"`
	Total int   `json:"total"`
}

// Actor says how long an actor was not detected.
type Actor struct {
	Name string `json:"name"`
	// Began is the virtual day of its first step.
	Began string `json:"began"`
	// Unjudged is true if the run showed nothing of the actor's steps: that it was
	// not seen then means nothing.
	Unjudged bool `json:"unjudged,omitempty"`
	// Visibility is by profile.
	Visibility []Visibility `json:"sights"`
}

// Visibility is when one carrier saw an actor.
type Visibility struct {
	// FirstSeen is the virtual day of the first alert; empty if there was none.
	FirstSeen string `json:"first,omitempty"`
	// EvidenceLost is the virtual day on which the last record behind an alert was
	// lost; empty if there was no alert, or if a record is kept for good.
	EvidenceLost string `json:"gone,omitempty"`
	// NotAsked is true if the carrier never saw the actor and its rules had no event
	// of the actor's steps to read.
	NotAsked bool `json:"not_asked,omitempty"`
}

// RemainingEvidence is what still shows a step after the last one.
type RemainingEvidence struct {
	Step      string `json:"step"`
	Behaviour string `json:"behaviour"`
	Technique string `json:"technique"`
	Asset     string `json:"asset"`
	// ByProfile is in the order of the profiles.
	ByProfile []EvidenceLocations `json:"places"`
}

// EvidenceLocations are what the rules find in what is left on the host, and in what
// was forwarded and kept.
type EvidenceLocations struct {
	Host      Cell `json:"host"`
	Forwarded Cell `json:"forwarded"`
}

// Attribution is a rule that alerted, with the actors it can be attributed to.
type Attribution struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	Level string `json:"level,omitempty"`
	// Actors are those on whose steps it alerted.
	Actors []string `json:"actors"`
	// Names are the groups that its title or tags name.
	Names []string        `json:"names,omitempty"`
	Kind  AttributionKind `json:"kind"`
}

// AttributionKind says whether an alert helps to tell actors apart.
type AttributionKind string

// The kinds.
const (
	SingleActor   AttributionKind = "apart"      // alerted on the steps of one actor only
	SeveralActors AttributionKind = "shared"     // alerted on the steps of several actors
	Misleading    AttributionKind = "misleading" // names a group that was not the actor
)
