//go:build linux

package witness

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Report is what a comparison came to.
type Report struct {
	// Compared counts the acts that both records have.
	Compared int
	// Missing are acts that the kernel recorded and the sensor did not report,
	// Extra observations of acts that the kernel did not record.
	Missing []Act
	Extra   []Seen
	// Excluded counts what was left out, by its exclusion.
	Excluded map[Exclusion]int
}

// Differences counts what only one record has.
func (r Report) Differences() int { return len(r.Missing) + len(r.Extra) }

// Compare holds the acts of the kernel's record against the sensor's
// observations, process by process and in order. Acts of containers whose first
// process is not among those given are somebody else's and are not looked at.
func Compare(assets map[int]bool, acts []Act, seen []Seen) Report {
	r := Report{Excluded: map[Exclusion]int{}}
	of := origins{of: map[Process]*Exclusion{}}
	recorded, reported := map[Process][]Act{}, map[Process][]Seen{}
	for _, act := range acts {
		if !assets[act.Process.Asset] {
			continue
		}
		if why := of.excluded(act); why != nil {
			r.Excluded[*why]++
			continue
		}
		recorded[act.Process] = append(recorded[act.Process], act)
	}
	for _, observation := range seen {
		if why := exclusionOf(observation); why != nil {
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

// align finds the longest run of acts and observations that match each other, in
// order; all others are differences.
func (r *Report) align(acts []Act, seen []Seen) {
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
	for _, act := range r.Missing {
		fmt.Fprintf(&out, "the sensor did not report: %s\n", act)
	}
	for _, observation := range r.Extra {
		fmt.Fprintf(&out, "the kernel did not record: %s\n", observation)
	}
	return out.String()
}
