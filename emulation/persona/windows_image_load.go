package persona

import (
	"maps"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 7: a file was mapped as code. ImageLoaded is the mapped file,
// Hashes are its real ones, its version resource stands in its own text. Nobody
// has signed a marker library: a signature is what its text says of one.
var _ = register(channel{
	name:       "windows_image_load",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "image_load", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsImageLoad),
	must:       onlyWhen(func(_ host, m moment) bool { return m.Kind == event.Map && m.path != "" && m.by.image != kernelProcess }, dueID(windowsSysmon("image_load"), 7)),
})

// Sysmon's event 6: the kernel's own process mapped a file, which is a driver.
// It has no fields of a process.
var _ = register(channel{
	name:       "windows_driver_load",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "driver_load", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsDriverLoad),
	must:       onlyWhen(func(_ host, m moment) bool { return m.Kind == event.Map && m.path != "" && m.by.image == kernelProcess }, dueID(windowsSysmon("driver_load"), 6)),
})

// kernelProcess is the image of the process that the kernel's own threads are in.
const kernelProcess = "System"

func windowsImageLoad(h host, m moment) []record {
	if m.Kind != event.Map || m.path == "" || m.by.image == kernelProcess {
		return nil
	}
	fields := sysmonBy(h, 7, m.time, m.by)
	resource, _ := effect.ReadResource(m.Observation.Content)
	maps.Copy(fields, windowsResource(resource))
	return []record{mapped(m, fields)}
}

func windowsDriverLoad(h host, m moment) []record {
	if m.Kind != event.Map || m.path == "" || m.by.image != kernelProcess {
		return nil
	}
	return []record{mapped(m, sysmon(h, 6, m.time))}
}

// mapped adds what both events say of the file.
func mapped(m moment, fields map[string]any) record {
	fields["ImageLoaded"], fields["Hashes"] = m.path, hashesOf(m.Observation).sysmon()
	fields["Signed"], fields["Signature"], fields["SignatureStatus"] = "false", "-", "Unavailable"
	made := record{fields: fields}
	if said := effect.ReadSignature(m.Observation.Content); said.By != "" {
		fields["Signed"], fields["Signature"], fields["SignatureStatus"] = "true", said.By, dash(said.Status)
		made.provenances = map[string]event.Provenance{
			"Signed": event.Declared, "Signature": event.Declared, "SignatureStatus": event.Declared,
		}
	}
	return made
}
