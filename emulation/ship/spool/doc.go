// Package spool owns entries that wait on disk until somebody has taken them: a folder
// of segments to which entries are only appended, and a file that says how many of them
// are settled. What a killed process leaves is read again, from the first entry that was
// not settled. The spool is bounded: what does not fit is refused with [ErrFull].
//
// An entry is bytes. It has a number, counted from 1 without a gap, so that three
// numbers tell all: those made, those settled, and the difference, which waits. The
// package knows no event, no destination and no network. Start at [Open].
package spool
