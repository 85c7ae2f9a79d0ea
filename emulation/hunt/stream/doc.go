// Package stream owns what events an exercise has, in the order of their time: those of
// the steps that were performed, among ordinary days that are repeated for as long as
// the exercise lasts. A recording has each ordinary day once, and all of its events
// within seconds, so they are spread over days, each group of processes as a whole.
//
// Nothing may tell what was performed from what is ordinary but what happened: [Disperse]
// takes steps away from the second of the day at which all of them were recorded, and
// every process gets its ids anew, in the order of time.
//
// It makes records for package hunt and knows the runner's records; it knows no exercise
// and no recording. Start at [Stream].
package stream
