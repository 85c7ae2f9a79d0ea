package windows

import (
	"fmt"
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
	fields["CommandLine"], fields["CurrentDirectory"], fields["Hashes"] = a.Actor.CommandLine, currentDirectory(a.Actor.Dir), a.Actor.Hashes().Sysmon()
	fields["LogonGuid"] = fmt.Sprintf("%08X-0000-0000-%04X-000000000000", channel.Hash32(h.Asset.Hostname), channel.Hash32(user)&0xffff)
	fields["LogonId"], fields["TerminalSessionId"], fields["IntegrityLevel"] = logonID(user), terminalSession(user), integrity(h, a.Actor)
	addResourceFields(fields, a.Actor.Resource)
	addParentFields(fields, h, a.Actor)
	return []channel.Record{{Fields: fields, NoJoin: true}}
}

// terminalSession is 0 for what runs without a desktop.
func terminalSession(user string) int {
	if strings.HasPrefix(user, `NT AUTHORITY\`) || strings.HasPrefix(user, `IIS APPPOOL\`) {
		return 0
	}
	return 2
}
