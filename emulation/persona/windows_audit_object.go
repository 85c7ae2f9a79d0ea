package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Security's record 4663, of files that are written. Which objects are audited
// their own lists say; here all are, and the sensor sees writing only.
var _ = register(channel{
	name:       "windows_audit_file",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity},
	provenance: event.Translated,
	open:       audited("File System", stateless(windowsAuditFile)),
	must: onlyWhen(func(h host, m moment) bool {
		return audits(h, "File System") && opened(m) && isWindowsFile(m.path) && !isHeldOpen(m.path)
	}, dueID(windowsSecurity, 4663)),
})

// Security's records 4663, of keys, and 4657, of values. What a value was before
// the sensor does not read: it is told as new.
var _ = register(channel{
	name:       "windows_audit_registry",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity},
	provenance: event.Translated,
	open:       audited("Registry", openWindowsAuditRegistry),
	must: func(h host) func(moment) []due {
		if !audits(h, "Registry") {
			return never
		}
		return mustTellValues(dueID(windowsSecurity, 4657), dueID(windowsSecurity, 4663))
	},
})

func windowsAuditFile(h host, m moment) []record {
	written := m.Kind == event.Create || m.Kind == event.Write || m.Kind == event.Truncate
	if !written || !isWindowsFile(m.path) || isHeldOpen(m.path) {
		return nil
	}
	return []record{accessed(h, m.by, "File", m.path, "%%4417")}
}

// accessed is 4663: an object was opened for writing, which of a key is setting
// a value.
func accessed(h host, by *process, kind, object, access string) record {
	fields := security(h, 4663, by)
	fields["ObjectServer"], fields["ObjectType"], fields["ObjectName"] = "Security", kind, object
	fields["HandleId"], fields["ResourceAttributes"] = "0x1c4", "S:AI"
	fields["AccessList"], fields["AccessMask"] = access, "0x2"
	fields["ProcessId"], fields["ProcessName"] = hex(by.pid), by.image
	return record{fields: fields}
}

func openWindowsAuditRegistry(h host) func(moment) []record {
	written := map[string]moment{}
	return func(m moment) []record {
		switch {
		case !effect.IsRegistry(m.path):
			return nil
		case m.Kind == event.Create || m.Kind == event.Write || m.Kind == event.Truncate:
			written[m.path] = m
			return nil
		case m.Kind != event.Content || written[m.path].by == nil:
			return nil
		}
		set, err := effect.DecodeValue(m.Observation.Content)
		if err != nil {
			return nil
		}
		began := written[m.path]
		at := strings.LastIndexByte(m.path, '\\')
		object := kernelKey(m.path[:at])
		fields := security(h, 4657, began.by)
		fields["ObjectName"], fields["ObjectValueName"], fields["HandleId"] = object, m.path[at+1:], "0x1c4"
		fields["OperationType"], fields["OldValueType"], fields["OldValue"] = "%%1904", "-", "-"
		fields["NewValueType"], fields["NewValue"] = registryTypes[set.Type], set.Data
		fields["ProcessId"], fields["ProcessName"] = hex(began.by.pid), began.by.image
		key := accessed(h, began.by, "Key", object, "%%4433")
		value := record{fields: fields}
		for _, one := range []*record{&key, &value} {
			one.time, one.by, one.seen = began.time, began.by, []uint64{began.Seq}
		}
		return []record{key, value}
	}
}

// registryTypes are the numbers of the messages by which records name types.
var registryTypes = map[string]string{
	"REG_NONE": "%%1872", "REG_SZ": "%%1873", "REG_EXPAND_SZ": "%%1874", "REG_BINARY": "%%1875",
	"REG_DWORD": "%%1876", "REG_MULTI_SZ": "%%1879", "REG_QWORD": "%%1883",
}

// kernelKey is a key as the kernel calls it.
func kernelKey(key string) string {
	for _, one := range [][2]string{
		{"HKLM", `\REGISTRY\MACHINE`}, {"HKU", `\REGISTRY\USER`},
		{"HKCR", `\REGISTRY\MACHINE\SOFTWARE\Classes`}, {"HKCU", `\REGISTRY\USER\` + asset.WindowsSID(asset.WindowsSystem)},
	} {
		if rest, ok := strings.CutPrefix(key, one[0]); ok {
			return one[1] + rest
		}
	}
	return key
}
