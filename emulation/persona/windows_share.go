package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What the use of this host's own shares leaves in Security: 5140, once a step,
// account and share, and 5145 for each file or pipe that is written. The share's
// name, the path and who wrote are what the stand-in did; the address it came
// from is declared, as one asset stands for both ends. AccessList is as the
// record has it, numbers of messages: SigmaHQ's f6de6525 waits for their text.
var _ = register(channel{
	name:       "windows_share",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity},
	provenance: event.Translated,
	open:       openWindowsShare,
	must:       mustTellShare,
})

func openWindowsShare(h host) func(moment) []record {
	step, entered := "", map[string]map[string]bool{} // accounts by share
	return func(m moment) []record {
		to, share, inside := windowsShare(m.path)
		written := m.Kind == event.Create || m.Kind == event.Write || m.Kind == event.Truncate
		if !written || !strings.EqualFold(to, h.place.Hostname) || inside == "" {
			return nil
		}
		if m.Step != step {
			step, entered = m.Step, map[string]map[string]bool{}
		}
		var all []record
		if user := windowsUser(m.by); !entered[share][user] {
			use := shareRecord(h, m, 5140, share, map[string]any{"AccessMask": "0x1", "AccessList": "%%4416"})
			if entered[share] == nil {
				entered[share] = map[string]bool{}
			} else {
				use.provenance = event.Stated // it is another use by its account alone
			}
			entered[share][user] = true
			all = append(all, use)
		}
		asked := map[string]any{"RelativeTargetName": inside, "AccessMask": "0x2", "AccessList": "%%4417"}
		if share == pipeShare {
			asked["AccessMask"], asked["AccessList"] = "0x12019f", "%%1538 %%1541 %%4416 %%4417 %%4418 %%4419 %%4420 %%4423 %%4424"
		}
		return append(all, shareRecord(h, m, 5145, share, asked))
	}
}

// pipeShare is the share by which a host's pipes are opened from another one.
const pipeShare = "IPC$"

func shareRecord(h host, m moment, id int, share string, fields map[string]any) record {
	for name, value := range security(h, id, m.by) {
		fields[name] = value
	}
	fields["ObjectType"], fields["ShareName"], fields["ShareLocalPath"] = "File", `\\*\`+share, ""
	if drive, isDrive := strings.CutSuffix(share, "$"); isDrive && len(drive) == 1 {
		fields["ShareLocalPath"] = `\??\` + drive + `:\`
	}
	fields["IpAddress"], fields["IpPort"] = "192.0.2.10", "50122"
	return record{fields: fields, provenances: map[string]event.Provenance{"IpAddress": event.Declared, "IpPort": event.Declared}}
}

// windowsShare splits a path on a share: the host, the share's name in capitals,
// as Windows registers its own, and what lies inside.
func windowsShare(path string) (to, share, inside string) {
	rest, ok := strings.CutPrefix(path, `\\`)
	if !ok || strings.HasPrefix(rest, ".") {
		return "", "", ""
	}
	to, rest, _ = strings.Cut(rest, `\`)
	share, inside, _ = strings.Cut(rest, `\`)
	return to, strings.ToUpper(share), inside
}

func mustTellShare(h host) func(moment) []due {
	step, used := "", map[string]bool{}
	return func(m moment) []due {
		to, share, inside := windowsShare(m.path)
		if !opened(m) || inside == "" || !strings.EqualFold(to, h.place.Hostname) {
			return nil
		}
		if m.Step != step {
			step, used = m.Step, map[string]bool{}
		}
		all := []due{dueID(windowsSecurity, 5145)}
		if !used[share] {
			used[share] = true
			all = append(all, dueID(windowsSecurity, 5140))
		}
		return all
	}
}
