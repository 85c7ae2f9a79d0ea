package persona

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

var _ = registerJoin(effect.Linux, func(h host, p *process) map[string]any {
	told := map[string]any{
		"CommandLine": p.command, "CurrentDirectory": linuxFolder(p), "ProcessId": p.pid, "ProcessGuid": linuxGUID(h, p),
		"Image": p.image, "User": linuxUser(p),
	}
	maps.Copy(told, linuxParent(h, p))
	return told
})

// linuxSysmon is what every record of Sysmon for Linux has, for an event that
// names its process.
func linuxSysmon(h host, id int, at time.Time, p *process) map[string]any {
	return map[string]any{
		"EventID": id, "Channel": "Linux-Sysmon/Operational", "Provider_Name": "Linux-Sysmon", "Computer": h.place.Hostname,
		"RuleName": "-", "UtcTime": at.UTC().Format("2006-01-02 15:04:05.000"),
		"ProcessGuid": linuxGUID(h, p), "ProcessId": p.pid, "Image": p.image, "User": linuxUser(p),
	}
}

// linuxWords are the fields that no kernel shows, also of those that are joined:
// they are Sysmon's own words, follow from the account that a process stands for,
// or stand for what the persona does not know.
func linuxWords(by *process, more ...string) map[string]event.Provenance {
	names := append([]string{
		"EventID", "Channel", "Provider_Name", "Computer", "RuleName", "UtcTime", "ProcessGuid", "User", "ParentProcessGuid", "ParentUser",
	}, more...)
	if by.parent == nil {
		names = append(names, "ParentProcessId", "ParentImage", "ParentCommandLine")
	}
	if by.dir == "" {
		names = append(names, "CurrentDirectory")
	}
	words := map[string]event.Provenance{}
	for _, name := range names {
		words[name] = event.Translated
	}
	return words
}

func linuxGUID(h host, p *process) string {
	return fmt.Sprintf("{%08x-%04x-%04x-%04x-%012x}", hashed(h.place.Hostname), p.started.Unix()&0xffff, p.started.Unix()>>16&0xffff, 0, p.key)
}

// linuxUser is the account a process stands for; one that nobody named an
// account for is root's.
func linuxUser(p *process) string {
	if p.user == "" {
		return "root"
	}
	return p.user
}

func linuxFolder(p *process) string {
	if p.dir == "" {
		return "/"
	}
	return p.dir
}

// linuxParent tells of a process's parent. The agent is no part of the persona:
// a process it started has the parent that one has whose parent ended, init.
func linuxParent(h host, p *process) map[string]any {
	if p.parent == nil {
		return map[string]any{
			"ParentProcessGuid": "{00000000-0000-0000-0000-000000000000}", "ParentProcessId": 1,
			"ParentImage": "-", "ParentCommandLine": "-", "ParentUser": "-",
		}
	}
	return map[string]any{
		"ParentProcessGuid": linuxGUID(h, p.parent), "ParentProcessId": p.parent.pid, "ParentImage": p.parent.image,
		"ParentCommandLine": p.parent.command, "ParentUser": linuxUser(p.parent),
	}
}

// account is one line of a passwd file.
type account struct {
	name     string
	uid, gid int
	home     string
}

// accountsOf reads the asset's own passwd file: the kernel's user is the same
// for all processes, so numbers follow from the account each stands for.
func accountsOf(place asset.Place) []account {
	var all []account
	for line := range strings.Lines(string(furnished(place, "/etc/passwd"))) {
		fields := strings.Split(strings.TrimSpace(line), ":")
		if len(fields) != 7 {
			continue
		}
		uid, errUID := strconv.Atoi(fields[2])
		gid, errGID := strconv.Atoi(fields[3])
		if errUID == nil && errGID == nil {
			all = append(all, account{name: fields[0], uid: uid, gid: gid, home: fields[5]})
		}
	}
	return all
}

// furnished is the content of a file that the asset was furnished with.
func furnished(place asset.Place, name string) []byte {
	i := slices.IndexFunc(place.Kind.Files, func(f asset.File) bool { return f.Path == name })
	if i < 0 {
		return nil
	}
	return place.Kind.Files[i].Content
}

// linuxComm is the kernel's short name of a process: the file's name as it was
// called, at most 15 bytes. A resident process may have given itself a title,
// so there the file's own name counts.
func linuxComm(p *process) string {
	name := path.Base(p.image)
	if !p.resident && len(p.argv) > 0 {
		name = path.Base(p.argv[0])
	}
	return name[:min(len(name), 15)]
}
