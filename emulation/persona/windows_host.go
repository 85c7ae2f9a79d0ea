package persona

import (
	"fmt"
	"hash/fnv"
	"maps"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = registerJoin(effect.Windows, func(h host, p *process) map[string]any {
	told := map[string]any{
		"Image": p.image, "CommandLine": p.command, "CurrentDirectory": windowsFolder(p.dir), "User": windowsUser(p),
		"IntegrityLevel": windowsIntegrity(h, p), "ProcessId": p.pid, "ProcessGuid": windowsGUID(h, p), "Hashes": p.hashes.sysmon(),
	}
	maps.Copy(told, windowsResource(p.resource))
	maps.Copy(told, windowsParent(h, p))
	return told
})

// windowsTime is how Sysmon writes a time.
const windowsTime = "2006-01-02 15:04:05.000"

// sysmon is a record's head and what every Sysmon event has.
func sysmon(h host, id int, at time.Time) map[string]any {
	head := windowsHead(h, id, "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon")
	head["RuleName"], head["UtcTime"] = "-", at.UTC().Format(windowsTime)
	return head
}

// sysmonBy is the same for an event that names its process.
func sysmonBy(h host, id int, at time.Time, p *process) map[string]any {
	head := sysmon(h, id, at)
	head["ProcessGuid"], head["ProcessId"] = windowsGUID(h, p), p.pid
	head["Image"], head["User"] = p.image, windowsUser(p)
	return head
}

// windowsHead is what the System part of every Windows event has.
func windowsHead(h host, id int, channel, provider string) map[string]any {
	return map[string]any{
		"EventID": id, "Channel": channel, "Provider_Name": provider, "Computer": h.place.Hostname + "." + asset.WindowsDomain,
	}
}

// windowsGUID is made as Sysmon makes it, of machine, start and process.
// Recordings show it without braces.
func windowsGUID(h host, p *process) string {
	start := uint32(p.started.Unix())
	return fmt.Sprintf("%08X-%04X-%04X-%04X-%012X", hashed(h.place.Hostname), start&0xffff, start>>16, p.key>>48&0xffff, p.key&0xffffffffffff)
}

func hashed(text string) uint32 {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text)) // a hash refuses nothing
	return sum.Sum32()
}

// windowsUser is the account a process stands for; a process that nobody
// named one for is the system's.
func windowsUser(p *process) string {
	if p.user == "" {
		return asset.WindowsSystem
	}
	return p.user
}

// windowsIntegrity is what the process was started with, or follows from the
// account: the system's own, an ordinary
// user's, or an administrator's elevated one.
func windowsIntegrity(h host, p *process) string {
	user := windowsUser(p)
	switch {
	case p.integrity != "":
		return p.integrity
	case strings.HasPrefix(user, `NT AUTHORITY\`):
		return "System"
	case user == h.place.Kind.Accounts["user"]:
		return "Medium"
	}
	return "High"
}

// windowsLogons are the sessions that are there without a logon, by the last part
// of the account: the one before it has a name in the language of the host.
var windowsLogons = map[string]string{"SYSTEM": "0x3e7", "LOCAL SERVICE": "0x3e5", "NETWORK SERVICE": "0x3e4"}

// windowsLogon is the id of an account's logon session.
func windowsLogon(user string) string {
	domain, name, _ := strings.Cut(strings.ToUpper(user), `\`)
	if id := windowsLogons[name]; id != "" && (strings.Contains(domain, "AUTHORI") || strings.Contains(domain, "AUTORI")) {
		return id
	}
	return fmt.Sprintf("0x%x", 0x40000+hashed(user)%0x100000)
}

// windowsFolder is a folder as Sysmon's CurrentDirectory has it.
func windowsFolder(dir string) string {
	if dir == "" {
		dir = `C:\Windows\system32`
	}
	return strings.TrimSuffix(dir, `\`) + `\`
}

// windowsResource is a program's version resource, a dash for what it has not.
func windowsResource(r effect.Resource) map[string]any {
	return map[string]any{
		"OriginalFileName": dash(r.OriginalFileName), "Description": dash(r.Description), "Product": dash(r.Product),
		"Company": dash(r.Company), "FileVersion": dash(r.FileVersion),
	}
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// windowsParent tells of a process's parent. The agent is no part of the
// persona: its children's parent is unknown, as where it has ended.
func windowsParent(h host, p *process) map[string]any {
	if p.parent == nil {
		return map[string]any{
			"ParentProcessGuid": "00000000-0000-0000-0000-000000000000", "ParentProcessId": 0,
			"ParentImage": "-", "ParentCommandLine": "-", "ParentUser": "-",
		}
	}
	return map[string]any{
		"ParentProcessGuid": windowsGUID(h, p.parent), "ParentProcessId": p.parent.pid, "ParentImage": p.parent.image,
		"ParentCommandLine": p.parent.command, "ParentUser": windowsUser(p.parent),
	}
}
