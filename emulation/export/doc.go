// Package export owns how the events of a run leave in formats that other tools
// read: JSON lines of ringer's own, Winlogbeat, ECS, OCSF, OTLP, the text of auditd,
// and folders for rsigma and SigmaHQ's regression tests. FORMATS.md beside this
// file says what each format has and what it cannot say.
//
// A [Record] is one event with what is known around it. Every format keeps the
// event's provenance, that of its fields, and its lineage: which run, scenario,
// asset and step it is of. What a format has no field for goes to the place that it
// has for such values; what it cannot say at all is counted, by reason.
//
// Writers stream: none keeps the events that it has written, but for the first few
// of each rule where a folder has them by rule. The package knows events; it knows no
// lab, no recording, no rule engine and no terminal. Start at [New] and [Record].
package export
