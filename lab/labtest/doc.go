// Package labtest owns what every lab must do for its callers, as a test that
// each lab runs. It knows only the runner's interfaces. Start at Contract.
package labtest
