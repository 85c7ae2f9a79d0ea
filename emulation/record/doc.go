// Package record owns what is kept of a run: the journal that is written while it
// goes on, the sealed file that it becomes, and the way back from either to
// what the runner saw.
//
// A journal is a folder of parts, most of them JSON lines, one value a line. [Journal]
// writes it; what a crash leaves of it can be read, as far as the last whole line.
// [Journal.Seal] puts the parts into one zip file with a manifest, which has the
// SHA-256 of every part and chains them, so that no part can be changed, left out,
// swapped or taken from elsewhere without [Open] saying which. [Recording] reads
// both; [Recording.Replay] has a plan performed by what was recorded, through
// the same runner.
//
// The package knows plans, the runner, and what events, alerts and verdicts look
// like; it knows no lab, no rule language and no terminal. Start at [Journal] and
// [Recording].
package record
