package telemetry

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
var _ = register(Channel{
	Name:       "windows_share",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{windowsSecurity},
	Provenance: event.Translated,
	Open:       openWindowsShare,
	Expect:     expectShare,
})

func openWindowsShare(h Host) func(Activity) []Record {
	step, entered := "", map[string]map[string]bool{} // accounts by share
	return func(a Activity) []Record {
		to, share, inside := splitShare(a.PlatformPath)
		written := a.Kind == event.Create || a.Kind == event.Write || a.Kind == event.Truncate
		if !written || !strings.EqualFold(to, h.Asset.Hostname) || inside == "" {
			return nil
		}
		if a.Step != step {
			step, entered = a.Step, map[string]map[string]bool{}
		}
		var all []Record
		if user := windowsUser(a.Actor); !entered[share][user] {
			use := shareRecord(h, a, 5140, share, map[string]any{"AccessMask": "0x1", "AccessList": "%%4416"})
			if entered[share] == nil {
				entered[share] = map[string]bool{}
			} else {
				use.Provenance = event.Stated // it is another use by its account alone
			}
			entered[share][user] = true
			all = append(all, use)
		}
		asked := map[string]any{"RelativeTargetName": inside, "AccessMask": "0x2", "AccessList": "%%4417"}
		if share == pipeShare {
			asked["AccessMask"], asked["AccessList"] = "0x12019f", "%%1538 %%1541 %%4416 %%4417 %%4418 %%4419 %%4420 %%4423 %%4424"
		}
		return append(all, shareRecord(h, a, 5145, share, asked))
	}
}

// pipeShare is the share by which a host's pipes are opened from another one.
const pipeShare = "IPC$"

func shareRecord(h Host, a Activity, id int, share string, fields map[string]any) Record {
	for name, value := range securityFields(h, id, a.Actor) {
		fields[name] = value
	}
	fields["ObjectType"], fields["ShareName"], fields["ShareLocalPath"] = "File", `\\*\`+share, ""
	if drive, isDrive := strings.CutSuffix(share, "$"); isDrive && len(drive) == 1 {
		fields["ShareLocalPath"] = `\??\` + drive + `:\`
	}
	fields["IpAddress"], fields["IpPort"] = "192.0.2.10", "50122"
	return Record{Fields: fields, FieldProvenance: map[string]event.Provenance{"IpAddress": event.Declared, "IpPort": event.Declared}}
}

// splitShare splits a path on a share: the host, the share's name in capitals,
// as Windows registers its own, and what lies inside.
func splitShare(path string) (to, share, inside string) {
	rest, ok := strings.CutPrefix(path, `\\`)
	if !ok || strings.HasPrefix(rest, ".") {
		return "", "", ""
	}
	to, rest, _ = strings.Cut(rest, `\`)
	share, inside, _ = strings.Cut(rest, `\`)
	return to, strings.ToUpper(share), inside
}

func expectShare(h Host) func(Activity) []ExpectedRecord {
	step, used := "", map[string]bool{}
	return func(a Activity) []ExpectedRecord {
		to, share, inside := splitShare(a.PlatformPath)
		if !OpenedForWriting(a) || inside == "" || !strings.EqualFold(to, h.Asset.Hostname) {
			return nil
		}
		if a.Step != step {
			step, used = a.Step, map[string]bool{}
		}
		all := []ExpectedRecord{ExpectEventID(windowsSecurity, 5145)}
		if !used[share] {
			used[share] = true
			all = append(all, ExpectEventID(windowsSecurity, 5140))
		}
		return all
	}
}
