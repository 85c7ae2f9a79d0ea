package windows

import (
	"fmt"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// joinedFields are the fields of an acting process that shape edr adds to a record.
func joinedFields(h channel.Host, p *channel.Process) map[string]any {
	fields := make(map[string]any, fieldsOfRecord)
	fields["Image"], fields["CommandLine"], fields["CurrentDirectory"], fields["User"] = p.Image, p.CommandLine, currentDirectory(p.Dir), userOf(p)
	fields["IntegrityLevel"], fields["ProcessId"], fields["ProcessGuid"], fields["Hashes"] = integrity(h, p), p.PID, processGUID(h, p), p.Hashes().Sysmon()
	addResourceFields(fields, p.Resource)
	addParentFields(fields, h, p)
	return fields
}

// fieldsOfRecord is how many fields most records have at most: a map for so many does
// not grow field by field.
const fieldsOfRecord = 24

// sysmonTime is how Sysmon writes a time.
const sysmonTime = "2006-01-02 15:04:05.000"

// sysmonFields is a record's head and what every Sysmon event has.
func sysmonFields(h channel.Host, id int, at time.Time) map[string]any {
	head := eventHeader(h, id, "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon")
	head["RuleName"], head["UtcTime"] = "-", at.UTC().Format(sysmonTime)
	return head
}

// sysmonProcessFields is the same for an event that names its process.
func sysmonProcessFields(h channel.Host, id int, at time.Time, p *channel.Process) map[string]any {
	head := sysmonFields(h, id, at)
	head["ProcessGuid"], head["ProcessId"] = processGUID(h, p), p.PID
	head["Image"], head["User"] = p.Image, userOf(p)
	return head
}

// eventHeader is what the System part of every Windows event has.
func eventHeader(h channel.Host, id int, log, provider string) map[string]any {
	fields := make(map[string]any, fieldsOfRecord)
	fields["EventID"], fields["Channel"], fields["Provider_Name"], fields["Computer"] = id, log, provider, h.Asset.Hostname+"."+asset.WindowsDomain
	return fields
}

// processGUID is made as Sysmon makes it, of machine, start and process.
// Recordings show it without braces.
func processGUID(h channel.Host, p *channel.Process) string {
	start := uint32(p.Started.Unix())
	return fmt.Sprintf("%08X-%04X-%04X-%04X-%012X", channel.Hash32(h.Asset.Hostname), start&0xffff, start>>16, p.Key>>48&0xffff, p.Key&0xffffffffffff)
}

// userOf is the account a process stands for; a process that nobody
// named one for is the system's.
func userOf(p *channel.Process) string {
	if p.User == "" {
		return asset.WindowsSystem
	}
	return p.User
}

// integrity is what the process was started with, or follows from the
// account: the system's own, an ordinary
// user's, or an administrator's elevated one.
func integrity(h channel.Host, p *channel.Process) string {
	user := userOf(p)
	switch {
	case p.Integrity != "":
		return p.Integrity
	case strings.HasPrefix(user, `NT AUTHORITY\`):
		return "System"
	case user == h.Asset.Kind.Accounts["user"]:
		return "Medium"
	}
	return "High"
}

// wellKnownLogonIDs are the sessions that are there without a logon, by the last part
// of the account: the one before it has a name in the language of the host.
var wellKnownLogonIDs = map[string]string{"SYSTEM": "0x3e7", "LOCAL SERVICE": "0x3e5", "NETWORK SERVICE": "0x3e4"}

// logonID is the id of an account's logon session.
func logonID(user string) string {
	domain, name, _ := strings.Cut(strings.ToUpper(user), `\`)
	if id := wellKnownLogonIDs[name]; id != "" && (strings.Contains(domain, "AUTHORI") || strings.Contains(domain, "AUTORI")) {
		return id
	}
	return fmt.Sprintf("0x%x", 0x40000+channel.Hash32(user)%0x100000)
}

// currentDirectory is a folder as Sysmon's CurrentDirectory has it.
func currentDirectory(dir string) string {
	if dir == "" {
		dir = `C:\Windows\system32`
	}
	return strings.TrimSuffix(dir, `\`) + `\`
}

// addResourceFields adds a program's version resource, a dash for what it has not.
func addResourceFields(fields map[string]any, r artifact.Resource) {
	fields["OriginalFileName"], fields["Description"], fields["Product"] = dashIfEmpty(r.OriginalFileName), dashIfEmpty(r.Description), dashIfEmpty(r.Product)
	fields["Company"], fields["FileVersion"] = dashIfEmpty(r.Company), dashIfEmpty(r.FileVersion)
}

func dashIfEmpty(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// addParentFields adds the fields of a process's parent. The agent is no part of the
// platform: its children's parent is unknown, as where it has ended.
func addParentFields(fields map[string]any, h channel.Host, p *channel.Process) {
	fields["ParentProcessGuid"], fields["ParentProcessId"] = "00000000-0000-0000-0000-000000000000", 0
	fields["ParentImage"], fields["ParentCommandLine"], fields["ParentUser"] = "-", "-", "-"
	if parent := p.Parent; parent != nil {
		fields["ParentProcessGuid"], fields["ParentProcessId"] = processGUID(h, parent), parent.PID
		fields["ParentImage"], fields["ParentCommandLine"], fields["ParentUser"] = parent.Image, parent.CommandLine, userOf(parent)
	}
}
