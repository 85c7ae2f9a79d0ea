package scenario

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Scenario is one scenario as written. Parts with an error are there, so that what
// they refer to can be checked, but they are not Valid.
type Scenario struct {
	Name  Identifier
	Title string
	// Attack is the version of ATT&CK that it speaks, and with it the ids of its steps'
	// techniques; attack.Current if it names none.
	Attack     attack.Version
	References []string
	// Tags are words of the author's own, by which it can be chosen.
	Tags []string
	// File is the one with the scenario block, Files are all that it is written in.
	File  string
	Files []string
	// Libraries are those of its own: what it names, and the blocks of a library that
	// stand in it.
	Libraries []*behaviour.Library
	Actors    []Actor
	Assets    []Asset
	Steps     []Step
	Baselines []Baseline
	Gaps      []Gap
	// Conditions are the scenario's own profiles and faults.
	Conditions Conditions
	// Gates are what runs are held to.
	Gates []Gate
	// Ships are where its events can be shipped to.
	Ships []Ship
	// Exercises are those that are written in its files.
	Exercises []*Exercise
	// Detectors are outside detectors, of which nothing is used unless a run is told to.
	Detectors []Detector
	// Valid is false if reading it gave an error.
	Valid bool
}

// Identifier is a name, a label or a reference, with its place. It is absent if Text
// is empty.
type Identifier struct {
	Text  string
	Range hcl.Range
}

// Actor is who performs steps: a group that was reported of, or anybody else.
type Actor struct {
	Name Identifier
	// Group is the zero value for an actor that ATT&CK does not know.
	Group attack.Group
	// Aliases are further names that the scenario gives it, References the addresses of
	// what was reported of it.
	Aliases    []string
	References []string
}

// Title is the name of the actor's group, or else the actor's.
func (a Actor) Title() string {
	if a.Group.Name != "" {
		return a.Group.Name
	}
	return a.Name.Text
}

// Asset is a host that the scenario asks for. Kind is the zero value if it is
// unknown.
type Asset struct {
	Name      Identifier
	Kind      asset.Kind
	Hostname  string
	Protected []string
	// Service is the real daemon that runs on it; empty if none does.
	Service string
	// Image is the image of the user's own that it is made of; nil if it is of none.
	Image *asset.Image
	Range hcl.Range
}

// Place returns the asset as behaviours see it.
func (a Asset) Place() asset.Host {
	return asset.Host{Kind: a.Kind, Hostname: a.Hostname, Service: a.Service, Image: a.Image}
}

// Step is one use of a behaviour.
type Step struct {
	Name Identifier
	// Behaviour is the zero value if it is unknown.
	Behaviour behaviour.Behaviour
	By, On    Identifier
	At        Offset
	After     []Identifier
	// Technique is the ATT&CK id claimed, by default the behaviour's, in the scenario's
	// version.
	Technique string
	// Arguments are those given, checked, with the types that
	// behaviour.Behaviour.With takes.
	Arguments map[string]any
	Expect    []Expect
	Range     hcl.Range
	Valid     bool
}

// Offset is a virtual time since the scenario's start.
type Offset struct {
	Time  time.Duration
	Given bool
	Range hcl.Range
}

// Baseline is ordinary activity on an asset. Kind is the zero value if it is unknown.
type Baseline struct {
	Name   Identifier
	Kind   behaviour.Baseline
	On     Identifier
	Expect []Expect
	Range  hcl.Range
	Valid  bool
}

// Gap is what was reported and is not performed.
type Gap struct {
	Name  Identifier
	Title string
	// Technique is an ATT&CK id of either version; empty if none is known.
	Technique string
	Because   string
	Range     hcl.Range
}

// Detector is an outside detector: a tool that alerts on what a run performs.
type Detector struct {
	outside.Detector
	Source outside.Source
	Range  hcl.Range
}

// Expect is what one rule should do at a step. Detector and Rule are as written;
// whether they exist is checked when the plan is built.
type Expect struct {
	Detector, Rule Identifier
	// Want is empty if it could not be read.
	Want      verdict.Want
	WantRange hcl.Range
	Shape     event.Shape
	Because   string
	// Until is the day a known gap ends; zero for other wants.
	Until      time.Time
	UntilRange hcl.Range
	// Least and Most bound the number of alerts of a rule that fires; no upper
	// bound where Most is 0.
	Least, Most int
	// LateAllowed is whether an alert of an outside detector may come late.
	LateAllowed bool
	Range       hcl.Range
	Valid       bool
}

// Asset finds an asset by its name.
func (s *Scenario) Asset(name string) (Asset, bool) {
	for _, asset := range s.Assets {
		if asset.Name.Text == name {
			return asset, true
		}
	}
	return Asset{}, false
}

// Actor finds an actor by its name.
func (s *Scenario) Actor(name string) (Actor, bool) {
	for _, actor := range s.Actors {
		if actor.Name.Text == name {
			return actor, true
		}
	}
	return Actor{}, false
}
