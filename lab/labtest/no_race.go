//go:build !race

package labtest

// RaceEnabled is that the race detector watches. What computes much, and does nothing at
// the same time, need not be computed again under it.
const RaceEnabled = false
