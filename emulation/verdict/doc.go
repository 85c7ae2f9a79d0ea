// Package verdict decides what a run showed about each expectation. It owns
// the order of verdicts and the way to one; it knows nothing of containers,
// files or terminals: evidence comes in, verdicts go out. Start at Judge.
package verdict
