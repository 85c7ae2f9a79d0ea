package persona

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 2: a file's creation time was changed. The container's file
// system has no creation time to be set; the modification time stands for it.
var _ = register(channel{
	name:       "windows_file_change",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "file_change", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       openWindowsFileChange,
	must:       onlyWhen(windowsTimeSet, dueID(windowsSysmon("file_change"), 2)),
})

func openWindowsFileChange(h host) func(moment) []record {
	// A file made in the run was made in virtual time.
	made := map[string]time.Time{}
	return func(m moment) []record {
		if m.Kind == event.Create {
			made[m.path] = m.time
		}
		if m.Kind != event.Utimes || !isWindowsFile(m.path) || m.Modified == nil || m.Before == nil || m.Modified.Equal(*m.Before) {
			return nil
		}
		before, ok := made[m.path]
		if !ok {
			before = *m.Before
		}
		made[m.path] = *m.Modified
		fields := sysmonBy(h, 2, m.time, m.by)
		fields["TargetFilename"] = m.path
		fields["CreationUtcTime"] = m.Modified.UTC().Format(windowsTime)
		fields["PreviousCreationUtcTime"] = before.UTC().Format(windowsTime)
		return []record{{fields: fields}}
	}
}

func windowsTimeSet(_ host, m moment) bool {
	return m.Kind == event.Utimes && isWindowsFile(m.path) && m.Before != nil && m.Modified != nil && !m.Before.Equal(*m.Modified)
}
