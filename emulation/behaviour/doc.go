// Package behaviour owns the language in which behaviours, kinds of host and ordinary
// days are written: HCL files in, a [Library] out, of which each behaviour can be
// planned for a host. The vocabulary of acts is closed: one block type each, declared
// as a Go struct whose tags say what its attributes may be (package argument). What is made
// of acts is data, in files such as those of package scenarios.
//
// A behaviour touches nothing itself: its plan is processes, acts and checks as data,
// only the agent performs them, inside an asset, and undo and most proofs follow from
// the acts. No text of a file gets to a shell, and paths are confined to the host's
// tree by the forms of attributes, and again by the agent. The package knows
// no scenario, no lab and no detector.
//
// # Adding a behaviour
//
// Copy the file of the nearest one in scenarios/library/behaviours. Name it for what
// was reported, give the technique and the source, and declare arguments so tight that
// nobody can write a host path or a command line of their own. Run the tests with
// -update: the fixture under testdata that appears is what reviewers read.
//
// language.go has the blocks; package act says what acts come to and what follows from
// them. Start at [Read] and [Behaviour.Plan].
package behaviour
