package persona

import (
	"maps"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 1 of Sysmon for Linux. Image, command line, folder and parent are what
// the kernel showed.
var _ = register(channel{
	name:       "linux_process_creation",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Category: "process_creation", Product: "linux", Service: "sysmon"}},
	provenance: event.Observed,
	open:       stateless(linuxProcessCreation),
	must:       onlyWhen(starts, due{source: linuxSysmonSource("process_creation")}),
})

// linuxProcessCreation joins the arguments with blanks, quoting nothing, as
// Sysmon for Linux does; of what only Windows programs have it writes dashes.
func linuxProcessCreation(h host, m moment) []record {
	if m.Kind != event.Exec || m.by.resident || m.path == "" {
		return nil
	}
	fields := linuxSysmon(h, 1, m.time, m.by)
	maps.Copy(fields, map[string]any{
		"CommandLine": m.by.command, "CurrentDirectory": linuxFolder(m.by), "IntegrityLevel": "no level", "Hashes": "-",
		"FileVersion": "-", "Description": "-", "Product": "-", "Company": "-", "OriginalFileName": "-",
		"LogonGuid": "{00000000-0000-0000-0000-000000000000}", "LogonId": 0, "TerminalSessionId": 0,
	})
	maps.Copy(fields, linuxParent(h, m.by))
	return []record{{fields: fields, whole: true, provenances: linuxWords(m.by, "IntegrityLevel", "Hashes", "FileVersion", "Description",
		"Product", "Company", "OriginalFileName", "LogonGuid", "LogonId", "TerminalSessionId")}}
}
