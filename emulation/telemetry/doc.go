// Package telemetry owns the translation of what the sensor saw into the words
// of the log sources that a real host of that kind would have: Sysmon, Security
// and their like for Windows, Sysmon for Linux and auditd for Linux. It knows
// observations, effects and asset kinds; no lab, no rule and no verdict.
//
// A channel is one log source and one file: it registers itself, is shown every
// observation of its platform, and answers with the records it would have
// written. What all channels share, the processes and their lineage, the
// Translator keeps for the whole life of an asset.
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
// # Held to account
//
// Each channel also declares which records an observation must have, apart from
// the code that writes them. Check holds the events of a step against that.
//
// Start at Translator and Check.
package telemetry
