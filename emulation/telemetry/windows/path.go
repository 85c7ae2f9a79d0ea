package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
)

// isWindowsFile reports whether a path is that of a file that Sysmon reports.
// Registry, pipes, another host's too, and the objects in WMI's repository are
// files here only.
func isWindowsFile(path string) bool {
	_, share, _ := artifact.SplitSharePath(path)
	return path != "" && share != artifact.PipeShare && !artifact.IsRegistry(path) && !artifact.IsBelow(path, artifact.PipeFolder) && !artifact.IsBelow(path, artifact.WMIRepository)
}

// writtenByService reports whether a service writes a file on behalf of the process that
// acts: the event log service, or the prefetcher.
func writtenByService(path string) bool {
	return artifact.IsBelow(path, artifact.EventLogFolder) || artifact.IsBelow(path, artifact.PrefetchFolder)
}
