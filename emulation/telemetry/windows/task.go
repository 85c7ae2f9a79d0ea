package windows

import (
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What a task's registration, change and deletion leave in Security (4698,
// 4702, 4699) and in the Task Scheduler's own log (106, 140, 141), its being
// enabled or disabled (4700, 4701; 142 for the latter), and what its start leaves
// in that log (129). The scheduler keeps a task as a file, so the file's fate is
// the task's.
var _ = channels.Register(channel.Channel{
	Name:       "windows_task",
	Sources:    []event.LogSource{securitySource, taskSchedulerSource},
	Provenance: event.Translated,
	Open:       openTask,
	Expect:     expectTask,
})

var (
	securitySource      = event.LogSource{Product: "windows", Service: "security"}
	taskSchedulerSource = event.LogSource{Product: "windows", Service: "taskscheduler"}
)

func openTask(h channel.Host) func(channel.Activity) []channel.Record {
	w := &task{host: h, made: map[string]bool{}, content: map[string]string{}}
	for _, file := range h.Asset.Kind.Files {
		w.content[file.Path] = string(file.Content)
	}
	return w.translate
}

type task struct {
	host    channel.Host
	clients clientTracker
	made    map[string]bool   // task files created and not yet reported
	content map[string]string // by file
}

func (w *task) translate(a channel.Activity) []channel.Record {
	w.clients.observe(a)
	if a.Kind == event.Exec {
		return w.started(a)
	}
	if _, isTask := artifact.TaskName(a.PlatformPath); !isTask {
		return nil
	}
	switch a.Kind {
	case event.Create:
		w.made[a.PlatformPath] = true
	case event.Content:
		w.content[a.PlatformPath] = string(a.Observation.Content)
		if w.made[a.PlatformPath] {
			delete(w.made, a.PlatformPath)
			return w.records(a, 4698, 106)
		}
		return append(w.records(a, 4702, 140), w.toggled(a)...)
	case event.Unlink:
		removed := w.records(a, 4699, 141)
		delete(w.content, a.PlatformPath)
		return removed
	}
	return nil
}

// started is what the scheduler's log has of a registered task's program that
// the scheduler starts (129).
func (w *task) started(a channel.Activity) []channel.Record {
	by := a.Actor.Parent
	if by == nil || !by.Resident || !strings.HasSuffix(by.CommandLine, " -s Schedule") {
		return nil
	}
	for _, file := range slices.Sorted(maps.Keys(w.content)) {
		name, isTask := artifact.TaskName(file)
		if !isTask || !slices.Contains(artifact.DecodeTask([]byte(w.content[file])).Commands, a.Actor.Image) {
			continue
		}
		fields := eventHeader(w.host, 129, "Microsoft-Windows-TaskScheduler/Operational", "Microsoft-Windows-TaskScheduler")
		fields["TaskName"], fields["Path"] = name, a.Actor.Image
		fields["ProcessID"], fields["Priority"] = a.Actor.PID, 16384
		return []channel.Record{{Sources: []event.LogSource{taskSchedulerSource}, Fields: fields}}
	}
	return nil
}

// toggled answers the change of a task by what it now is: enabled or disabled.
// What it was is not known where the host had it before the run, so every change
// to a disabled task disables it, as far as this log shows.
func (w *task) toggled(a channel.Activity) []channel.Record {
	switch artifact.DecodeTask([]byte(w.content[a.PlatformPath])).State {
	case artifact.TaskDisabled:
		all := w.records(a, 4701, 142)
		all[1].Fields["UserName"] = "System"
		return all
	case artifact.TaskEnabled:
		return w.records(a, 4700, 140)[:1]
	}
	return nil
}

func (w *task) records(a channel.Activity, inSecurity, inTasks int) []channel.Record {
	name, _ := artifact.TaskName(a.PlatformPath)
	requester := w.clients.requester(strings.TrimPrefix(name, `\`), a.Actor)
	securityRecord := securityFields(w.host, inSecurity, requester)
	securityRecord["TaskName"] = name
	// Of a changed task the record calls it the new one.
	securityRecord[map[bool]string{true: "TaskContentNew", false: "TaskContent"}[inSecurity == 4702]] = w.content[a.PlatformPath]
	securityRecord["RpcCallClientLocality"], securityRecord["FQDN"] = 0, w.host.Asset.Hostname+"."+asset.WindowsDomain
	addClientFields(securityRecord, requester)

	schedulerFields := eventHeader(w.host, inTasks, "Microsoft-Windows-TaskScheduler/Operational", "Microsoft-Windows-TaskScheduler")
	schedulerFields["TaskName"] = name
	// 106 has the user's context, the others the user's name.
	key := map[bool]string{true: "UserContext", false: "UserName"}[inTasks == 106]
	schedulerFields[key] = userOf(requester)
	return []channel.Record{
		{Sources: []event.LogSource{securitySource}, Fields: securityRecord},
		{Sources: []event.LogSource{taskSchedulerSource}, Fields: schedulerFields},
	}
}
