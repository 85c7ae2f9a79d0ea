// Package scenario owns the language: HCL files in, checked Scenario values
// and every problem of all files out. It knows the vocabulary of behaviours and
// assets and the ATT&CK tables; it knows no rules (what a rule id means is the
// plan's to say), no lab and no terminal.
//
// Reading goes on past every mistake. What a mistake spoils is not Valid
// and left out of what follows from it, so that one mistake is one diagnostic.
// Only a file that is not HCL at all is told of that alone: what the parser
// makes of the rest would be guesswork.
//
// A file is a scenario. In a folder, files without a scenario block belong to
// the one that has it, so that a long campaign can be written in parts; a folder
// with several scenario blocks is that many scenarios, each in its own file. A
// file of profiles and faults alone belongs to none: it holds them for all.
//
// scenario.go and conditions.go are the model, decode_*.go read HCL into it.
// Start at [Load].
package scenario
