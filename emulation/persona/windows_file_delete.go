package persona

import (
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 26. The file's hash, which it also writes, is not known here:
// the sensor does not read what is deleted.
var _ = register(channel{
	name:       "windows_file_delete",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "file_delete", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsFileDelete),
	must:       onlyWhen(func(_ host, m moment) bool { return m.Kind == event.Unlink && isWindowsFile(m.path) }, dueID(windowsSysmon("file_delete"), 26)),
})

func windowsFileDelete(h host, m moment) []record {
	if m.Kind != event.Unlink || !isWindowsFile(m.path) {
		return nil
	}
	fields := sysmonBy(h, 26, m.time, m.by)
	fields["TargetFilename"], fields["IsExecutable"] = m.path, isExecutable(m.path)
	return []record{{fields: fields}}
}

// isExecutable goes by the name, as a stand-in's content is that of no program.
func isExecutable(file string) bool {
	return slices.Contains([]string{".exe", ".dll", ".sys", ".wll"}, strings.ToLower(path.Ext(file)))
}
