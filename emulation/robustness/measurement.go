package robustness

import (
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Format is the version of the document.
const Format = "ringer.variants/1"

// Measurement is the document: which evasions each rule survives.
type Measurement struct {
	Format  string    `json:"format"`
	ID      string    `json:"id"`
	Version string    `json:"version"`
	Lab     string    `json:"lab"`
	Started time.Time `json:"started"`
	// Replayed is when a recording was judged again; zero where the variants were
	// performed.
	Replayed time.Time `json:"replayed,omitzero"`
	Seconds  float64   `json:"seconds"`
	// Scenarios and Executions count the scenarios and the variants performed of them.
	Scenarios  int `json:"scenarios"`
	Executions int `json:"performances"`
	// Mutations are the columns of each rule's cells.
	Mutations []evasion.Mutation `json:"alterations"`
	Rules     []Rule             `json:"rules"`
	// Missed are expectations that the reported variant does not meet either.
	Missed []Miss `json:"missed"`
	// Failures are what makes the measurement incomplete.
	Failures []Failure `json:"troubles"`
}

// Rule is which evasions one rule survives, in one shape of the events.
type Rule struct {
	Detector string      `json:"detector"`
	Rule     string      `json:"rule"`
	Title    string      `json:"title"`
	Shape    event.Shape `json:"shape"`
	// Stated names the fields that it rests on, at some step, where it fires as
	// reported, though they say no more than what their author wrote.
	Stated []string `json:"stated,omitempty"`
	// Survives of Of mutations that could be tried.
	Survives int    `json:"survives"`
	Of       int    `json:"of"`
	Cells    []Cell `json:"cells"`
}

// State is how a rule did under a mutation.
type State string

// The states.
const (
	Survives      State = "survives"
	Evaded        State = "evaded"
	NotApplicable State = "not_applicable"
	// NotAsked is where a mutated step left no event that the rule reads, so that it
	// could not have fired.
	NotAsked State = "not_asked"
	// Unjudged is where the lab performs nothing, so that no rule is judged.
	Unjudged State = "unjudged"
)

// Cell is a rule under one mutation: Survived of Of steps, and NotAsked of
// further ones.
type Cell struct {
	State    State  `json:"state"`
	Survived int    `json:"survived"`
	Of       int    `json:"of"`
	NotAsked int    `json:"not_asked"`
	Evasions []Miss `json:"evasions,omitempty"`
	// OnStated counts those it survived at by stated fields.
	OnStated int `json:"on_stated,omitempty"`

	unjudged bool
}

// Miss is a rule's expectation at a step that it misses. Lines are the command
// lines that make the difference, none where it lies in what an earlier step did;
// Why says what would have had to differ for the rule to fire.
type Miss struct {
	Scenario string   `json:"scenario"`
	Step     string   `json:"step"`
	Rule     string   `json:"rule"`
	Lines    []Line   `json:"lines,omitempty"`
	Why      []string `json:"why,omitempty"`
}

// Failure is a mutated step that broke or had no effect, or an asset that did.
type Failure struct {
	Scenario string `json:"scenario"`
	Step     string `json:"step,omitempty"`
	Mutation string `json:"alteration,omitempty"`
	Reason   string `json:"reason"`
}

// Evaded counts the rules that some mutation evades.
func (m Measurement) Evaded() int {
	return m.count(func(r Rule) bool { return r.Survives < r.Of })
}

// Unjudged counts the rules of which the lab, as it performs nothing, left some
// mutation untried.
func (m Measurement) Unjudged() int {
	return m.count(func(r Rule) bool {
		return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.State == Unjudged })
	})
}

// NotAsked counts the rules that no mutation is seen to evade, but of which some
// mutated step left nothing to look at.
func (m Measurement) NotAsked() int {
	return m.count(func(r Rule) bool { return r.Survives == r.Of && r.notAsked() })
}

// Untried counts the rules that nothing in their steps can be mutated for.
func (m Measurement) Untried() int {
	return m.count(func(r Rule) bool { return r.Of == 0 && !r.notAsked() })
}

func (r Rule) notAsked() bool {
	return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.State == NotAsked })
}

// Stated counts the rules that rest on stated fields where they fire as reported.
func (m Measurement) Stated() int {
	return m.count(func(r Rule) bool { return len(r.Stated) > 0 })
}

func (m Measurement) count(of func(Rule) bool) (n int) {
	for _, rule := range m.Rules {
		if of(rule) {
			n++
		}
	}
	return n
}
