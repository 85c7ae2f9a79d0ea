package hunttest

import (
	"math/rand/v2"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// typed are queries as people type them, from broad to narrow.
var typed = []string{
	"", "source:process_creation", "host:DC01", "schtasks", "powershell", `"reg save"`, "whoami host:dc*", `Image:*\schtasks.exe`,
	"CommandLine:*/create*", "source:registry_set TargetObject:*\\Run\\*", "cmd.exe not host:ops02", "EventID:11 TargetFilename:*.exe",
	"(net.exe or net1.exe) user", "User:*svc_backup", "source:auditd type:EXECVE tar", "name:*/var/tmp/*", `"wevtutil cl"`, "-User:*SYSTEM source:file_event",
	"Image:C:\\ProgramData\\*", "rar.exe", "CommandLine:*ntds* or CommandLine:*sam*", "vssadmin", "source:security EventID:4624", "nothing-at-all",
	"UtcTime:*08:53*", "ProcessGuid:*0000000000ff*", "after:2027-03-01 before:2027-03-08 source:process_creation", "conf", "exe",
}

// Query is what a client types next: of seven, five typed by hand, one that pivots from
// an event seen, and one that looks at a few days.
func Query(chance *rand.Rand, seen []hunt.View) string {
	switch n := chance.IntN(7); {
	case n == 0 && len(seen) > 0:
		view := seen[chance.IntN(len(seen))]
		if len(view.Fields) > 0 {
			if field := view.Fields[chance.IntN(len(view.Fields))]; len(field.Values) > 0 {
				return query.Pivot(field.Name, field.Values[0])
			}
		}
	case n == 1 && len(seen) > 0:
		at := seen[chance.IntN(len(seen))].Time
		return "host:" + seen[0].Host + " after:" + at.AddDate(0, 0, -2).Format("2006-01-02") + " before:" + at.AddDate(0, 0, 2).Format("2006-01-02")
	}
	return typed[chance.IntN(len(typed))]
}
