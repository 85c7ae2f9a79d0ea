// Package telemetry owns the translation of what the sensor saw into the words of
// the log sources that a real host would have. It puts together, per asset, the
// processes and their lineage, the channels of the asset's platform, and the
// provenance of each field. It knows observations, effects and asset kinds; no lab,
// no rule and no verdict.
//
// What a log source writes is in the packages of the platforms, [windows] and
// [linux], which do not know each other; what both are made of is in [channel].
//
// # Command lines
//
// Windows hands a program one string, not a vector. A Windows process whose
// argument vector has a single element therefore has that element as its
// command line, to the letter, as a person typed it:
//
//	Args: []string{`sc create x binPath= "C:\x.exe" start= auto`}
//
// A vector of more elements is joined by the quoting rules of
// CommandLineToArgvW, as a program that starts another one does.
//
// # Completeness
//
// Each channel also declares which records an observation must have, apart from
// the code that writes them. [CompletenessCheck] compares the events of a step with
// that.
//
// Start at [Translator] and [CompletenessCheck].
package telemetry
