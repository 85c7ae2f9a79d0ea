package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// kernelFile is the kernel's own trace of files; no service of Sigma's is it.
const kernelFile, kernelFileChannel = "kernel-file", "Microsoft-Windows-Kernel-File/Analytic"

// logFile is the file of the event log of a source's service.
func logFile(source event.LogSource) string {
	if source.Product != "windows" {
		return ""
	}
	if source.Service == kernelFile {
		return artifact.EventLogFile(kernelFileChannel)
	}
	if names := logevent.WindowsChannels(source.Service); len(names) > 0 {
		return artifact.EventLogFile(names[0])
	}
	return ""
}
