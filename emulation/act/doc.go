// Package act owns the vocabulary of acts: what a program of a behaviour can do, and
// nothing else can. Each kind is a Go struct whose tags say what its attributes may be
// (package argument), and which says itself what it comes to: acts of package effect,
// which the agent performs, and what is true afterwards, from which proofs follow. The
// package reads no files and knows no behaviours.
//
// # Adding an act
//
// Declare a struct beside the acts like it (files.go, windows.go, others.go), name it in
// the list on top of that file, and give it the method Plan. Nothing that an attribute
// holds may be read by a program: whatever is not a plain name or a path is content of a
// file or the text of a record.
//
// proofs.go has what follows from acts, checks.go what authors can have looked at
// besides. Start at [Kinds] and [Plan].
package act
