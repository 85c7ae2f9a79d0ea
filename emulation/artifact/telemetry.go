package artifact

import "strings"

// telemetryFolders are the folders whose files' contents are telemetry: a
// registered task, a log's record, an account, a setting.
var telemetryFolders = [...]string{
	TaskFolder, EventLogFolder, DirectoryFolder, System32 + `config\`, WMIRepository, System32 + `inetsrv\config\`,
}

// WindowsTelemetry reports whether the content of the file at a path (case as the
// host has it) is telemetry in some log source's words, so that the sensor must
// report it and not only that the file was written.
func WindowsTelemetry(path string) bool {
	if IsRegistry(path) {
		return true
	}
	for _, folder := range telemetryFolders {
		if strings.HasPrefix(path, folder) {
			return true
		}
	}
	// A stream's content is in the event of its creation, and PowerShell logs the
	// text of a script that it is given.
	return strings.Contains(BaseName(path), ":") || strings.HasSuffix(strings.ToLower(path), ".ps1")
}

// LinuxTelemetry is [WindowsTelemetry] for a Linux path: the contents of logs and of
// the files of accounts and groups are telemetry.
func LinuxTelemetry(path string) bool {
	return strings.HasPrefix(path, LinuxLogs) || strings.HasPrefix(path, PasswdFile) || strings.HasPrefix(path, GroupFile)
}
