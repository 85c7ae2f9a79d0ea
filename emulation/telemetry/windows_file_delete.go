package telemetry

import (
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 26. The file's hash, which it also writes, is not known here:
// the sensor does not read what is deleted.
var _ = register(Channel{
	Name:       "windows_file_delete",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "file_delete", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       Stateless(windowsFileDelete),
	Expect:     ExpectWhen(func(_ Host, a Activity) bool { return a.Kind == event.Unlink && isWindowsFile(a.PlatformPath) }, ExpectEventID(windowsSysmon("file_delete"), 26)),
})

func windowsFileDelete(h Host, a Activity) []Record {
	if a.Kind != event.Unlink || !isWindowsFile(a.PlatformPath) {
		return nil
	}
	fields := sysmonProcessFields(h, 26, a.Time, a.Actor)
	fields["TargetFilename"], fields["IsExecutable"] = a.PlatformPath, isExecutable(a.PlatformPath)
	return []Record{{Fields: fields}}
}

// isExecutable goes by the name, as a stand-in's content is that of no program.
func isExecutable(file string) bool {
	return slices.Contains([]string{".exe", ".dll", ".sys", ".wll"}, strings.ToLower(path.Ext(file)))
}
