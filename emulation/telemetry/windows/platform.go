package windows

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// channels are the log sources of a Windows host; each registers itself.
var channels channel.Registry

// Platform returns how telemetry is written on Windows.
func Platform() channel.Platform {
	return channel.Platform{
		Channels: channels.Channels(), Join: joinedFields, CommandLine: commandLine, StatedFields: statedFields,
		LogFile: logFile,
	}
}

var statedFields = []string{
	// The account, and what follows from it.
	"User", "ParentUser", "SourceUser", "TargetUser", "UserName", "UserContext", "IntegrityLevel", "MandatoryLabel",
	"LogonId", "LogonGuid", "TerminalSessionId", "SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId",
	// The version resource.
	"OriginalFileName", "Description", "Product", "Company", "FileVersion",
}

// sysmonSource is the log source of one category of Sysmon's.
func sysmonSource(category string) event.LogSource {
	return event.LogSource{Category: category, Product: "windows", Service: "sysmon"}
}
