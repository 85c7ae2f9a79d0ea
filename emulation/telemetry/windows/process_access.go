package windows

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 10: a process did something to another. All that a stand-in does
// is to send it SIGCONT, for which Windows would grant PROCESS_SUSPEND_RESUME
// (0x800). CallTrace names the libraries that the process had mapped by then, the
// last first; where in them the call was is made up.
var _ = channels.Register(channel.Channel{
	Name:       "windows_process_access",
	Sources:    []event.LogSource{{Category: "process_access", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openProcessAccess,
	Expect:     channel.ExpectWhen(signalled, channel.ExpectEventID(sysmonSource("process_access"), 10)),
})

const suspendResume = "0x800"

func openProcessAccess(h channel.Host) func(channel.Activity) []channel.Record {
	mapped := map[uint64][]channel.Activity{} // by process
	return func(a channel.Activity) []channel.Record {
		switch {
		case a.Kind == event.Map && a.PlatformPath != "":
			mapped[a.Process] = append(mapped[a.Process], a)
			return nil
		case a.Kind != event.Signal || a.TargetProcess == nil || a.TargetProcess.Image == "" || a.TargetProcess == a.Actor:
			return nil
		}
		fields := sysmonFields(h, 10, a.Time)
		fields["SourceProcessGUID"], fields["SourceProcessId"], fields["SourceThreadId"] = processGUID(h, a.Actor), a.Actor.PID, a.Actor.PID
		fields["SourceImage"], fields["SourceUser"] = a.Actor.Image, userOf(a.Actor)
		fields["TargetProcessGUID"], fields["TargetProcessId"] = processGUID(h, a.TargetProcess), a.TargetProcess.PID
		fields["TargetImage"], fields["TargetUser"] = a.TargetProcess.Image, userOf(a.TargetProcess)
		fields["GrantedAccess"] = suspendResume
		trace, seen := callTrace(mapped[a.Process])
		fields["CallTrace"] = trace
		return []channel.Record{{Fields: fields, Seen: seen}}
	}
}

// callTrace is what Sysmon writes for one without a known caller, or the mapped
// libraries.
func callTrace(mapped []channel.Activity) (trace string, seen []uint64) {
	if len(mapped) == 0 {
		return "UNKNOWN(0000000000000000)", nil
	}
	var frames []string
	for i := len(mapped) - 1; i >= 0; i-- {
		frames = append(frames, fmt.Sprintf("%s+%x", mapped[i].PlatformPath, channel.Hash32(mapped[i].PlatformPath)&0xfffff))
		seen = append(seen, mapped[i].Seq)
	}
	return strings.Join(frames, "|"), seen
}

func signalled(_ channel.Host, a channel.Activity) bool {
	return a.Kind == event.Signal && a.TargetProcess != nil && a.TargetProcess != a.Actor && a.TargetProcess.Image != ""
}
