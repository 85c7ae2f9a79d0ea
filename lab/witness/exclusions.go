package witness

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Exclusion is a kind of act that only one of the two records has, and rightly.
type Exclusion struct {
	Name, Reason string
}

var (
	agentsOwn = Exclusion{"the agent's own acts",
		"the first process of an asset lays out, proves and takes back, before and after what is traced; before it is the agent it is the engine's"}
	canarys = Exclusion{"the canary's acts",
		"they show that the sensor is awake, and are no part of any step"}
	copies = Exclusion{"the start of a tree's first process",
		"it begins as a copy of the agent, which is executed and stopped before its first instruction"}
	services = Exclusion{"a real service's acts",
		"the agent starts it beside the steps, and what it does is told as lines of its log"}
	others = Exclusion{"kinds of observation that the kernel's record has not",
		"forks, exits, signals, owners, attributes, maps, contents, datagrams, sockets' own ends, refusals and lines are told by the sensor alone"}
)

// origins tells the processes of exclusions by how they came to be. It must be
// given all acts in order.
type origins struct{ of map[Process]*Exclusion }

// canaryFolder is below the asset's root, where no scenario's path leads.
const canaryFolder = effect.Root + "/.canary/"

// services lie in the image, outside of the asset's root.
const servicesFolder = "/usr/"

// excluded gives the exclusion that an act falls under; nil is none.
func (o *origins) excluded(a Act) *Exclusion {
	if a.Process.PID == 1 {
		return &agentsOwn
	}
	mine, known := o.of[a.Process]
	if !known {
		mine = o.of[Process{a.Process.Asset, a.Parent}] // of a service or canary all children are
		o.of[a.Process] = mine
	}
	if a.Call == "exec" {
		switch {
		case !known && a.Parent == 1 && a.Path == "/proc/self/exe":
			return &copies
		case strings.HasPrefix(a.Path, canaryFolder):
			mine = &canarys
		case a.Parent == 1 && strings.HasPrefix(a.Path, servicesFolder):
			mine = &services
		}
		o.of[a.Process] = mine
	}
	return mine
}

// untold gives the exclusion that an observation falls under; nil is none.
func untold(s Seen) *Exclusion {
	if !compared[s.Kind] {
		return &others
	}
	return nil
}
