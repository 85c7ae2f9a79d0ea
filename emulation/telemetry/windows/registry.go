package windows

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's events 12 to 14. Sigma's registry_event is all of them.
var _ = channels.Register(channel.Channel{
	Name: "windows_registry",
	Sources: []event.LogSource{
		registryEvent,
		{Category: "registry_add", Product: "windows", Service: "sysmon"},
		{Category: "registry_set", Product: "windows", Service: "sysmon"},
		{Category: "registry_delete", Product: "windows", Service: "sysmon"},
		{Category: "registry_rename", Product: "windows", Service: "sysmon"},
	},
	Provenance: event.Translated,
	Open:       openRegistry,
	Expect:     expectRegistry,
})

var registryEvent = event.LogSource{Category: "registry_event", Product: "windows", Service: "sysmon"}

func openRegistry(h channel.Host) func(channel.Activity) []channel.Record {
	// A value's content is known when its writer ends; the event is of the
	// activity it was written.
	written := map[string]channel.Activity{}
	return func(a channel.Activity) []channel.Record {
		if !artifact.IsRegistry(a.PlatformPath) {
			return nil
		}
		switch a.Kind {
		case event.Create, event.Write, event.Truncate:
			written[a.PlatformPath] = a
		case event.Mkdir:
			return []channel.Record{registryRecord(h, a, 12, "registry_add", "CreateKey")}
		case event.Unlink:
			return []channel.Record{registryRecord(h, a, 12, "registry_delete", "DeleteValue")}
		case event.Rmdir:
			return []channel.Record{registryRecord(h, a, 12, "registry_delete", "DeleteKey")}
		case event.Rename:
			renamed := registryRecord(h, a, 14, "registry_rename", "RenameKey")
			renamed.Fields["NewName"] = registryObject(a.PlatformTo)
			return []channel.Record{renamed}
		case event.Content:
			return registrySet(h, a, written[a.PlatformPath])
		}
		return nil
	}
}

func registrySet(h channel.Host, a, opened channel.Activity) []channel.Record {
	value, err := artifact.DecodeValue(a.Observation.Content)
	if err != nil || opened.Actor == nil {
		return nil
	}
	set := registryRecord(h, opened, 13, "registry_set", "SetValue")
	set.Fields["Details"] = registryDetails(value)
	set.Time, set.Actor, set.Seen = opened.Time, opened.Actor, []uint64{opened.Seq}
	return []channel.Record{set}
}

func registryRecord(h channel.Host, a channel.Activity, id int, category, what string) channel.Record {
	fields := sysmonProcessFields(h, id, a.Time, a.Actor)
	fields["EventType"], fields["TargetObject"] = what, registryObject(a.PlatformPath)
	return channel.Record{
		Sources: []event.LogSource{{Category: category, Product: "windows", Service: "sysmon"}, registryEvent},
		Fields:  fields,
	}
}

// registryObject is a key or value as Sysmon names it: recordings have System,
// not SYSTEM, for that hive.
func registryObject(path string) string {
	path = artifact.UnescapePath(path)
	const hive = `HKLM\SYSTEM`
	if len(path) >= len(hive) && strings.EqualFold(path[:len(hive)], hive) {
		path = `HKLM\System` + path[len(hive):]
	}
	return path
}

// registryDetails is a value's data as Sysmon writes it.
func registryDetails(v artifact.Value) string {
	switch v.Type {
	case "REG_DWORD":
		n, err := strconv.ParseUint(v.Data, 10, 32)
		if err != nil {
			return v.Data
		}
		return fmt.Sprintf("DWORD (0x%08x)", n)
	case "REG_QWORD":
		n, err := strconv.ParseUint(v.Data, 10, 64)
		if err != nil {
			return v.Data
		}
		return fmt.Sprintf("QWORD (0x%08x-0x%08x)", n>>32, n&0xffffffff)
	case "REG_BINARY", "REG_MULTI_SZ", "REG_NONE":
		return "Binary Data"
	}
	if v.Data == "" {
		return "(Empty)"
	}
	return v.Data
}

var expectedRegistryRecords = map[event.Kind]channel.ExpectedRecord{
	event.Mkdir:  channel.ExpectEventID(sysmonSource("registry_add"), 12),
	event.Unlink: channel.ExpectEventID(sysmonSource("registry_delete"), 12),
	event.Rmdir:  channel.ExpectEventID(sysmonSource("registry_delete"), 12),
	event.Rename: channel.ExpectEventID(sysmonSource("registry_rename"), 14),
}

func expectRegistry(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	set := expectValues(channel.ExpectEventID(sysmonSource("registry_set"), 13))
	return func(a channel.Activity) []channel.ExpectedRecord {
		if record, ok := expectedRegistryRecords[a.Kind]; ok && artifact.IsRegistry(a.PlatformPath) {
			return []channel.ExpectedRecord{record}
		}
		return set(a)
	}
}

// expectValues declares the records of each value that is written.
func expectValues(expected ...channel.ExpectedRecord) func(channel.Activity) []channel.ExpectedRecord {
	written := map[string]bool{}
	return func(a channel.Activity) []channel.ExpectedRecord {
		switch {
		case !artifact.IsRegistry(a.PlatformPath):
		case channel.OpenedForWriting(a):
			written[a.PlatformPath] = true
		case a.Kind == event.Content && written[a.PlatformPath]:
			return expected
		}
		return nil
	}
}
