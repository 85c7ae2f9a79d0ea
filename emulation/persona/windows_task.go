package persona

import (
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What a task's registration, change and deletion leave in Security (4698,
// 4702, 4699) and in the Task Scheduler's own log (106, 140, 141), its being
// enabled or disabled (4700, 4701; 142 for the latter), and what its start leaves
// in that log (129). The scheduler keeps a task as a file, so the file's fate is
// the task's.
var _ = register(channel{
	name:       "windows_task",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity, windowsTasks},
	provenance: event.Translated,
	open:       openWindowsTask,
	must:       mustTellTask,
})

var (
	windowsSecurity = event.LogSource{Product: "windows", Service: "security"}
	windowsTasks    = event.LogSource{Product: "windows", Service: "taskscheduler"}
)

const taskFolder = `C:\Windows\System32\Tasks`

func openWindowsTask(h host) func(moment) []record {
	w := &windowsTask{host: h, made: map[string]bool{}, content: map[string]string{}}
	for _, file := range h.place.Kind.Files {
		w.content[file.Path] = string(file.Content)
	}
	return w.answer
}

type windowsTask struct {
	host    host
	clients windowsClients
	made    map[string]bool   // task files created and not yet reported
	content map[string]string // by file
}

func (w *windowsTask) answer(m moment) []record {
	w.clients.note(m)
	if m.Kind == event.Exec {
		return w.started(m)
	}
	if !strings.HasPrefix(m.path, taskFolder+`\`) {
		return nil
	}
	switch m.Kind {
	case event.Create:
		w.made[m.path] = true
	case event.Content:
		w.content[m.path] = string(m.Observation.Content)
		if w.made[m.path] {
			delete(w.made, m.path)
			return w.records(m, 4698, 106)
		}
		return append(w.records(m, 4702, 140), w.switched(m)...)
	case event.Unlink:
		gone := w.records(m, 4699, 141)
		delete(w.content, m.path)
		return gone
	}
	return nil
}

// started is what the scheduler's log has of a registered task's program that
// the scheduler starts (129).
func (w *windowsTask) started(m moment) []record {
	by := m.by.parent
	if by == nil || !by.resident || !strings.HasSuffix(by.command, " -s Schedule") {
		return nil
	}
	for _, file := range slices.Sorted(maps.Keys(w.content)) {
		if !strings.HasPrefix(file, taskFolder+`\`) || !strings.Contains(w.content[file], "<Command>"+m.by.image+"</Command>") {
			continue
		}
		own := windowsHead(w.host, 129, "Microsoft-Windows-TaskScheduler/Operational", "Microsoft-Windows-TaskScheduler")
		own["TaskName"], own["Path"] = strings.TrimPrefix(file, taskFolder), m.by.image
		own["ProcessID"], own["Priority"] = m.by.pid, 16384
		return []record{{sources: []event.LogSource{windowsTasks}, fields: own}}
	}
	return nil
}

// switched answers the change of a task by what it now is: enabled or disabled.
// What it was is not known where the host had it before the run, so every change
// to a disabled task disables it, as far as this log shows.
func (w *windowsTask) switched(m moment) []record {
	content := w.content[m.path]
	_, settings, _ := strings.Cut(content, "<Settings>")
	switch {
	case strings.Contains(settings, "<Enabled>false</Enabled>"):
		all := w.records(m, 4701, 142)
		all[1].fields["UserName"] = "System"
		return all
	case strings.Contains(settings, "<Enabled>true</Enabled>"):
		return w.records(m, 4700, 140)[:1]
	}
	return nil
}

func (w *windowsTask) records(m moment, inSecurity, inTasks int) []record {
	name, content := strings.TrimPrefix(m.path, taskFolder), w.content[m.path]
	asked := w.clients.asked(strings.TrimPrefix(name, `\`), m.by)
	secured := security(w.host, inSecurity, asked)
	secured["TaskName"] = name
	// Of a changed task the record calls it the new one.
	secured[map[bool]string{true: "TaskContentNew", false: "TaskContent"}[inSecurity == 4702]] = content
	secured["RpcCallClientLocality"], secured["FQDN"] = 0, w.host.place.Hostname+"."+asset.WindowsDomain
	client(secured, asked)

	own := windowsHead(w.host, inTasks, "Microsoft-Windows-TaskScheduler/Operational", "Microsoft-Windows-TaskScheduler")
	own["TaskName"] = name
	// 106 has the user's context, the others the user's name.
	key := map[bool]string{true: "UserContext", false: "UserName"}[inTasks == 106]
	own[key] = windowsUser(asked)
	return []record{
		{sources: []event.LogSource{windowsSecurity}, fields: secured},
		{sources: []event.LogSource{windowsTasks}, fields: own},
	}
}
