// Package sensor watches a tree of processes through ptrace and reports each act
// that succeeded as an event.Observation. A seccomp filter has the kernel stop
// only at the calls of interest, so that what is not watched costs nothing.
//
// Every process of the tree is followed from its fork to its exit, so lineage
// is known, not guessed. What could not be read is counted, never left out in
// silence. What would go round the filter is not done: calls of another
// architecture end their process, io_uring, ptrace, another root and filters of the
// program's own are refused, each reported as event.Refused, and a clone that asks not
// to be traced is traced. A program cannot have one act pass for another: what the
// kernel did is believed, and not what a call's arguments said.
// A call that another filter forbids, as a container's profile may, fails before this
// one sees it and is not reported.
//
// A process's own writes, copies and sends through a descriptor are announced by
// the call that opened or connected it, and not reported one by one; datagrams are,
// unless they are written with write. Devices and nameless pipes are not telemetry.
//
// A stop costs two switches of process; the tracer and all it traces stay on one
// processor, where that is cheapest (see pinToCPU and setNoCldStop). A call that can change
// something takes two stops, as only its result says whether it did.
//
// The package knows no asset, step or platform, and works on any Linux host that
// allows a process to trace its own children, from Linux 5.3, on amd64. DESIGN.md has
// the reasons, and what is done about each race. Start at [Sensor.Trace].
package sensor
