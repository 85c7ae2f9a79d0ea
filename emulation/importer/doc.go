// Package importer owns the way from what others wrote (Attack Flow, Atomic Red Team,
// Caldera, plans of CTID's adversary emulation library) to scenarios: files in
// ([ReadFolder]), [Plan] values out ([Format.Read]), of which [Convert] makes a scenario
// file. Each step becomes a behaviour of the library, with the arguments that can be
// read in its commands, or a gap block that says what is missing.
//
// Nothing of a source is run or reaches a shell: its commands are matched as text, and
// kept as comments, without control characters. The package knows the language of
// scenarios and the library's behaviours; it knows no lab, no rule and no terminal.
//
// attackflow.go, builder.go, atomic.go, caldera.go and ctid.go read one format each,
// *_recipes.go say which commands are which behaviour. Start at [Format] and [Convert].
package importer
