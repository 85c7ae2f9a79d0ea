package telemetry

import (
	"maps"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 1 of Sysmon for Linux. Image, command line, folder and parent are what
// the kernel showed.
var _ = register(Channel{
	Name:       "linux_process_creation",
	Platform:   effect.Linux,
	Sources:    []event.LogSource{{Category: "process_creation", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       Stateless(linuxProcessCreation),
	Expect:     ExpectWhen(ProcessStarts, ExpectedRecord{Source: linuxSysmonSource("process_creation")}),
})

// linuxProcessCreation joins the arguments with blanks, quoting nothing, as
// Sysmon for Linux does; of what only Windows programs have it writes dashes.
func linuxProcessCreation(h Host, a Activity) []Record {
	if a.Kind != event.Exec || a.Actor.Resident || a.PlatformPath == "" {
		return nil
	}
	fields := linuxSysmon(h, 1, a.Time, a.Actor)
	maps.Copy(fields, map[string]any{
		"CommandLine": a.Actor.CommandLine, "CurrentDirectory": linuxFolder(a.Actor), "IntegrityLevel": "no level", "Hashes": "-",
		"FileVersion": "-", "Description": "-", "Product": "-", "Company": "-", "OriginalFileName": "-",
		"LogonGuid": "{00000000-0000-0000-0000-000000000000}", "LogonId": 0, "TerminalSessionId": 0,
	})
	maps.Copy(fields, linuxParentFields(h, a.Actor))
	return []Record{{Fields: fields, NoJoin: true, FieldProvenance: linuxSysmonProvenance(a.Actor, "IntegrityLevel", "Hashes", "FileVersion", "Description",
		"Product", "Company", "OriginalFileName", "LogonGuid", "LogonId", "TerminalSessionId")}}
}
