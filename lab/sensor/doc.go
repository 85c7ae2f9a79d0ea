// Package sensor watches a tree of processes through ptrace and reports each act
// that succeeded as an event.Observation. A seccomp filter has the kernel stop
// only at the calls of interest, so that what is not watched costs nothing.
//
// Every process of the tree is followed from its fork to its exit, so lineage
// is known, not guessed. What could not be read is counted, never left out in
// silence. What would go round the filter is not done: calls of another
// architecture end their process, io_uring, ptrace and another root are refused,
// each reported as event.Refused, and a clone that asks not to be traced is traced.
// A profile that forbids a call before our filter sees it, as a container's may,
// has it fail without a word.
//
// A process's own writes, copies and sends through a descriptor are announced by
// the call that opened or connected it, and not reported one by one; datagrams are,
// unless they are written with write. Files that are not regular and no named
// pipes (devices, nameless pipes) are no telemetry.
//
// A stop costs two switches of process; the tracer and all it traces stay on one
// processor, where that is cheapest (see pin and quiet). A call that can change
// something takes two stops, as only its result says whether it did.
//
// The package knows no asset, step or platform, and works on any Linux host that
// allows a process to trace its own children, from Linux 5.3. Start at
// Sensor.Trace.
package sensor
