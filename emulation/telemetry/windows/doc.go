// Package windows owns the telemetry of a Windows host: Sysmon, Security, System,
// the Task Scheduler's, PowerShell's and Exchange's logs and whatever else programs
// write to the event log. What is translated, stated, declared and missing is in
// WINDOWS.md of package telemetry. The package knows observations, artifacts and
// asset kinds, and nothing of Linux hosts.
//
// To add a log source, copy the file of the nearest one: it registers a channel and
// declares the records that the channel must write. Start at [Platform].
package windows
