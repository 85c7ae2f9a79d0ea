// Package linux owns the telemetry of a Linux host: Sysmon for Linux, auditd, and
// what daemons write to their logs. What is observed, translated, stated and
// missing is in LINUX.md of package telemetry. The package knows observations,
// artifacts and asset kinds, and nothing of Windows hosts.
//
// To add a log source, copy the file of the nearest one: it registers a channel and
// declares the records that the channel must write. Start at [Platform].
package linux
