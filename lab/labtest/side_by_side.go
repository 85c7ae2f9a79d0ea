package labtest

import (
	"slices"
	"testing"
	"time"
)

// Way is one of several ways of doing the same, to be timed.
type Way struct {
	Name string
	Do   func()
}

// Took is what a way took, over all rounds.
type Took struct{ Min, Median time.Duration }

// SideBySide times ways that take turns, so that a busy moment of the machine
// meets them all, and reports the least and the median of each in seconds.
func SideBySide(b *testing.B, ways ...Way) []Took {
	b.Helper()
	rounds := make([][]time.Duration, len(ways))
	for b.Loop() {
		for i, way := range ways {
			began := time.Now()
			way.Do()
			rounds[i] = append(rounds[i], time.Since(began))
		}
	}
	b.ReportMetric(0, "ns/op") // of all together, it says nothing
	took := make([]Took, len(ways))
	for i, way := range ways {
		slices.Sort(rounds[i])
		took[i] = Took{Min: rounds[i][0], Median: rounds[i][len(rounds[i])/2]}
		b.ReportMetric(took[i].Min.Seconds(), way.Name+",min-s")
		b.ReportMetric(took[i].Median.Seconds(), way.Name+",median-s")
	}
	return took
}
