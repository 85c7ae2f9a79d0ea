package telemetry

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// expectTask declares the records of each task's file that is made, changed or
// removed, and of each program of a task that the scheduler starts.
func expectTask(h Host) func(Activity) []ExpectedRecord {
	texts, made := map[string]string{}, map[string]bool{}
	for _, file := range h.Asset.Kind.Files {
		if isBelow(file.Path, taskFolder+`\`) {
			texts[file.Path] = string(file.Content)
		}
	}
	return func(a Activity) []ExpectedRecord {
		if a.Kind == event.Exec && a.Actor.Parent != nil && a.Actor.Parent.Resident && strings.HasSuffix(a.Actor.Parent.CommandLine, " -s Schedule") {
			for _, text := range texts {
				if strings.Contains(text, "<Command>"+a.Actor.Image+"</Command>") {
					return []ExpectedRecord{ExpectEventID(windowsTasks, 129)}
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
			return []ExpectedRecord{ExpectEventID(windowsSecurity, 4699), ExpectEventID(windowsTasks, 141)}
		case event.Content:
			text := string(a.Observation.Content)
			texts[a.PlatformPath] = text
			if made[a.PlatformPath] {
				delete(made, a.PlatformPath)
				return []ExpectedRecord{ExpectEventID(windowsSecurity, 4698), ExpectEventID(windowsTasks, 106)}
			}
			return append(taskSwitchExpected(text), ExpectEventID(windowsSecurity, 4702), ExpectEventID(windowsTasks, 140))
		}
		return nil
	}
}

// taskSwitchExpected are the records of a changed task that says whether it is enabled.
func taskSwitchExpected(text string) []ExpectedRecord {
	_, settings, _ := strings.Cut(text, "<Settings>")
	switch {
	case strings.Contains(settings, "<Enabled>false</Enabled>"):
		return []ExpectedRecord{ExpectEventID(windowsSecurity, 4701), ExpectEventID(windowsTasks, 142)}
	case strings.Contains(settings, "<Enabled>true</Enabled>"):
		return []ExpectedRecord{ExpectEventID(windowsSecurity, 4700)}
	}
	return nil
}
