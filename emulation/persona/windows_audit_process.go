package persona

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Security's record 4688, with the command line, as hosts are told to write it.
// Sigma gives its fields Sysmon's names besides. Who it is by (Subject) is the
// account of the process that started it; Target is filled in only where the new
// process has another one.
var _ = register(channel{
	name:    "windows_audit_process",
	persona: effect.Windows,
	sources: []event.LogSource{
		{Category: "process_creation", Product: "windows", Service: "security"},
	},
	provenance: event.Translated,
	open:       audited("Process Creation", stateless(windowsAuditProcess)),
	must:       onlyWhen(func(h host, m moment) bool { return audits(h, "Process Creation") && starts(h, m) }, dueID(event.LogSource{Category: "process_creation", Product: "windows", Service: "security"}, 4688)),
})

func windowsAuditProcess(h host, m moment) []record {
	if m.Kind != event.Exec || m.by.resident || m.path == "" {
		return nil
	}
	creator := m.by.parent
	if creator == nil {
		creator = m.by
	}
	fields := security(h, 4688, creator)
	fields["NewProcessId"], fields["NewProcessName"], fields["CommandLine"] = hex(m.by.pid), m.by.image, m.by.command
	fields["ProcessId"], fields["ParentProcessName"] = hex(creator.pid), creator.image
	fields["TokenElevationType"], fields["MandatoryLabel"] = "%%1936", windowsLabel(windowsIntegrity(h, m.by))
	fields["TargetUserSid"], fields["TargetUserName"], fields["TargetDomainName"], fields["TargetLogonId"] = "S-1-0-0", "-", "-", "0x0"
	fields["Image"], fields["ParentImage"] = m.by.image, creator.image
	fields["LogonId"], fields["IntegrityLevel"] = fields["SubjectLogonId"], windowsIntegrity(h, m.by)
	fields["User"] = fmt.Sprint(fields["SubjectDomainName"], `\`, fields["SubjectUserName"])
	return []record{{fields: fields, whole: true}}
}

func hex(n int) string { return fmt.Sprintf("0x%x", n) }

// windowsLabel is the security identifier of an integrity level.
func windowsLabel(level string) string {
	return map[string]string{
		"untrusted": "S-1-16-0", "low": "S-1-16-4096", "medium": "S-1-16-8192", "high": "S-1-16-12288", "system": "S-1-16-16384",
	}[strings.ToLower(level)]
}
