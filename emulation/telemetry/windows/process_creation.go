package windows

import (
	"fmt"
	"maps"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 1.
var _ = channels.Register(channel.Channel{
	Name:       "windows_process_creation",
	Sources:    []event.LogSource{{Category: "process_creation", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(processCreation),
	Expect:     channel.ExpectWhen(channel.ProcessStarts, channel.ExpectEventID(sysmonSource("process_creation"), 1)),
})

func processCreation(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Exec || a.Actor.Resident || a.PlatformPath == "" {
		return nil
	}
	user := userOf(a.Actor)
	fields := sysmonProcessFields(h, 1, a.Time, a.Actor)
	maps.Copy(fields, map[string]any{
		"CommandLine": a.Actor.CommandLine, "CurrentDirectory": currentDirectory(a.Actor.Dir), "Hashes": a.Actor.Hashes.Sysmon(),
		"LogonGuid": fmt.Sprintf("%08X-0000-0000-%04X-000000000000", channel.Hash32(h.Asset.Hostname), channel.Hash32(user)&0xffff),
		"LogonId":   logonID(user), "TerminalSessionId": terminalSession(user), "IntegrityLevel": integrity(h, a.Actor),
	})
	maps.Copy(fields, resourceFields(a.Actor.Resource))
	maps.Copy(fields, parentFields(h, a.Actor))
	return []channel.Record{{Fields: fields, NoJoin: true}}
}

// terminalSession is 0 for what runs without a desktop.
func terminalSession(user string) int {
	if strings.HasPrefix(user, `NT AUTHORITY\`) || strings.HasPrefix(user, `IIS APPPOOL\`) {
		return 0
	}
	return 2
}
