// Package history owns what is remembered of runs beyond their recordings: how each
// expectation was judged, what alarmed on an ordinary day, how long scenarios and steps
// took, and by which key each scenario was performed. [Collect] takes it from a run that
// was judged, [FromRecording] from a recording; both give the same, so that a store that
// was lost is made again of recordings.
//
// [Store] keeps runs and answers what is asked of them. It is a memory, never the truth:
// that is in the recordings, of which it has path and digest. The package knows results
// and recordings; it knows no database, which is package sqlstore's, and no terminal.
// Start at [Run] and [Store].
package history
