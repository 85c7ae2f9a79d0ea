package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's events 17 and 18. PipeName is the name below the pipes' own folder,
// with a backslash before it; a pipe without a name is written without one.
var _ = register(channel{
	name:       "windows_pipe",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "pipe_created", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsPipe),
	must:       mustTellPipe,
})

func windowsPipe(h host, m moment) []record {
	if !isBelow(m.path, effect.WindowsPipes) {
		return nil
	}
	id, what := 0, ""
	switch m.Kind {
	case event.Create, event.Pipe:
		id, what = 17, "CreatePipe"
	case event.Write, event.PipeOpen:
		id, what = 18, "ConnectPipe"
	default:
		return nil
	}
	fields := sysmonBy(h, id, m.time, m.by)
	name := m.path[len(effect.WindowsPipes):]
	if !strings.HasPrefix(name, "<") {
		name = `\` + name
	}
	fields["EventType"], fields["PipeName"] = what, name
	return []record{{fields: fields}}
}

func mustTellPipe(host) func(moment) []due {
	return func(m moment) []due {
		switch {
		case !isBelow(m.path, effect.WindowsPipes):
		case m.Kind == event.Create || m.Kind == event.Pipe:
			return []due{dueID(windowsSysmon("pipe_created"), 17)}
		case m.Kind == event.Write || m.Kind == event.PipeOpen:
			return []due{dueID(windowsSysmon("pipe_created"), 18)}
		}
		return nil
	}
}
