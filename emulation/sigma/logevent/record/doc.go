// Package record holds one record of a log as it was written: a tree of names and
// values in the order in which they stood. It owns the reading of JSON texts into
// such trees, and what a tree is as the fields of an event. It knows no tool, log or
// rule. Start at [Value] and [Parser].
package record
