// Package outside owns what other tools alert: an alert of an outside detector, the
// step of a run that it is of, and when it came. An alert carries no event of ours, so
// that it is joined to a step by evidence: the container or host, the process and its
// parent, the path, the arguments, the connection, and only then the time. Each join
// says how it was made; an alert that fits two steps equally is ambiguous, and is not
// given to either.
//
// Everything here is a pure function of alerts, with their arrival times, and of what
// was observed of steps, so that a recording is judged as the run was. The package
// knows observations; it knows no plan, no verdict, and not where alerts come from:
// that is package source. What the tools write is read by package format. Start at
// [Join] and [Detector].
package outside
