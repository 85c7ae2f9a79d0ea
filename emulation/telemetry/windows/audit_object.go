package windows

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Security's record 4663, of files that are written. Which objects are audited
// their own lists say; here all are, and the sensor sees writing only.
var _ = channels.Register(channel.Channel{
	Name:       "windows_audit_file",
	Sources:    []event.LogSource{securitySource},
	Provenance: event.Translated,
	Open:       whenAudited("File System", channel.Stateless(auditFile)),
	Expect: channel.ExpectWhen(func(h channel.Host, a channel.Activity) bool {
		return auditPolicyCovers(h, "File System") && channel.OpenedForWriting(a) && isWindowsFile(a.PlatformPath) && !writtenByService(a.PlatformPath)
	}, channel.ExpectEventID(securitySource, 4663)),
})

// Security's records 4663, of keys, and 4657, of values. What a value was before
// the sensor does not read: each is reported as new.
var _ = channels.Register(channel.Channel{
	Name:       "windows_audit_registry",
	Sources:    []event.LogSource{securitySource},
	Provenance: event.Translated,
	Open:       whenAudited("Registry", openAuditRegistry),
	Expect: func(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
		if !auditPolicyCovers(h, "Registry") {
			return channel.ExpectNone
		}
		return expectValues(channel.ExpectEventID(securitySource, 4657), channel.ExpectEventID(securitySource, 4663))
	},
})

func auditFile(h channel.Host, a channel.Activity) []channel.Record {
	written := a.Kind == event.Create || a.Kind == event.Write || a.Kind == event.Truncate
	if !written || !isWindowsFile(a.PlatformPath) || writtenByService(a.PlatformPath) {
		return nil
	}
	return []channel.Record{objectAccess(h, a.Actor, "File", a.PlatformPath, "%%4417")}
}

// objectAccess is 4663: an object was opened for writing, which of a key is setting
// a value.
func objectAccess(h channel.Host, by *channel.Process, kind, object, access string) channel.Record {
	fields := securityFields(h, 4663, by)
	fields["ObjectServer"], fields["ObjectType"], fields["ObjectName"] = "Security", kind, object
	fields["HandleId"], fields["ResourceAttributes"] = "0x1c4", "S:AI"
	fields["AccessList"], fields["AccessMask"] = access, "0x2"
	fields["ProcessId"], fields["ProcessName"] = hexNumber(by.PID), by.Image
	return channel.Record{Fields: fields}
}

func openAuditRegistry(h channel.Host) func(channel.Activity) []channel.Record {
	written := map[string]channel.Activity{}
	return func(a channel.Activity) []channel.Record {
		switch {
		case !artifact.IsRegistry(a.PlatformPath):
			return nil
		case a.Kind == event.Create || a.Kind == event.Write || a.Kind == event.Truncate:
			written[a.PlatformPath] = a
			return nil
		case a.Kind != event.Content || written[a.PlatformPath].Actor == nil:
			return nil
		}
		set, err := artifact.DecodeValue(a.Observation.Content)
		if err != nil {
			return nil
		}
		opened := written[a.PlatformPath]
		path, name := artifact.SplitValuePath(a.PlatformPath)
		object := kernelKey(path)
		fields := securityFields(h, 4657, opened.Actor)
		fields["ObjectName"], fields["ObjectValueName"], fields["HandleId"] = object, name, "0x1c4"
		fields["OperationType"], fields["OldValueType"], fields["OldValue"] = "%%1904", "-", "-"
		fields["NewValueType"], fields["NewValue"] = registryTypes[set.Type], set.Data
		fields["ProcessId"], fields["ProcessName"] = hexNumber(opened.Actor.PID), opened.Actor.Image
		key := objectAccess(h, opened.Actor, "Key", object, "%%4433")
		value := channel.Record{Fields: fields}
		for _, r := range []*channel.Record{&key, &value} {
			r.Time, r.Actor, r.Seen = opened.Time, opened.Actor, []uint64{opened.Seq}
		}
		return []channel.Record{key, value}
	}
}

// registryTypes are the numbers of the messages by which records name types.
var registryTypes = map[string]string{
	"REG_NONE": "%%1872", "REG_SZ": "%%1873", "REG_EXPAND_SZ": "%%1874", "REG_BINARY": "%%1875",
	"REG_DWORD": "%%1876", "REG_MULTI_SZ": "%%1879", "REG_QWORD": "%%1883",
}

// kernelKey is a key as the kernel calls it.
func kernelKey(key string) string {
	for _, pair := range [][2]string{
		{"HKLM", `\REGISTRY\MACHINE`}, {"HKU", `\REGISTRY\USER`},
		{"HKCR", `\REGISTRY\MACHINE\SOFTWARE\Classes`}, {"HKCU", `\REGISTRY\USER\` + asset.WindowsSID(asset.WindowsSystem)},
	} {
		if rest, ok := strings.CutPrefix(key, pair[0]); ok {
			return pair[1] + rest
		}
	}
	return key
}
