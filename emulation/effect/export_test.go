package effect

import (
	"maps"
	"slices"
)

// What the tests beside the package need of it.
var (
	EveryAct         = everyAct
	EveryRegistryAct = everyRegistryAct
)

// ActKinds are the kinds of act there are.
func ActKinds() []string { return slices.Sorted(maps.Keys(acts())) }
