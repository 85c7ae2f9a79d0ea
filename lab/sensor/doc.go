// Package sensor watches a tree of processes through ptrace and tells each act
// that succeeded as an event.Observation. A seccomp filter has the kernel stop
// only at the calls of interest, so that what is not watched costs nothing.
//
// Every process of the tree is followed from its fork to its exit, so lineage
// is known, not guessed. What could not be read is counted, never left out in
// silence; what would go round the filter (calls of another architecture,
// io_uring, a clone that asks not to be traced) does not succeed.
//
// The package knows no asset, step or persona, and works on any Linux host that
// allows a process to trace its own children. Files that are not regular
// (devices, pipes, sockets) are no telemetry and are not reported. Start at
// Sensor.Trace.
package sensor
