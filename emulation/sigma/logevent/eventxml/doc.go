// Package eventxml reads events that are written as XML: those of the Windows event
// log and of Sysmon for Linux. It owns the cutting of a stream into its Event
// elements, and the tree that an element makes: attributes stand under "#attributes",
// the text beside them under "#text", and a Data element under its own name, as
// evtx_dump writes them in JSON. It knows no
// log or rule. Start at [Cutter] and [Parse].
package eventxml
