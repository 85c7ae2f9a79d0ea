// Package threshold owns what a run is held to: the bounds of a gate, and how they are
// written on a command line. It knows no results and no files; package scenario reads the
// same bounds from HCL, package gate judges by them. Start at [Set].
package threshold
