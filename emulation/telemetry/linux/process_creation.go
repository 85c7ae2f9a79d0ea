package linux

import (
	"maps"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Event 1 of Sysmon for Linux. Image, command line, folder and parent are what
// the kernel showed.
var _ = channels.Register(channel.Channel{
	Name:       "linux_process_creation",
	Sources:    []event.LogSource{{Category: "process_creation", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       channel.Stateless(processCreation),
	Expect:     channel.ExpectWhen(channel.ProcessStarts, channel.ExpectedRecord{Source: sysmonSource("process_creation")}),
})

// processCreation joins the arguments with blanks, quoting nothing, as
// Sysmon for Linux does; of what only Windows programs have it writes dashes.
func processCreation(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Exec || a.Actor.Resident || a.PlatformPath == "" {
		return nil
	}
	fields := sysmon(h, 1, a.Time, a.Actor)
	maps.Copy(fields, map[string]any{
		"CommandLine": a.Actor.CommandLine, "CurrentDirectory": workingFolder(a.Actor), "IntegrityLevel": "no level", "Hashes": "-",
		"FileVersion": "-", "Description": "-", "Product": "-", "Company": "-", "OriginalFileName": "-",
		"LogonGuid": "{00000000-0000-0000-0000-000000000000}", "LogonId": 0, "TerminalSessionId": 0,
	})
	addParentFields(fields, h, a.Actor)
	return []channel.Record{{Fields: fields, NoJoin: true, FieldProvenance: sysmonProvenance(a.Actor, "IntegrityLevel", "Hashes", "FileVersion", "Description",
		"Product", "Company", "OriginalFileName", "LogonGuid", "LogonId", "TerminalSessionId")}}
}
