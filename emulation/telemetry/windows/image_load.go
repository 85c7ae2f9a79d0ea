package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 7: a file was mapped as code. ImageLoaded is the mapped file,
// Hashes are its real ones, its version resource is from its own text. Nobody
// has signed a marker library: a signature is what its text says of one.
var _ = channels.Register(channel.Channel{
	Name:       "windows_image_load",
	Sources:    []event.LogSource{{Category: "image_load", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(imageLoad),
	Expect: channel.ExpectWhen(func(_ channel.Host, a channel.Activity) bool {
		return a.Kind == event.Map && a.PlatformPath != "" && a.Actor.Image != kernelProcess
	}, channel.ExpectEventID(sysmonSource("image_load"), 7)),
})

// Sysmon's event 6: the kernel's own process mapped a file, which is a driver.
// It has no fields of a process.
var _ = channels.Register(channel.Channel{
	Name:       "windows_driver_load",
	Sources:    []event.LogSource{{Category: "driver_load", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(driverLoad),
	Expect: channel.ExpectWhen(func(_ channel.Host, a channel.Activity) bool {
		return a.Kind == event.Map && a.PlatformPath != "" && a.Actor.Image == kernelProcess
	}, channel.ExpectEventID(sysmonSource("driver_load"), 6)),
})

// kernelProcess is the image of the process that the kernel's own threads are in.
const kernelProcess = "System"

func imageLoad(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Map || a.PlatformPath == "" || a.Actor.Image == kernelProcess {
		return nil
	}
	fields := sysmonProcessFields(h, 7, a.Time, a.Actor)
	resource, _ := artifact.DecodeResource(a.Observation.Content)
	addResourceFields(fields, resource)
	return []channel.Record{imageLoadRecord(a, fields)}
}

func driverLoad(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Map || a.PlatformPath == "" || a.Actor.Image != kernelProcess {
		return nil
	}
	return []channel.Record{imageLoadRecord(a, sysmonFields(h, 6, a.Time))}
}

// imageLoadRecord adds what both events say of the file.
func imageLoadRecord(a channel.Activity, fields map[string]any) channel.Record {
	fields["ImageLoaded"], fields["Hashes"] = a.PlatformPath, channel.HashesOf(a.Observation).Sysmon()
	fields["Signed"], fields["Signature"], fields["SignatureStatus"] = "false", "-", "Unavailable"
	record := channel.Record{Fields: fields}
	if signature := artifact.DecodeSignature(a.Observation.Content); signature.By != "" {
		fields["Signed"], fields["Signature"], fields["SignatureStatus"] = "true", signature.By, dashIfEmpty(signature.Status)
		record.FieldProvenance = map[string]event.Provenance{
			"Signed": event.Declared, "Signature": event.Declared, "SignatureStatus": event.Declared,
		}
	}
	return record
}
