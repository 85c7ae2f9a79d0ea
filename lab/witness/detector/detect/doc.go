//go:build linux

// Command detect runs the detector of package detector until it is interrupted, and writes
// its alerts as JSON lines. It owns the arguments and the streams, and knows nothing of what
// an alert is. Start at main.
package main
