// Package behaviour owns the language in which behaviours, kinds of host and ordinary
// days are written: HCL files in, a [Library] out, of which each behaviour can be
// planned for a host. What is made of acts is data, in files such as those of package
// scenarios; the vocabulary of acts is closed. The package knows no scenario, no lab and
// no detector.
//
// A behaviour touches nothing itself: its plan is processes, acts and checks as data,
// only the agent performs them, inside an asset, and undo and most proofs follow from
// the acts. No text of a file gets to a shell, and paths are confined to the host's
// tree by the forms of attributes, and again by the agent.
//
// # What it is built of
//
// Each knows only those above it:
//
//   - argument: what one attribute may be, and where texts are bounded and paths confined
//   - act: what each block of an act comes to, and what then proves it
//   - functions/hostfunc: the functions that expressions can call
//   - block: how any block is read, repeated and evaluated, within a budget
//   - possible: what an expression could be, whatever is given
//   - this package: which blocks there are, and what a library makes of them
//
// # Adding a behaviour
//
// Copy the file of the nearest one in scenarios/library/behaviours. Name it for what
// was reported, give the technique and the source, and declare arguments so tight that
// nobody can write a host path or a command line of their own. Run the tests with
// -update: the fixture under testdata that appears is what reviewers read.
//
// # Where to start
//
// language.go declares the blocks. [Read] reads what a library has by name (read_*.go),
// [Library.Check] finds what is wrong in it without a scenario (check*.go), and
// [Behaviour.Plan] makes the plan of one behaviour for one host (planning.go).
package behaviour
