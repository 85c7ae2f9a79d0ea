package labtest

import (
	"slices"
	"testing"
	"time"
)

// Candidate is one of several ways of doing the same, to be timed.
type Candidate struct {
	Name string
	Do   func()
}

// Timing is what a way took, over all rounds.
type Timing struct{ Min, Median time.Duration }

// SideBySide times ways that take turns, so that a busy moment of the machine
// meets them all, and reports the least and the median of each in seconds.
func SideBySide(b *testing.B, candidates ...Candidate) []Timing {
	b.Helper()
	rounds := make([][]time.Duration, len(candidates))
	for b.Loop() {
		for i, candidate := range candidates {
			began := time.Now()
			candidate.Do()
			rounds[i] = append(rounds[i], time.Since(began))
		}
	}
	b.ReportMetric(0, "ns/op") // of all together, it says nothing
	took := make([]Timing, len(candidates))
	for i, candidate := range candidates {
		slices.Sort(rounds[i])
		took[i] = Timing{Min: rounds[i][0], Median: rounds[i][len(rounds[i])/2]}
		b.ReportMetric(took[i].Min.Seconds(), candidate.Name+",min-s")
		b.ReportMetric(took[i].Median.Seconds(), candidate.Name+",median-s")
	}
	return took
}
