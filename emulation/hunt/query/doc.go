// Package query owns the language in which trainees search events: what they type
// becomes a [Query], and a value that they see becomes a query again ([Pivot]). It
// knows no events and no index: those look at its tree, [Query.Root].
//
//	schtasks                        some field has a value that contains it
//	"reg save"                      the same of a text with spaces
//	Image:*\schtasks.exe            the field's value ends with it
//	EventID:4688                    it is the field's value
//	User:*                          the event has the field
//	CommandLine:*"reg save"*        quotes may be a part of a value: * between them is no wildcard
//	host:dc01 source:security       the host, and the log source's category, service or product
//	after:2027-01-08 before:"2027-01-09 12:30"   virtual time in UTC, from the first until before the second
//	a b, a and b, a or b, not a, -a, ( )         and binds stronger than or
//
// Case does not matter, in values as in names of fields. There are no escapes: within
// quotes a quote is written twice, and a backslash stands for itself. A field that is
// called as one of the words above is put in quotes: "host":x.
//
// Start at [Parse].
package query
