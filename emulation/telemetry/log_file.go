package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// kernelFile is the kernel's own trace of files; no service of Sigma's is it.
const kernelFile, kernelFileChannel = "kernel-file", "Microsoft-Windows-Kernel-File/Analytic"

// windowsLogFile is the file of a service's event log.
func windowsLogFile(service string) string {
	if service == kernelFile {
		return effect.WindowsLog(kernelFileChannel)
	}
	if channels := sigma.WindowsChannels(service); len(channels) > 0 {
		return effect.WindowsLog(channels[0])
	}
	return ""
}

// linuxLogFiles are the files that daemons write; registering a log enters it.
// Sysmon for Linux writes to syslog.
var linuxLogFiles = map[event.LogSource]string{
	{Product: "linux", Service: "sysmon"}: "/var/log/syslog",
	{Category: "dns"}:                     "/var/log/dnsmasq.log",
	journald:                              "/var/log/journal/system.journal",
}

// LogFile is the file of its host that a record stands in; empty if the host
// keeps none of its kind.
func LogFile(e event.Event) string {
	for _, source := range e.Sources {
		if source.Product == "windows" {
			if file := windowsLogFile(source.Service); file != "" {
				return file
			}
			continue
		}
		if source.Service != "" {
			source.Category = ""
		}
		if file := linuxLogFiles[source]; file != "" {
			return file
		}
	}
	return ""
}
