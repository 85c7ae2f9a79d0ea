package windows

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// expectTask declares the records of each task's file that is made, changed or
// removed, and of each program of a task that the scheduler starts.
func expectTask(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	tasks, made := map[string]artifact.Task{}, map[string]bool{}
	for _, file := range h.Asset.Kind.Files {
		if _, isTask := artifact.TaskName(file.Path); isTask {
			tasks[file.Path] = artifact.DecodeTask(file.Content)
		}
	}
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind == event.Exec && a.Actor.Parent != nil && a.Actor.Parent.Resident && strings.HasSuffix(a.Actor.Parent.CommandLine, " -s Schedule") {
			for _, task := range tasks {
				if slices.Contains(task.Commands, a.Actor.Image) {
					return []channel.ExpectedRecord{channel.ExpectEventID(taskSchedulerSource, 129)}
				}
			}
		}
		if _, isTask := artifact.TaskName(a.PlatformPath); !isTask {
			return nil
		}
		switch a.Kind {
		case event.Create:
			made[a.PlatformPath] = true
		case event.Unlink:
			delete(tasks, a.PlatformPath)
			return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4699), channel.ExpectEventID(taskSchedulerSource, 141)}
		case event.Content:
			task := artifact.DecodeTask(a.Observation.Content)
			tasks[a.PlatformPath] = task
			if made[a.PlatformPath] {
				delete(made, a.PlatformPath)
				return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4698), channel.ExpectEventID(taskSchedulerSource, 106)}
			}
			return append(taskSwitchExpected(task.State), channel.ExpectEventID(securitySource, 4702), channel.ExpectEventID(taskSchedulerSource, 140))
		}
		return nil
	}
}

// taskSwitchExpected are the records of a changed task that says whether it is enabled.
func taskSwitchExpected(state artifact.TaskState) []channel.ExpectedRecord {
	switch state {
	case artifact.TaskDisabled:
		return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4701), channel.ExpectEventID(taskSchedulerSource, 142)}
	case artifact.TaskEnabled:
		return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4700)}
	}
	return nil
}
