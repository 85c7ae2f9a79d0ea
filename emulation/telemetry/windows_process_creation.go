package telemetry

import (
	"fmt"
	"maps"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 1.
var _ = register(Channel{
	Name:       "windows_process_creation",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "process_creation", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       Stateless(windowsProcessCreation),
	Expect:     ExpectWhen(ProcessStarts, ExpectEventID(windowsSysmon("process_creation"), 1)),
})

func windowsProcessCreation(h Host, a Activity) []Record {
	if a.Kind != event.Exec || a.Actor.Resident || a.PlatformPath == "" {
		return nil
	}
	user := windowsUser(a.Actor)
	fields := sysmonProcessFields(h, 1, a.Time, a.Actor)
	maps.Copy(fields, map[string]any{
		"CommandLine": a.Actor.CommandLine, "CurrentDirectory": currentDirectory(a.Actor.Dir), "Hashes": a.Actor.Hashes.Sysmon(),
		"LogonGuid": fmt.Sprintf("%08X-0000-0000-%04X-000000000000", fnv32(h.Asset.Hostname), fnv32(user)&0xffff),
		"LogonId":   windowsLogonID(user), "TerminalSessionId": windowsSession(user), "IntegrityLevel": windowsIntegrity(h, a.Actor),
	})
	maps.Copy(fields, resourceFields(a.Actor.Resource))
	maps.Copy(fields, windowsParentFields(h, a.Actor))
	return []Record{{Fields: fields, NoJoin: true}}
}

// windowsSession is 0 for what runs without a desktop.
func windowsSession(user string) int {
	if strings.HasPrefix(user, `NT AUTHORITY\`) || strings.HasPrefix(user, `IIS APPPOOL\`) {
		return 0
	}
	return 2
}
