// Package watch owns the ways from outside detectors to us, while a run is performed: a
// file that is followed, requests that are taken, a program that prints, an API that is
// asked, and scanners that are given files. Whoever runs ringer names them; nothing
// here is chosen by a scenario. Programs are started by their arguments, never through
// a shell; sockets are of this machine, unless that is lifted.
//
// What comes in is read by package format and gathered with the time at which it came.
// What goes wrong is an outage of that detector, with its reason, and never ends a run.
// The package knows no steps and no verdicts. Start at [Open].
package watch
