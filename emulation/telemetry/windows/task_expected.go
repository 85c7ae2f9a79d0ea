package windows

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// expectTask declares the records of each task's file that is made, changed or
// removed, and of each program of a task that the scheduler starts.
func expectTask(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	texts, made := map[string]string{}, map[string]bool{}
	for _, file := range h.Asset.Kind.Files {
		if isBelow(file.Path, taskFolder+`\`) {
			texts[file.Path] = string(file.Content)
		}
	}
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind == event.Exec && a.Actor.Parent != nil && a.Actor.Parent.Resident && strings.HasSuffix(a.Actor.Parent.CommandLine, " -s Schedule") {
			for _, text := range texts {
				if strings.Contains(text, "<Command>"+a.Actor.Image+"</Command>") {
					return []channel.ExpectedRecord{channel.ExpectEventID(taskSchedulerSource, 129)}
				}
			}
		}
		if !strings.HasPrefix(a.PlatformPath, taskFolder+`\`) {
			return nil
		}
		switch a.Kind {
		case event.Create:
			made[a.PlatformPath] = true
		case event.Unlink:
			delete(texts, a.PlatformPath)
			return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4699), channel.ExpectEventID(taskSchedulerSource, 141)}
		case event.Content:
			text := string(a.Observation.Content)
			texts[a.PlatformPath] = text
			if made[a.PlatformPath] {
				delete(made, a.PlatformPath)
				return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4698), channel.ExpectEventID(taskSchedulerSource, 106)}
			}
			return append(taskSwitchExpected(text), channel.ExpectEventID(securitySource, 4702), channel.ExpectEventID(taskSchedulerSource, 140))
		}
		return nil
	}
}

// taskSwitchExpected are the records of a changed task that says whether it is enabled.
func taskSwitchExpected(text string) []channel.ExpectedRecord {
	_, settings, _ := strings.Cut(text, "<Settings>")
	switch {
	case strings.Contains(settings, "<Enabled>false</Enabled>"):
		return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4701), channel.ExpectEventID(taskSchedulerSource, 142)}
	case strings.Contains(settings, "<Enabled>true</Enabled>"):
		return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 4700)}
	}
	return nil
}
