package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 23 of Sysmon for Linux. The sensor does not read what is deleted, so
// there is no hash; and it keeps no copy, whatever Archived says on a real host.
var _ = register(Channel{
	Name:       "linux_file_delete",
	Platform:   effect.Linux,
	Sources:    []event.LogSource{{Category: "file_delete", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       Stateless(linuxFileDelete),
	Expect:     ExpectWhen(func(_ Host, a Activity) bool { return a.Kind == event.Unlink && a.PlatformPath != "" }, ExpectedRecord{Source: linuxSysmonSource("file_delete")}),
})

// linuxFileDelete answers the removal of a file's name; that of a folder makes
// no event.
func linuxFileDelete(h Host, a Activity) []Record {
	if a.Kind != event.Unlink || a.PlatformPath == "" {
		return nil
	}
	fields := linuxSysmon(h, 23, a.Time, a.Actor)
	fields["TargetFilename"], fields["Hashes"], fields["IsExecutable"], fields["Archived"] = a.PlatformPath, "-", "-", "-"
	return []Record{{Fields: fields, FieldProvenance: linuxSysmonProvenance(a.Actor, "Hashes", "IsExecutable", "Archived")}}
}
