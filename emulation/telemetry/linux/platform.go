package linux

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// channels are the log sources of a Linux host; each registers itself.
var channels channel.Registry

// Platform returns how telemetry is written on Linux.
func Platform() channel.Platform {
	return channel.Platform{
		Channels: channels.Channels(), Join: joinedFields, CommandLine: commandLine, StatedFields: statedFields,
		LogFile: logFile,
	}
}

var statedFields = []string{
	// The account, the numbers that the host's passwd file has for it, and who owns
	// the files that it made.
	"User", "ParentUser", "auid", "uid", "euid", "suid", "fsuid", "gid", "egid", "sgid", "fsgid", "ouid", "ogid",
}

// commandLine joins an argument vector with blanks and quotes nothing, as Sysmon
// for Linux and auditd do.
func commandLine(argv []string) string { return strings.Join(argv, " ") }

// logFiles are the files that daemons write; registering a log enters it.
// Sysmon for Linux writes to syslog.
var logFiles = map[event.LogSource]string{
	{Product: "linux", Service: "sysmon"}: artifact.SystemLog,
	{Category: "dns"}:                     artifact.ResolverLog,
	journalSource:                         artifact.JournalFile,
}

// logFile is the file that the daemon of a log source writes.
func logFile(source event.LogSource) string {
	if source.Service != "" {
		source.Category = ""
	}
	return logFiles[source]
}

// sysmonSource is the log source of one category of Sysmon for Linux.
func sysmonSource(category string) event.LogSource {
	return event.LogSource{Category: category, Product: "linux", Service: "sysmon"}
}
