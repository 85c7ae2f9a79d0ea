package navigator

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// translate gives techniques with the ids, names and tactics of a version. Those that it
// has as one are put together; unknown are the ids that it has not, or has deprecated.
func translate(all []evidence.Technique, to attack.Version) (known []evidence.Technique, unknown []string) {
	place := map[string]int{}
	for _, technique := range all {
		id, ok := to.Counterpart(technique.ID)
		in, _ := to.Technique(id)
		if !ok || in.Deprecated {
			unknown = append(unknown, technique.ID)
			continue
		}
		if i, there := place[id]; there {
			known[i] = known[i].Merge(technique)
			continue
		}
		place[id] = len(known)
		technique.ID, technique.Name, technique.Tactics = id, in.Name, in.Tactics
		known = append(known, technique)
	}
	slices.SortFunc(known, func(a, b evidence.Technique) int { return strings.Compare(a.ID, b.ID) })
	return known, unknown
}
