package robustness

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/variant"
)

// Format is the version of the document.
const Format = "ringer.variants/1"

// Measurement is what was found.
type Measurement struct {
	Format  string    `json:"format"`
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	Seconds float64   `json:"seconds"`
	// Scenarios and Performances count what was asked for and what that took.
	Scenarios    int `json:"scenarios"`
	Performances int `json:"performances"`
	// Alterations are the columns of each rule's cells.
	Alterations []variant.Alteration `json:"alterations"`
	Rules       []Rule               `json:"rules"`
	// Missed are expectations that the reported way does not meet either.
	Missed []Place `json:"missed"`
	// Troubles are what spoils the measurement: it is not whole.
	Troubles []Trouble `json:"troubles"`
}

// Rule is what one rule survives, in one shape of the events.
type Rule struct {
	Detector string      `json:"detector"`
	Rule     string      `json:"rule"`
	Title    string      `json:"title"`
	Shape    event.Shape `json:"shape"`
	// Survives of Of alterations that could be tried.
	Survives int    `json:"survives"`
	Of       int    `json:"of"`
	Cells    []Cell `json:"cells"`
}

// State is what came of a rule under an alteration.
type State string

// The states.
const (
	Survives      State = "survives"
	Evaded        State = "evaded"
	NotApplicable State = "not_applicable"
	// Unjudged is where the lab performs nothing.
	Unjudged State = "unjudged"
)

// Cell is a rule under one alteration: Survived of Of steps.
type Cell struct {
	State    State   `json:"state"`
	Survived int     `json:"survived"`
	Of       int     `json:"of"`
	Evasions []Place `json:"evasions,omitempty"`

	unjudged bool
}

// Place is a rule's expectation at a step; Lines are the command lines with
// which it was evaded.
type Place struct {
	Scenario string   `json:"scenario"`
	Step     string   `json:"step"`
	Rule     string   `json:"rule"`
	Lines    []string `json:"lines,omitempty"`
}

// Trouble is an altered step that broke or had no effect, or an asset that did.
type Trouble struct {
	Scenario   string `json:"scenario"`
	Step       string `json:"step,omitempty"`
	Alteration string `json:"alteration,omitempty"`
	Reason     string `json:"reason"`
}

// Evaded counts the rules that some alteration evades.
func (m Measurement) Evaded() int {
	evaded := 0
	for _, rule := range m.Rules {
		if rule.Survives < rule.Of {
			evaded++
		}
	}
	return evaded
}
