// Package exercise owns what a training exercise is: what is asked and what it is
// worth, what really happened, the log of all that people did, virtual time, and the
// score of every team as a fold over that log. It knows no page, no database, no
// language that exercises are written in and nothing that performs; package truth
// beside it makes the truth of a run. Start at [Definition], [Entry] and [State].
package exercise
