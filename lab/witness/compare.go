//go:build linux

package witness

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Report is what a comparison came to.
type Report struct {
	// Compared counts the acts that both records have.
	Compared int
	// Missing are acts that the kernel recorded and the sensor did not report,
	// Extra observations of acts that the kernel did not record.
	Missing []Act
	Extra   []told
	// Rewritten counts the executions that are read as those of scripts, which the
	// programs of Windows hosts are to the kernel.
	Rewritten int
	// Excluded counts what was left out, by its exclusion.
	Excluded map[Exclusion]int
}

// Differences counts what only one record has.
func (r Report) Differences() int { return len(r.Missing) + len(r.Extra) }

// Compare holds the acts of the kernel's record against the sensor's
// observations, process by process and in order. Assets are by their first processes:
// acts of any other container are somebody else's and are not looked at.
func Compare(assets map[int]effect.Platform, acts []Act, seen []Seen) Report {
	r := Report{Excluded: map[Exclusion]int{}}
	of := origins{of: map[Process]*Exclusion{}}
	recorded, reported := map[Process][]Act{}, map[Process][]told{}
	for _, act := range acts {
		platform, ours := assets[act.Process.Asset]
		if !ours {
			continue
		}
		if why := of.excluded(act); why != nil {
			r.Excluded[*why]++
			continue
		}
		if platform == effect.Windows {
			var done bool
			if act, done = act.withoutInterpreter(); done {
				r.Rewritten++
			}
		}
		recorded[act.Process] = append(recorded[act.Process], act)
	}
	for _, observation := range lineage(assets, seen) {
		if why := exclusionOf(observation.Seen); why != nil {
			r.Excluded[*why]++
			continue
		}
		reported[observation.process()] = append(reported[observation.process()], observation)
	}
	processes := slices.Collect(maps.Keys(recorded))
	for process := range reported {
		if _, both := recorded[process]; !both {
			processes = append(processes, process)
		}
	}
	slices.SortFunc(processes, func(a, b Process) int {
		return cmp.Or(cmp.Compare(a.Asset, b.Asset), cmp.Compare(a.PID, b.PID))
	})
	for _, process := range processes {
		r.align(recorded[process], reported[process])
	}
	return r
}

// agentPID is the number of an asset's first process, which starts each step's.
const agentPID = 1

// lineage says of each observation which program its process runs then, and which
// process started that.
func lineage(assets map[int]effect.Platform, seen []Seen) []told {
	type key struct {
		asset   int
		process uint64
	}
	all := make([]told, 0, len(seen))
	pids, programs := map[key]int{{}: agentPID}, map[key]string{}
	for _, s := range seen {
		self, parent := key{s.Asset, s.Observation.Process}, key{s.Asset, s.Observation.Parent}
		pids[self] = s.PID
		if s.Kind == event.Exec {
			programs[self] = s.Path
		}
		if s.Observation.Parent == 0 {
			parent = key{}
		}
		all = append(all, told{s, assets[s.Asset], pids[parent], programs[self]})
	}
	return all
}

// align finds the longest run of acts and observations that match each other, in
// order; all others are differences.
func (r *Report) align(acts []Act, seen []told) {
	for len(acts) > 0 && len(seen) > 0 && acts[0].matches(seen[0]) {
		r.Compared++
		acts, seen = acts[1:], seen[1:]
	}
	// longest[i][j] is how many of acts[i:] and seen[j:] match each other.
	longest := make([][]int, len(acts)+1)
	for i := range longest {
		longest[i] = make([]int, len(seen)+1)
	}
	for i := len(acts) - 1; i >= 0; i-- {
		for j := len(seen) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if acts[i].matches(seen[j]) {
				longest[i][j] = max(longest[i][j], longest[i+1][j+1]+1)
			}
		}
	}
	i, j := 0, 0
	for i < len(acts) && j < len(seen) {
		switch {
		case acts[i].matches(seen[j]) && longest[i][j] == longest[i+1][j+1]+1:
			r.Compared, i, j = r.Compared+1, i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			r.Missing = append(r.Missing, acts[i])
			i++
		default:
			r.Extra = append(r.Extra, seen[j])
			j++
		}
	}
	r.Missing, r.Extra = append(r.Missing, acts[i:]...), append(r.Extra, seen[j:]...)
}

// String is the report for a person: the exclusions with their counts, then each
// difference.
func (r Report) String() string {
	var out strings.Builder
	for _, why := range slices.SortedFunc(maps.Keys(r.Excluded), func(a, b Exclusion) int { return cmp.Compare(a.Name, b.Name) }) {
		fmt.Fprintf(&out, "left out: %d × %s: %s\n", r.Excluded[why], why.Name, why.Reason)
	}
	if r.Rewritten > 0 {
		fmt.Fprintf(&out, "read as scripts: %d programs of Windows hosts\n", r.Rewritten)
	}
	for _, act := range r.Missing {
		fmt.Fprintf(&out, "the sensor did not report: %s\n", act)
	}
	for _, observation := range r.Extra {
		fmt.Fprintf(&out, "the kernel did not record: %s\n", observation)
	}
	return out.String()
}
