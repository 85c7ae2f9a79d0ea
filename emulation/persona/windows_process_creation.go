package persona

import (
	"fmt"
	"maps"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 1.
var _ = register(channel{
	name:       "windows_process_creation",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "process_creation", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsProcessCreation),
	must:       onlyWhen(starts, dueID(windowsSysmon("process_creation"), 1)),
})

func windowsProcessCreation(h host, m moment) []record {
	if m.Kind != event.Exec || m.by.resident || m.path == "" {
		return nil
	}
	user := windowsUser(m.by)
	fields := sysmonBy(h, 1, m.time, m.by)
	maps.Copy(fields, map[string]any{
		"CommandLine": m.by.command, "CurrentDirectory": windowsFolder(m.by.dir), "Hashes": m.by.hashes.sysmon(),
		"LogonGuid": fmt.Sprintf("%08X-0000-0000-%04X-000000000000", hashed(h.place.Hostname), hashed(user)&0xffff),
		"LogonId":   windowsLogon(user), "TerminalSessionId": windowsSession(user), "IntegrityLevel": windowsIntegrity(h, m.by),
	})
	maps.Copy(fields, windowsResource(m.by.resource))
	maps.Copy(fields, windowsParent(h, m.by))
	return []record{{fields: fields, whole: true}}
}

// windowsSession is 0 for what runs without a desktop.
func windowsSession(user string) int {
	if strings.HasPrefix(user, `NT AUTHORITY\`) || strings.HasPrefix(user, `IIS APPPOOL\`) {
		return 0
	}
	return 2
}
