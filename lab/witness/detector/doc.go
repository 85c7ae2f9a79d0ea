//go:build linux

// Package detector is a real detector outside of the containers, for tests of what
// others' sensors see of an asset: a bpftrace program of some forty lines with four
// rules and one for ringer's probe, whose alerts are JSON lines (alert.schema.json). It
// knows nothing else of ringer, and is no part of it: `go run ./lab/witness/detector/detect`
// runs it on a machine where root may trace. Start at [Run].
package detector
