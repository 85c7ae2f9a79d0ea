// Package shape knows what a record of a log is: which tool wrote it, of which log,
// and when. It owns the tables of what is known: what tools put around records
// (wrappers), the records of the Windows event log (windowsShapes), and those of other
// logs (logs). A record goes through them in this order, and an event comes out with
// its fields, log sources and time; one that no row fits comes out without a log
// source, so that no rule is asked of it. It knows no streams and no rules. Start at
// [Reader].
package shape
