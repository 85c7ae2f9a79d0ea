// Package hunt owns the store of an exercise's events that trainees search: by query,
// by field, over time, along the tree of processes, and with a rule of their own. It
// holds events in one order, in which they are released; every question names how many
// are released, and is answered from those alone.
//
// What goes out is a [View], which has what a log has and nothing of what ringer knows:
// no step, no provenance, and an id from which nothing can be told. [Store.OriginOf] is
// for those who may know the truth.
//
// The language of queries is in package query, the mixing of what was performed with
// ordinary days in package stream. The package knows no exercise, no team and no page.
// Start at [Store].
package hunt
