//go:build linux

package witness

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Exclusion is a kind of act that only one of the two records has, and rightly.
type Exclusion struct {
	Name, Reason string
}

var (
	agentActs = Exclusion{"the agent's own acts",
		"the first process of an asset lays out, proves and takes back, before and after what is traced; before it is the agent it is the engine's"}
	canaryActs = Exclusion{"the canary's acts",
		"they show that the sensor is awake, and are not part of any step"}
	launchCopies = Exclusion{"the start of a tree's first process",
		"it begins as a copy of the agent, which is executed and stopped before its first instruction"}
	serviceActs = Exclusion{"a real service's acts",
		"the agent starts it beside the steps, and what it does is reported as lines of its log"}
	otherKinds = Exclusion{"kinds of observation that the kernel's record has not",
		"forks, exits, signals, owners, attributes, maps, contents, datagrams, sockets' own ends, refusals and lines are reported by the sensor alone"}
)

// origins finds the processes of exclusions by how they came to be. It must be
// given all acts in order.
type origins struct{ of map[Process]*Exclusion }

// canaryFolder is below the asset's root, where no scenario's path leads.
const canaryFolder = effect.Root + "/.canary/"

// servicesFolder is where services lie in the image, outside of the asset's tree.
const servicesFolder = asset.ServiceFolder + "/"

// excluded gives the exclusion that an act falls under; nil is none.
func (o *origins) excluded(a Act) *Exclusion {
	if a.Process.PID == 1 {
		return &agentActs
	}
	exclusion, known := o.of[a.Process]
	if !known {
		exclusion = o.of[Process{a.Process.Asset, a.Parent}] // of a service or canary all children are
		o.of[a.Process] = exclusion
	}
	if a.Call == "exec" {
		switch {
		case !known && a.Parent == 1 && a.Path == "/proc/self/exe":
			return &launchCopies
		case strings.HasPrefix(a.Path, canaryFolder):
			exclusion = &canaryActs
		case a.Parent == 1 && strings.HasPrefix(a.Path, servicesFolder):
			exclusion = &serviceActs
		}
		o.of[a.Process] = exclusion
	}
	return exclusion
}

// exclusionOf gives the exclusion that an observation falls under; nil is none.
func exclusionOf(s Seen) *Exclusion {
	if !compared[s.Kind] {
		return &otherKinds
	}
	return nil
}
