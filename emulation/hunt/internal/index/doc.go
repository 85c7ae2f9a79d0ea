// Package index owns the searchable form of some tens of thousands of events: a
// [Segment], which is built once and then only read. Every value of a field is kept
// once, folded and sorted, with the events that have it; what a text contains is found
// by three letters of it. An event is a row of numbers of values, so it costs a few
// dozen bytes and is whole again without being parsed.
//
// It knows fields and values: no hosts, times, logs, and nothing of what is released.
// Start at [Build].
package index
