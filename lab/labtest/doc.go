// Package labtest owns what every lab must do for its callers, as a test that
// each lab runs, and how benchmarks time several ways of doing the same. It
// knows only the runner's interfaces. Start at [Contract].
package labtest
