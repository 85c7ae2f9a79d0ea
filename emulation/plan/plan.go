package plan

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Plan is one scenario, ready to run.
type Plan struct {
	// Name and Title are the scenario's; File is where it was read from.
	Name, Title, File string
	// Attack is the version of ATT&CK that it speaks.
	Attack     attack.Version
	References []string
	// Tags are the scenario's own words for it, by which it can be chosen.
	Tags   []string
	Actors []Actor
	Assets []Asset
	// Steps are in the order in which they are performed: virtual time, then what each comes
	// after, then the order of the file.
	Steps []Step
	// Baselines come before the first step, on assets in their initial state.
	Baselines []Baseline
	// Gaps are not performed.
	Gaps []Gap
	// Conditions are those that the scenario brings along.
	Conditions Conditions
	// Detectors are the outside detectors that a run of the plan asks.
	Detectors []outside.Detector
}

// Asset is the asset of that name; a zero one if there is none.
func (p *Plan) Asset(name string) Asset {
	for _, asset := range p.Assets {
		if asset.Name == name {
			return asset
		}
	}
	return Asset{}
}

// Actor is who performs steps.
type Actor struct {
	Name  string // the scenario's
	Group string // the ATT&CK id, such as G0027; empty if ATT&CK does not know it
	Title string // the group's name, or else the actor's
	// Aliases are further names that the scenario gives it, References the addresses of
	// what was reported of it.
	Aliases    []string `json:",omitempty"`
	References []string `json:",omitempty"`
}

// Asset is a host to open.
type Asset struct {
	Name      string
	Place     asset.Host
	Protected []string
	// Wrapped is what the lab has of the image that the asset is made of, and what was
	// allowed it; nil before that was asked, or of any other asset.
	Wrapped *Wrapped
	Range   hcl.Range
}

// Wrapped is an image of the user's own, as an asset is made of it.
type Wrapped struct {
	// Image is its name, ID the digest by which the engine knows it, and Platform what it is
	// for, such as linux/amd64.
	Image    string `json:"image"`
	ID       string `json:"id"`
	Platform string `json:"platform"`
	// Allowed is what it was given beyond what every asset has, as KIND=VALUE.
	Allowed []string `json:"allowed"`
}

// Step is one use of a behaviour.
type Step struct {
	// ID is unique in the plan: the step's name.
	ID        string
	Behaviour behaviour.Behaviour
	Actor     Actor
	Asset     string
	// At is the virtual time since the scenario's start.
	At time.Duration
	// After are the steps that the scenario has it come after.
	After []string
	// Technique is the ATT&CK id the step claims.
	Technique string
	Arguments map[string]any
	Effect    effect.StepPlan
	Expect    []Expectation
	// Outside are the expectations of outside detectors.
	Outside []Expectation
	Range   hcl.Range
}

// Baseline is ordinary activity that must stay silent.
type Baseline struct {
	ID     string
	Kind   behaviour.Baseline
	Asset  string
	Effect effect.StepPlan
	Expect []Expectation
	// Outside are the expectations of outside detectors.
	Outside []Expectation
	// LeftOut says why no correlation can be judged on it in this plan; empty if any can.
	LeftOut string
	Range   hcl.Range
}

// Gap is what was reported and is not performed.
type Gap struct {
	ID, Title string
	Technique string // an ATT&CK id of either version; empty if none is known
	Because   string
	Range     hcl.Range
}

// Expectation is what one detector's one rule should do at a step.
type Expectation struct {
	// Detector is "sigma", or the name of an outside detector.
	Detector string
	Rule     string // its id; of an outside detector what the scenario calls it
	Title    string // its title
	Want     verdict.Want
	Shape    event.Shape
	Because  string
	// Until is the day a known gap ends; zero for other wants.
	Until time.Time
	// Least and Most bound the number of alerts of a rule that fires: at least
	// 1, and no upper bound where Most is 0.
	Least, Most int
	// LateAllowed is whether an alert of an outside detector may come late.
	LateAllowed bool
	// Sources are the log sources that the rule reads; none is any.
	Sources []event.LogSource
	// Timespan is how far apart the events can be that a correlation joins, those of the
	// correlations that it rests on included; 0 of a rule that looks at one event.
	Timespan time.Duration
	// LeftOut says why the expectation cannot be judged in this plan; empty if it can.
	LeftOut string
	Range   hcl.Range
}

// Rule is what a plan needs to know about a rule.
type Rule struct {
	// ID is what alerts call it: its id, or else its name or title. Spelling is what a
	// scenario can call it, the easiest to read; empty if nothing is its alone.
	ID, Spelling string
	Title, Level string
	// File and Line are where it stands.
	File string
	Line int
	// Sources are the log sources that it reads; those of a correlation are the log
	// sources of the rules that it refers to. Without any it reads all.
	Sources []event.LogSource
	// Timespan is how far apart the events are that a correlation joins; 0 of a rule
	// that looks at one event.
	Timespan time.Duration
	// SuppressedByCorrelation is true if the rule raises no alert of its own, but
	// only serves a correlation.
	SuppressedByCorrelation bool
	// LeftOut is true if the rule is known but was left out by whoever runs the plan.
	LeftOut bool
}

// Catalog tells which rules there are.
type Catalog interface {
	// Named finds the rules that a scenario can mean by a name: the id, in any case,
	// the rule's name or that of its file. Several share the name.
	Named(name string) []Rule
	// Rules lists all, for suggestions.
	Rules() []Rule
}

// Conditions are what a run's telemetry is judged under: the profiles of carriers,
// and the faults tried on each.
type Conditions struct {
	Profiles []profile.Profile
	Faults   []profile.Fault
}

// Override puts more profiles and faults beside these; one of the same name takes
// the other's place.
func (c Conditions) Override(more Conditions) Conditions {
	return Conditions{
		Profiles: merge(c.Profiles, more.Profiles, func(p profile.Profile) string { return p.Name }),
		Faults:   merge(c.Faults, more.Faults, func(f profile.Fault) string { return f.Info().Name }),
	}
}

func merge[T any](all, more []T, name func(T) string) []T {
	out := slices.Clone(all)
	for _, item := range more {
		i := slices.IndexFunc(out, func(other T) bool { return name(other) == name(item) })
		if i < 0 {
			out = append(out, item)
			continue
		}
		out[i] = item
	}
	return out
}
