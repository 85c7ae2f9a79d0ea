package windows

import (
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 26. The file's hash, which it also writes, is not known here:
// the sensor does not read what is deleted.
var _ = channels.Register(channel.Channel{
	Name:       "windows_file_delete",
	Sources:    []event.LogSource{{Category: "file_delete", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(fileDelete),
	Expect: channel.ExpectWhen(func(_ channel.Host, a channel.Activity) bool {
		return a.Kind == event.Unlink && isWindowsFile(a.PlatformPath)
	}, channel.ExpectEventID(sysmonSource("file_delete"), 26)),
})

func fileDelete(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Unlink || !isWindowsFile(a.PlatformPath) {
		return nil
	}
	fields := sysmonProcessFields(h, 26, a.Time, a.Actor)
	fields["TargetFilename"], fields["IsExecutable"] = a.PlatformPath, isExecutable(a.PlatformPath)
	return []channel.Record{{Fields: fields}}
}

// isExecutable decides by the name, as a stand-in's content is that of no program.
func isExecutable(file string) bool {
	return slices.Contains([]string{".exe", ".dll", ".sys", ".wll"}, strings.ToLower(path.Ext(file)))
}
