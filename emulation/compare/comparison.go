package compare

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
)

// Format names the document's schema.
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
	// Summary is that of the run which all this is judged from.
	Summary   result.Summary `json:"summary"`
	Scenarios []Scenario     `json:"scenarios"`
}

// Scenario is one, under every profile. Lists "by profile" are in the order of
// Profiles.
type Scenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// Unjudged says why, where nothing that was to fire is judged: the run itself
	// showed nothing, and so nothing that follows says what anyone would have seen.
	Unjudged string `json:"unjudged,omitempty"`
	// Profiles has the full telemetry first.
	Profiles   []Profile   `json:"profiles"`
	Techniques []Technique `json:"techniques"`
	Faults     []Fault     `json:"faults"`
	// Costliest is the name of the fault that costs most over all carriers;
	// empty if none costs anything.
	Costliest string              `json:"costliest,omitempty"`
	Actors    []Actor             `json:"actors"`
	Remaining []RemainingEvidence `json:"surviving"`
	// Attributions is by actors, then by the rules' titles.
	Attributions []Attribution `json:"attribution"`
}

// Profile counts what one carrier sees of it.
type Profile struct {
	Name  string      `json:"name"`
	Title string      `json:"title"`
	Shape event.Shape `json:"shape,omitempty"`
	// Stated counts those of Detected that rest on stated fields.
	Stated int `json:"stated,omitempty"`
	// Records is how many of all the carrier's rules are given.
	Records int `json:"records"`
	// Detected is how many of the Expected alerts it has: those that the full
	// telemetry brought about.
	Detected int `json:"detected"`
	Expected int `json:"expected"`
	// FalseAlarms counts rules that spoke where they were to be silent, Silent those
	// that did not, and NotAsked those that the carrier's telemetry gives nothing of
	// the step to look at.
	FalseAlarms int `json:"false_alarms"`
	Silent      int `json:"silent"`
	NotAsked    int `json:"not_asked"`
}

// Technique is one row of the matrix.
type Technique struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Cells are by profile.
	Cells []Cell `json:"cells"`
}

// Cell says what came of the alerts expected in one place.
type Cell struct {
	State    State `json:"state"`
	Detected int   `json:"detected"`
	Expected int   `json:"expected"`
	// Stated counts those detected that rest on stated fields.
	Stated int `json:"stated,omitempty"`
}

// State is a cell in a word.
type State string

// The states.
const (
	Detected State = "detected" // at least one rule that should fire does
	Blind    State = "blind"    // known not to be seen, whatever the telemetry
	Missed   State = "missed"   // the full telemetry sees it; here no rule does
	// NotAsked is where no rule that should fire, or is known not to, has an event
	// of the step to look at.
	NotAsked        State = "not_asked"
	Unjudged        State = "unjudged" // the run itself showed nothing
	NothingExpected State = "unasked"  // nothing is expected to fire
)

// Fault is what one fault costs.
type Fault struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Title string `json:"title"`
	// Lost counts the alerts had without it and not with it, by profile; Total
	// is their sum over the carriers, the full telemetry left out.
	Lost  []int `json:"lost"`
	Total int   `json:"total"`
}

// Actor is how long one stayed unseen.
type Actor struct {
	Name string `json:"name"`
	// Began is the virtual day of its first step.
	Began string `json:"began"`
	// Unjudged is of an actor whose steps the run showed nothing of: an empty
	// First does not mean never.
	Unjudged bool `json:"unjudged,omitempty"`
	// Visibility are by profile.
	Visibility []Visibility `json:"sights"`
}

// Visibility is what one carrier saw of an actor.
type Visibility struct {
	// FirstSeen is the virtual day of the first alert; empty is never.
	FirstSeen string `json:"first,omitempty"`
	// EvidenceLost is the virtual day on which the last record that an alert rests on
	// was lost; empty with an alert means that one is kept for good.
	EvidenceLost string `json:"gone,omitempty"`
	// NotAsked is of a carrier that never saw the actor and whose rules had none of
	// its steps' events to look at.
	NotAsked bool `json:"not_asked,omitempty"`
}

// RemainingEvidence is what shows a step after the last one.
type RemainingEvidence struct {
	Step      string `json:"step"`
	Behaviour string `json:"behaviour"`
	Technique string `json:"technique"`
	Asset     string `json:"asset"`
	// ByProfile is in the order of the profiles.
	ByProfile []EvidenceLocations `json:"places"`
}

// EvidenceLocations tells what rules make of what is left on the host, and of what was
// forwarded and is kept.
type EvidenceLocations struct {
	Host      Cell `json:"host"`
	Forwarded Cell `json:"forwarded"`
}

// Attribution is a rule that alerted, and whom it points to.
type Attribution struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	Level string `json:"level,omitempty"`
	// Actors are those whose steps it alerted on.
	Actors []string `json:"actors"`
	// Names are the groups that its title or tags name.
	Names []string        `json:"names,omitempty"`
	Kind  AttributionKind `json:"kind"`
}

// AttributionKind is what an alert is worth for telling actors apart.
type AttributionKind string

// The kinds.
const (
	SingleActor   AttributionKind = "apart"      // one actor's steps alone
	SeveralActors AttributionKind = "shared"     // several actors' steps
	Misleading    AttributionKind = "misleading" // it names a group that it was not
)
