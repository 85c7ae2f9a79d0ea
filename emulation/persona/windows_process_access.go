package persona

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 10: a process did something to another. All that a stand-in does
// is to tell it to go on, for which Windows would grant PROCESS_SUSPEND_RESUME
// (0x800). CallTrace names the libraries that the process had mapped by then, the
// last first; where in them the call was is made up.
var _ = register(channel{
	name:       "windows_process_access",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "process_access", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       openWindowsProcessAccess,
	must:       onlyWhen(windowsSignalled, dueID(windowsSysmon("process_access"), 10)),
})

const suspendResume = "0x800"

func openWindowsProcessAccess(h host) func(moment) []record {
	mapped := map[uint64][]moment{} // by process
	return func(m moment) []record {
		switch {
		case m.Kind == event.Map && m.path != "":
			mapped[m.Process] = append(mapped[m.Process], m)
			return nil
		case m.Kind != event.Signal || m.target == nil || m.target.image == "" || m.target == m.by:
			return nil
		}
		fields := sysmon(h, 10, m.time)
		fields["SourceProcessGUID"], fields["SourceProcessId"], fields["SourceThreadId"] = windowsGUID(h, m.by), m.by.pid, m.by.pid
		fields["SourceImage"], fields["SourceUser"] = m.by.image, windowsUser(m.by)
		fields["TargetProcessGUID"], fields["TargetProcessId"] = windowsGUID(h, m.target), m.target.pid
		fields["TargetImage"], fields["TargetUser"] = m.target.image, windowsUser(m.target)
		fields["GrantedAccess"] = suspendResume
		trace, seen := callTrace(mapped[m.Process])
		fields["CallTrace"] = trace
		return []record{{fields: fields, seen: seen}}
	}
}

// callTrace is what Sysmon writes for one without a known caller, or the mapped
// libraries.
func callTrace(mapped []moment) (trace string, seen []uint64) {
	if len(mapped) == 0 {
		return "UNKNOWN(0000000000000000)", nil
	}
	var frames []string
	for i := len(mapped) - 1; i >= 0; i-- {
		frames = append(frames, fmt.Sprintf("%s+%x", mapped[i].path, hashed(mapped[i].path)&0xfffff))
		seen = append(seen, mapped[i].Seq)
	}
	return strings.Join(frames, "|"), seen
}

func windowsSignalled(_ host, m moment) bool {
	return m.Kind == event.Signal && m.target != nil && m.target != m.by && m.target.image != ""
}
