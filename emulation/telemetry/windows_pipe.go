package telemetry

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's events 17 and 18. PipeName is the name below the pipes' own folder,
// with a backslash before it; a pipe without a name is written without one.
var _ = register(Channel{
	Name:       "windows_pipe",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "pipe_created", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       Stateless(windowsPipe),
	Expect:     expectPipe,
})

func windowsPipe(h Host, a Activity) []Record {
	if !isBelow(a.PlatformPath, effect.WindowsPipes) {
		return nil
	}
	id, what := 0, ""
	switch a.Kind {
	case event.Create, event.Pipe:
		id, what = 17, "CreatePipe"
	case event.Write, event.PipeOpen:
		id, what = 18, "ConnectPipe"
	default:
		return nil
	}
	fields := sysmonProcessFields(h, id, a.Time, a.Actor)
	name := a.PlatformPath[len(effect.WindowsPipes):]
	if !strings.HasPrefix(name, "<") {
		name = `\` + name
	}
	fields["EventType"], fields["PipeName"] = what, name
	return []Record{{Fields: fields}}
}

func expectPipe(Host) func(Activity) []ExpectedRecord {
	return func(a Activity) []ExpectedRecord {
		switch {
		case !isBelow(a.PlatformPath, effect.WindowsPipes):
		case a.Kind == event.Create || a.Kind == event.Pipe:
			return []ExpectedRecord{ExpectEventID(windowsSysmon("pipe_created"), 17)}
		case a.Kind == event.Write || a.Kind == event.PipeOpen:
			return []ExpectedRecord{ExpectEventID(windowsSysmon("pipe_created"), 18)}
		}
		return nil
	}
}
