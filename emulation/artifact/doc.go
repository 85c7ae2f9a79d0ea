// Package artifact owns what stands on a host and means something to it:
// scheduled tasks, services, registry values, records of event logs, WMI objects,
// the directory and its changes, the table of logon sessions, prefetch notes,
// named pipes, and the stand-ins that lie in the place of programs. For each it
// says at which path it lies, how its content is encoded and decoded, and whether
// that content is telemetry ([WindowsTelemetry], [LinuxTelemetry]).
//
// Paths are the platform's own, such as `C:\Windows\System32\Tasks\`. Behaviours
// write artifacts, asset kinds provide them, telemetry reads them; none of the
// three spells out a path or a layout that stands here.
//
// Formats are ringer's own texts where nothing on an asset reads the real ones. A
// decoder never fails on foreign content: it returns what it recognises.
//
// The package is standard library only, as it is linked into agent and stand-ins,
// and knows no act, asset kind or log source. The lines that Linux daemons write
// are in package logline below it. Start at [Task].
package artifact
