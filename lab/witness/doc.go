// Package witness has the host's kernel record what the processes of assets do,
// apart from the sensor, and compares both records: what the kernel saw and the
// sensor did not report, and what the sensor reported and the kernel did not see. It is
// for tests of the sensor, on a machine where root may trace (Linux with tracefs
// and bpftrace); no run needs it.
//
// The kernel's record comes from its tracepoints, as seen from outside the
// containers: executions with their arguments, and the calls that make, open for
// writing, rename, link and remove files, set their modes and times, and connect
// sockets; of each its process's name, its parent and the file that it runs. On a Linux
// asset all of these are compared word for word. Programs of a Windows asset are scripts
// to the kernel and name paths from their working folder: there a script is read as what
// it was called by, and a relative path is compared by its end. What is left out is left out by a rule of exclusions.go, each of which
// has a name and a reason, and is counted.
//
// The package knows no scenario, rule or verdict. Start at [Start] and [Compare].
package witness
