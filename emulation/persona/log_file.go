package persona

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
)

// windowsLogFiles names the event log of each service, as its file is called
// (Microsoft, "wevtutil gl": logFileName).
var windowsLogFiles = map[string]string{
	"security":              "Security",
	"system":                "System",
	"application":           "Application",
	"sysmon":                "Microsoft-Windows-Sysmon%4Operational",
	"powershell":            "Microsoft-Windows-PowerShell%4Operational",
	"taskscheduler":         "Microsoft-Windows-TaskScheduler%4Operational",
	"msexchange-management": "MSExchange Management",
	"iis-configuration":     "Microsoft-IIS-Configuration%4Operational",
}

// linuxLogFiles are the files that daemons write; registering a log enters it.
// Sysmon for Linux writes to syslog.
var linuxLogFiles = map[event.LogSource]string{
	{Product: "linux", Service: "sysmon"}: "/var/log/syslog",
}

// LogFile is the file of its host that a record stands in; empty if the host
// keeps none of its kind.
func LogFile(e event.Event) string {
	for _, source := range e.Sources {
		if source.Product == "windows" {
			if name := windowsLogFiles[source.Service]; name != "" {
				return asset.WindowsLogFolder + name + ".evtx"
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
