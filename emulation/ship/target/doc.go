// Package target owns what is said of a place that events are shipped to: the address,
// the protocol, which formats of events that takes, where its secrets are found. A
// [Target] says where a secret is, never what it is, so that it can be printed, recorded
// and kept. The package opens nothing. Start at [Target.Problems].
package target
