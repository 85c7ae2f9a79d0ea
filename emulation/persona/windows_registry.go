package persona

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's events 12 to 14. Sigma's registry_event is all of them.
var _ = register(channel{
	name:    "windows_registry",
	persona: effect.Windows,
	sources: []event.LogSource{
		registryEvent,
		{Category: "registry_add", Product: "windows", Service: "sysmon"},
		{Category: "registry_set", Product: "windows", Service: "sysmon"},
		{Category: "registry_delete", Product: "windows", Service: "sysmon"},
		{Category: "registry_rename", Product: "windows", Service: "sysmon"},
	},
	provenance: event.Translated,
	open:       openWindowsRegistry,
	must:       mustTellRegistry,
})

var registryEvent = event.LogSource{Category: "registry_event", Product: "windows", Service: "sysmon"}

func openWindowsRegistry(h host) func(moment) []record {
	// A value's content is known when its writer ends; the event is of the
	// moment it was written.
	written := map[string]moment{}
	return func(m moment) []record {
		if !effect.IsRegistry(m.path) {
			return nil
		}
		switch m.Kind {
		case event.Create, event.Write, event.Truncate:
			written[m.path] = m
		case event.Mkdir:
			return []record{registryRecord(h, m, 12, "registry_add", "CreateKey")}
		case event.Unlink:
			return []record{registryRecord(h, m, 12, "registry_delete", "DeleteValue")}
		case event.Rmdir:
			return []record{registryRecord(h, m, 12, "registry_delete", "DeleteKey")}
		case event.Rename:
			renamed := registryRecord(h, m, 14, "registry_rename", "RenameKey")
			renamed.fields["NewName"] = registryObject(m.to)
			return []record{renamed}
		case event.Content:
			return registrySet(h, m, written[m.path])
		}
		return nil
	}
}

func registrySet(h host, m, opened moment) []record {
	value, err := effect.DecodeValue(m.Observation.Content)
	if err != nil || opened.by == nil {
		return nil
	}
	set := registryRecord(h, opened, 13, "registry_set", "SetValue")
	set.fields["Details"] = registryDetails(value)
	set.time, set.by, set.seen = opened.time, opened.by, []uint64{opened.Seq}
	return []record{set}
}

func registryRecord(h host, m moment, id int, category, what string) record {
	fields := sysmonBy(h, id, m.time, m.by)
	fields["EventType"], fields["TargetObject"] = what, registryObject(m.path)
	return record{
		sources: []event.LogSource{{Category: category, Product: "windows", Service: "sysmon"}, registryEvent},
		fields:  fields,
	}
}

// registryObject is a key or value as Sysmon names it: recordings have System,
// not SYSTEM, for that hive.
func registryObject(path string) string {
	path = strings.ReplaceAll(path, "%5C", `\`)
	const hive = `HKLM\SYSTEM`
	if len(path) >= len(hive) && strings.EqualFold(path[:len(hive)], hive) {
		path = `HKLM\System` + path[len(hive):]
	}
	return path
}

// registryDetails is a value's data as Sysmon writes it.
func registryDetails(v effect.Value) string {
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

var registryKinds = map[event.Kind]due{
	event.Mkdir:  dueID(windowsSysmon("registry_add"), 12),
	event.Unlink: dueID(windowsSysmon("registry_delete"), 12),
	event.Rmdir:  dueID(windowsSysmon("registry_delete"), 12),
	event.Rename: dueID(windowsSysmon("registry_rename"), 14),
}

func mustTellRegistry(host) func(moment) []due {
	set := mustTellValues(dueID(windowsSysmon("registry_set"), 13))
	return func(m moment) []due {
		if record, ok := registryKinds[m.Kind]; ok && effect.IsRegistry(m.path) {
			return []due{record}
		}
		return set(m)
	}
}

// mustTellValues declares the records of each value that is written.
func mustTellValues(owed ...due) func(moment) []due {
	written := map[string]bool{}
	return func(m moment) []due {
		switch {
		case !effect.IsRegistry(m.path):
		case opened(m):
			written[m.path] = true
		case m.Kind == event.Content && written[m.path]:
			return owed
		}
		return nil
	}
}
