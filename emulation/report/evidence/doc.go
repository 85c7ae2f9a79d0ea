// Package evidence owns what a report needs of a run: the result with the events
// behind it, the processes that left them, the rules with their files, what changed
// since an earlier run, and which ATT&CK techniques were reported, performed and
// detected. A recorded run and a replayed one give the same, so a report cannot
// tell them apart but by Replayed.
//
// It knows results, the runner's records, comparisons and the ATT&CK tables; it
// judges nothing and knows no format: those are the packages beside it, each a
// function from a Run to a writer. Start at Source and Collect.
package evidence
