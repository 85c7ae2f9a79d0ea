// Package behaviour owns the closed vocabulary of what a scenario can have
// done: typed, inert emulations of reported behaviours, one file each, and the
// ordinary activities that make up a [Baseline]. A behaviour touches nothing
// itself: its Plan returns processes, acts and checks as data, only the agent
// performs them, inside an asset, and undo follows from the acts. The package
// knows no HCL, no lab and no detector.
//
// # Adding a behaviour
//
// Copy the file of the nearest one. Name it for what was reported, give the
// technique and the source. Declare a struct whose fields are the arguments that a
// scenario may choose (see [Argument] for the tags), with types so tight that
// nobody can write a host path or a command line of their own. Return the
// processes, their acts and the checks from Plan. Run the tests with -update:
// the fixture under testdata that appears is what reviewers read. There is no
// list to extend. Start at [Behaviour].
package behaviour
