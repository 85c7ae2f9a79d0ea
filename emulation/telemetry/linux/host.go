package linux

import (
	"fmt"
	"path"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// joinedFields are the fields of an acting process that shape edr adds to a record.
func joinedFields(h channel.Host, p *channel.Process) map[string]any {
	fields := make(map[string]any, fieldsOfRecord)
	fields["CommandLine"], fields["CurrentDirectory"], fields["ProcessId"], fields["ProcessGuid"] = p.CommandLine, workingFolder(p), p.PID, processGUID(h, p)
	fields["Image"], fields["User"] = p.Image, userOf(p)
	addParentFields(fields, h, p)
	return fields
}

// fieldsOfRecord is how many fields most records have at most: a map for so many does
// not grow field by field.
const fieldsOfRecord = 14

// sysmon is what every record of Sysmon for Linux has, for an event that
// names its process.
func sysmon(h channel.Host, id int, at time.Time, p *channel.Process) map[string]any {
	fields := make(map[string]any, fieldsOfRecord)
	fields["EventID"], fields["Channel"], fields["Provider_Name"], fields["Computer"] = id, "Linux-Sysmon/Operational", "Linux-Sysmon", h.Asset.Hostname
	fields["RuleName"], fields["UtcTime"] = "-", at.UTC().Format("2006-01-02 15:04:05.000")
	fields["ProcessGuid"], fields["ProcessId"], fields["Image"], fields["User"] = processGUID(h, p), p.PID, p.Image, userOf(p)
	return fields
}

// sysmonProvenance are the fields that no kernel shows, also of those that are joined:
// they are Sysmon's own words, follow from the account that a process stands for,
// or stand for what the platform does not know.
func sysmonProvenance(by *channel.Process, more ...string) map[string]event.Provenance {
	names := append([]string{
		"EventID", "Channel", "Provider_Name", "Computer", "RuleName", "UtcTime", "ProcessGuid", "User", "ParentProcessGuid", "ParentUser",
	}, more...)
	if by.Parent == nil {
		names = append(names, "ParentProcessId", "ParentImage", "ParentCommandLine")
	}
	if by.Dir == "" {
		names = append(names, "CurrentDirectory")
	}
	words := make(map[string]event.Provenance, len(names))
	for _, name := range names {
		words[name] = event.Translated
	}
	return words
}

func processGUID(h channel.Host, p *channel.Process) string {
	return fmt.Sprintf("{%08x-%04x-%04x-%04x-%012x}", channel.Hash32(h.Asset.Hostname), p.Started.Unix()&0xffff, p.Started.Unix()>>16&0xffff, 0, p.Key)
}

// userOf is the account a process stands for; one that nobody named an
// account for is root's.
func userOf(p *channel.Process) string {
	if p.User == "" {
		return "root"
	}
	return p.User
}

func workingFolder(p *channel.Process) string {
	if p.Dir == "" {
		return "/"
	}
	return p.Dir
}

// addParentFields adds the fields of a process's parent. The agent is no part of the
// platform: a process it started has the parent that one has whose parent ended, init.
func addParentFields(fields map[string]any, h channel.Host, p *channel.Process) {
	fields["ParentProcessGuid"], fields["ParentProcessId"] = "{00000000-0000-0000-0000-000000000000}", 1
	fields["ParentImage"], fields["ParentCommandLine"], fields["ParentUser"] = "-", "-", "-"
	if parent := p.Parent; parent != nil {
		fields["ParentProcessGuid"], fields["ParentProcessId"] = processGUID(h, parent), parent.PID
		fields["ParentImage"], fields["ParentCommandLine"], fields["ParentUser"] = parent.Image, parent.CommandLine, userOf(parent)
	}
}

// accountsOf reads the asset's own passwd file: the kernel's user is the same
// for all processes, so numbers follow from the account each stands for.
func accountsOf(host asset.Host) []artifact.LinuxAccount {
	return artifact.DecodePasswd(host.Content(artifact.PasswdFile))
}

// comm is the kernel's short name of a process: the file's name as it was
// called, at most 15 bytes. A resident process may have given itself a title,
// so there the file's own name counts.
func comm(p *channel.Process) string {
	name := path.Base(p.Image)
	if !p.Resident && len(p.Argv) > 0 {
		name = path.Base(p.Argv[0])
	}
	return name[:min(len(name), 15)]
}
