package windows

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's events 17 and 18. PipeName is the name below the pipes' own folder,
// with a backslash before it; a pipe without a name is written without one.
var _ = channels.Register(channel.Channel{
	Name:       "windows_pipe",
	Sources:    []event.LogSource{{Category: "pipe_created", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(pipe),
	Expect:     expectPipe,
})

func pipe(h channel.Host, a channel.Activity) []channel.Record {
	name, isPipe := artifact.PipeName(a.PlatformPath)
	if !isPipe {
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
	if !strings.HasPrefix(name, "<") {
		name = `\` + name
	}
	fields["EventType"], fields["PipeName"] = what, name
	return []channel.Record{{Fields: fields}}
}

func expectPipe(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	return func(a channel.Activity) []channel.ExpectedRecord {
		switch _, isPipe := artifact.PipeName(a.PlatformPath); {
		case !isPipe:
		case a.Kind == event.Create || a.Kind == event.Pipe:
			return []channel.ExpectedRecord{channel.ExpectEventID(sysmonSource("pipe_created"), 17)}
		case a.Kind == event.Write || a.Kind == event.PipeOpen:
			return []channel.ExpectedRecord{channel.ExpectEventID(sysmonSource("pipe_created"), 18)}
		}
		return nil
	}
}
