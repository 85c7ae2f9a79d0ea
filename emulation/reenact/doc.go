// Package reenact turns recordings that others made on real hosts into steps of
// the behaviour reenact, has a lab perform them, and asks whether the rules that
// a recording must fire fire on what our own sensor saw. It owns the casting of
// recorded events into acts, and the reasons why one is not performed or not
// detected. It knows no container: a runner.Lab comes in. A rule is never
// evaluated on the recording itself.
//
// # Where the line lies
//
// An event is re-enacted only if something in the lab truly does what it tells
// of: a process is executed, a file or value written, a library mapped, a socket
// connected, a record written to its log by the program whose statement it is.
// What only the kernel of a real host could know (a logon, another process's
// memory, a disk read raw) is not performed, and is listed with that reason; so
// is what was recorded beside it, where the rest is enough for the rules.
// What an asset cannot hold to the letter (a NUL, a path with a step upwards) is
// performed as near to it as can be.
// Where a field of a performed act is a mere statement (who signed a library),
// it is declared, and a rule that fires only with declared fields has not
// detected anything.
//
// Start at [Load], then [Replayer].
package reenact
