package windows

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Security's record 4688, with the command line, as hosts are configured to write it.
// Sigma gives its fields Sysmon's names besides. Who it is by (Subject) is the
// account of the process that started it; Target is filled in only where the new
// process has another one.
var _ = channels.Register(channel.Channel{
	Name: "windows_audit_process",
	Sources: []event.LogSource{
		{Category: "process_creation", Product: "windows", Service: "security"},
	},
	Provenance: event.Translated,
	Open:       whenAudited("Process Creation", channel.Stateless(auditProcess)),
	Expect: channel.ExpectWhen(func(h channel.Host, a channel.Activity) bool {
		return auditPolicyCovers(h, "Process Creation") && channel.ProcessStarts(h, a)
	}, channel.ExpectEventID(event.LogSource{Category: "process_creation", Product: "windows", Service: "security"}, 4688)),
})

func auditProcess(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Exec || a.Actor.Resident || a.PlatformPath == "" {
		return nil
	}
	creator := a.Actor.Parent
	if creator == nil {
		creator = a.Actor
	}
	fields := securityFields(h, 4688, creator)
	fields["NewProcessId"], fields["NewProcessName"], fields["CommandLine"] = hexNumber(a.Actor.PID), a.Actor.Image, a.Actor.CommandLine
	fields["ProcessId"], fields["ParentProcessName"] = hexNumber(creator.PID), creator.Image
	fields["TokenElevationType"], fields["MandatoryLabel"] = "%%1936", integrityLabel(integrity(h, a.Actor))
	fields["TargetUserSid"], fields["TargetUserName"], fields["TargetDomainName"], fields["TargetLogonId"] = "S-1-0-0", "-", "-", "0x0"
	fields["Image"], fields["ParentImage"] = a.Actor.Image, creator.Image
	fields["LogonId"], fields["IntegrityLevel"] = fields["SubjectLogonId"], integrity(h, a.Actor)
	fields["User"] = fmt.Sprint(fields["SubjectDomainName"], `\`, fields["SubjectUserName"])
	return []channel.Record{{Fields: fields, NoJoin: true}}
}

func hexNumber(n int) string { return fmt.Sprintf("0x%x", n) }

// integrityLabel is the security identifier of an integrity level.
func integrityLabel(level string) string {
	return map[string]string{
		"untrusted": "S-1-16-0", "low": "S-1-16-4096", "medium": "S-1-16-8192", "high": "S-1-16-12288", "system": "S-1-16-16384",
	}[strings.ToLower(level)]
}
