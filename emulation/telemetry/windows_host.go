package telemetry

import (
	"fmt"
	"hash/fnv"
	"maps"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = registerJoin(effect.Windows, func(h Host, p *Process) map[string]any {
	told := map[string]any{
		"Image": p.Image, "CommandLine": p.CommandLine, "CurrentDirectory": currentDirectory(p.Dir), "User": windowsUser(p),
		"IntegrityLevel": windowsIntegrity(h, p), "ProcessId": p.PID, "ProcessGuid": windowsGUID(h, p), "Hashes": p.Hashes.Sysmon(),
	}
	maps.Copy(told, resourceFields(p.Resource))
	maps.Copy(told, windowsParentFields(h, p))
	return told
})

// windowsTime is how Sysmon writes a time.
const windowsTime = "2006-01-02 15:04:05.000"

// sysmonFields is a record's head and what every Sysmon event has.
func sysmonFields(h Host, id int, at time.Time) map[string]any {
	head := eventHeader(h, id, "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon")
	head["RuleName"], head["UtcTime"] = "-", at.UTC().Format(windowsTime)
	return head
}

// sysmonProcessFields is the same for an event that names its process.
func sysmonProcessFields(h Host, id int, at time.Time, p *Process) map[string]any {
	head := sysmonFields(h, id, at)
	head["ProcessGuid"], head["ProcessId"] = windowsGUID(h, p), p.PID
	head["Image"], head["User"] = p.Image, windowsUser(p)
	return head
}

// eventHeader is what the System part of every Windows event has.
func eventHeader(h Host, id int, channel, provider string) map[string]any {
	return map[string]any{
		"EventID": id, "Channel": channel, "Provider_Name": provider, "Computer": h.Asset.Hostname + "." + asset.WindowsDomain,
	}
}

// windowsGUID is made as Sysmon makes it, of machine, start and process.
// Recordings show it without braces.
func windowsGUID(h Host, p *Process) string {
	start := uint32(p.Started.Unix())
	return fmt.Sprintf("%08X-%04X-%04X-%04X-%012X", fnv32(h.Asset.Hostname), start&0xffff, start>>16, p.Key>>48&0xffff, p.Key&0xffffffffffff)
}

func fnv32(text string) uint32 {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text)) // a hash refuses nothing
	return sum.Sum32()
}

// windowsUser is the account a process stands for; a process that nobody
// named one for is the system's.
func windowsUser(p *Process) string {
	if p.User == "" {
		return asset.WindowsSystem
	}
	return p.User
}

// windowsIntegrity is what the process was started with, or follows from the
// account: the system's own, an ordinary
// user's, or an administrator's elevated one.
func windowsIntegrity(h Host, p *Process) string {
	user := windowsUser(p)
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

// windowsLogonID is the id of an account's logon session.
func windowsLogonID(user string) string {
	domain, name, _ := strings.Cut(strings.ToUpper(user), `\`)
	if id := wellKnownLogonIDs[name]; id != "" && (strings.Contains(domain, "AUTHORI") || strings.Contains(domain, "AUTORI")) {
		return id
	}
	return fmt.Sprintf("0x%x", 0x40000+fnv32(user)%0x100000)
}

// currentDirectory is a folder as Sysmon's CurrentDirectory has it.
func currentDirectory(dir string) string {
	if dir == "" {
		dir = `C:\Windows\system32`
	}
	return strings.TrimSuffix(dir, `\`) + `\`
}

// resourceFields is a program's version resource, a dash for what it has not.
func resourceFields(r effect.Resource) map[string]any {
	return map[string]any{
		"OriginalFileName": dashIfEmpty(r.OriginalFileName), "Description": dashIfEmpty(r.Description), "Product": dashIfEmpty(r.Product),
		"Company": dashIfEmpty(r.Company), "FileVersion": dashIfEmpty(r.FileVersion),
	}
}

func dashIfEmpty(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// windowsParentFields tells of a process's parent. The agent is no part of the
// platform: its children's parent is unknown, as where it has ended.
func windowsParentFields(h Host, p *Process) map[string]any {
	if p.Parent == nil {
		return map[string]any{
			"ParentProcessGuid": "00000000-0000-0000-0000-000000000000", "ParentProcessId": 0,
			"ParentImage": "-", "ParentCommandLine": "-", "ParentUser": "-",
		}
	}
	return map[string]any{
		"ParentProcessGuid": windowsGUID(h, p.Parent), "ParentProcessId": p.Parent.PID, "ParentImage": p.Parent.Image,
		"ParentCommandLine": p.Parent.CommandLine, "ParentUser": windowsUser(p.Parent),
	}
}
