//go:build !race

package main

// raceEnabled is that the race detector watches.
const raceEnabled = false
