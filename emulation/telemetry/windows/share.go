package windows

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What the use of this host's own shares leaves in Security: 5140, once a step,
// account and share, and 5145 for each file or pipe that is written. The share's
// name, the path and who wrote are what the stand-in did; the address it came
// from is declared, as one asset stands for both ends. AccessList is as the
// record has it, numbers of messages: SigmaHQ's f6de6525 waits for their text.
var _ = channels.Register(channel.Channel{
	Name:       "windows_share",
	Sources:    []event.LogSource{securitySource},
	Provenance: event.Translated,
	Open:       openShare,
	Expect:     expectShare,
})

func openShare(h channel.Host) func(channel.Activity) []channel.Record {
	step, entered := "", map[string]map[string]bool{} // accounts by share
	return func(a channel.Activity) []channel.Record {
		to, share, inside := artifact.SplitSharePath(a.PlatformPath)
		written := a.Kind == event.Create || a.Kind == event.Write || a.Kind == event.Truncate
		if !written || !strings.EqualFold(to, h.Asset.Hostname) || inside == "" {
			return nil
		}
		if a.Step != step {
			step, entered = a.Step, map[string]map[string]bool{}
		}
		var all []channel.Record
		if user := userOf(a.Actor); !entered[share][user] {
			use := shareRecord(h, a, 5140, share, map[string]any{"AccessMask": "0x1", "AccessList": "%%4416"})
			if entered[share] == nil {
				entered[share] = map[string]bool{}
			} else {
				use.Provenance = event.Stated // it is another use by its account alone
			}
			entered[share][user] = true
			all = append(all, use)
		}
		access := map[string]any{"RelativeTargetName": inside, "AccessMask": "0x2", "AccessList": "%%4417"}
		if share == artifact.PipeShare {
			access["AccessMask"], access["AccessList"] = "0x12019f", "%%1538 %%1541 %%4416 %%4417 %%4418 %%4419 %%4420 %%4423 %%4424"
		}
		return append(all, shareRecord(h, a, 5145, share, access))
	}
}

func shareRecord(h channel.Host, a channel.Activity, id int, share string, fields map[string]any) channel.Record {
	for name, value := range securityFields(h, id, a.Actor) {
		fields[name] = value
	}
	fields["ObjectType"], fields["ShareName"], fields["ShareLocalPath"] = "File", `\\*\`+share, ""
	if drive, isDrive := strings.CutSuffix(share, "$"); isDrive && len(drive) == 1 {
		fields["ShareLocalPath"] = `\??\` + drive + `:\`
	}
	fields["IpAddress"], fields["IpPort"] = "192.0.2.10", "50122"
	return channel.Record{Fields: fields, FieldProvenance: map[string]event.Provenance{"IpAddress": event.Declared, "IpPort": event.Declared}}
}

func expectShare(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	step, used := "", map[string]bool{}
	return func(a channel.Activity) []channel.ExpectedRecord {
		to, share, inside := artifact.SplitSharePath(a.PlatformPath)
		if !channel.OpenedForWriting(a) || inside == "" || !strings.EqualFold(to, h.Asset.Hostname) {
			return nil
		}
		if a.Step != step {
			step, used = a.Step, map[string]bool{}
		}
		all := []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 5145)}
		if !used[share] {
			used[share] = true
			all = append(all, channel.ExpectEventID(securitySource, 5140))
		}
		return all
	}
}
