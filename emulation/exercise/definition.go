package exercise

import (
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/profile"
)

// Mode is what the trainees of an exercise do.
type Mode string

// The modes.
const (
	Hunt  Mode = "hunt"  // find what happened
	Build Mode = "build" // write rules, and buy telemetry
)

// The values of what a definition leaves out.
const (
	DefaultPace    = 60.0
	DefaultMinutes = 90
	DefaultWithin  = time.Hour
	DefaultTries   = 3
	// DefaultRuleTries is DefaultTries of an objective that rules are written for: to
	// improve them is the exercise.
	DefaultRuleTries = 10
)

// Definition is an exercise as its author declared it.
type Definition struct {
	// Name is that of the block, Title what people read; Scenario is the name of the
	// scenario that is performed.
	Name     string `json:"name"`
	Title    string `json:"title"`
	Scenario string `json:"scenario"`
	Mode     Mode   `json:"mode"`
	// Intro is read by the trainees before they begin.
	Intro string `json:"intro,omitempty"`
	// Pace is how many virtual seconds pass in a second, more than 0.
	Pace float64 `json:"pace"`
	// Minutes is how long the exercise takes on the wall clock, pauses aside.
	Minutes int `json:"minutes"`
	// Wrong is what each false accusation costs: 0 or less.
	Wrong      int         `json:"wrong"`
	Objectives []Objective `json:"objectives"`
	// Budget is what a team may spend on Purchases; 0 where nothing is for sale.
	Budget    int        `json:"budget,omitempty"`
	Purchases []Purchase `json:"purchases,omitempty"`
}

// Objective is one thing that is asked, and what it is worth.
type Objective struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// Question is what the trainees are asked; empty if the title says it.
	Question string `json:"question,omitempty"`
	// Points are for a whole answer: 1 or more.
	Points int    `json:"points"`
	Find   Target `json:"find"`
	// Evidence is how many events of the step a whole answer names: 1 or more.
	Evidence int `json:"evidence"`
	// Partial says which share of the points each part of an answer is worth. The
	// shares of the parts add up to 1.
	Partial Shares `json:"partial"`
	// Within is how far the time of a finding may be from the step's.
	Within time.Duration `json:"within"`
	// Tries is how many answers of a team count; the best of them does.
	Tries int `json:"tries"`
	// Wrong is what each wrong answer costs: an actor that it was not, or a rule that
	// alarms on ordinary days. 0 or less.
	Wrong int    `json:"wrong"`
	Hints []Hint `json:"hints,omitempty"`
}

// Target is what an objective asks for: exactly one of its fields is set.
type Target struct {
	// Steps are steps of the scenario, of which a finding must show one.
	Steps []string `json:"steps,omitempty"`
	// Actor is the actor to whom a finding must attribute one of the actor's steps.
	Actor string `json:"actor,omitempty"`
	// Detect are steps that a rule of the team's own must detect in all their variants.
	Detect []string `json:"detect,omitempty"`
	// See are steps that the expected rules must detect on the telemetry that the team
	// bought.
	See []string `json:"see,omitempty"`
}

// Hint is a help that costs points.
type Hint struct {
	Name string `json:"name"`
	// Cost is taken off once when the team takes the hint: 0 or more.
	Cost int    `json:"cost"`
	Text string `json:"text"`
}

// Purchase is telemetry that a team can buy. One that costs nothing every team has.
type Purchase struct {
	Name    string           `json:"name"`
	Title   string           `json:"title"`
	Cost    int              `json:"cost"`
	Sources []profile.Source `json:"sources"`
}

// Objective finds an objective by its name.
func (d *Definition) Objective(name string) (Objective, bool) {
	i := slices.IndexFunc(d.Objectives, func(o Objective) bool { return o.Name == name })
	if i < 0 {
		return Objective{}, false
	}
	return d.Objectives[i], true
}

// Hint finds a hint of an objective by its name.
func (o Objective) Hint(name string) (Hint, bool) {
	i := slices.IndexFunc(o.Hints, func(h Hint) bool { return h.Name == name })
	if i < 0 {
		return Hint{}, false
	}
	return o.Hints[i], true
}

// Shares says which share of an objective's points each part of an answer is worth.
type Shares struct {
	// Technique, Host, Time and Evidence are the parts of a finding.
	Technique float64 `json:"technique,omitempty"`
	Host      float64 `json:"host,omitempty"`
	Time      float64 `json:"time,omitempty"`
	Evidence  float64 `json:"evidence,omitempty"`
	// Detection and Silence are the parts of a rule: the variants that it detects, and
	// that it is silent on ordinary days.
	Detection float64 `json:"detection,omitempty"`
	Silence   float64 `json:"silence,omitempty"`
}

// DefaultShares are the shares of an objective that declares none.
func DefaultShares(find Target) Shares {
	switch {
	case len(find.Steps) > 0:
		return Shares{Technique: 0.25, Host: 0.25, Time: 0.25, Evidence: 0.25}
	case len(find.Detect) > 0:
		return Shares{Detection: 0.5, Silence: 0.5}
	}
	return Shares{}
}
