package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
)

// mustTellTask declares the records of each task's file that is made, changed or
// removed, and of each program of a task that the scheduler starts.
func mustTellTask(h host) func(moment) []due {
	texts, made := map[string]string{}, map[string]bool{}
	for _, file := range h.place.Kind.Files {
		if isBelow(file.Path, taskFolder+`\`) {
			texts[file.Path] = string(file.Content)
		}
	}
	return func(m moment) []due {
		if m.Kind == event.Exec && m.by.parent != nil && m.by.parent.resident && strings.HasSuffix(m.by.parent.command, " -s Schedule") {
			for _, text := range texts {
				if strings.Contains(text, "<Command>"+m.by.image+"</Command>") {
					return []due{dueID(windowsTasks, 129)}
				}
			}
		}
		if !strings.HasPrefix(m.path, taskFolder+`\`) {
			return nil
		}
		switch m.Kind {
		case event.Create:
			made[m.path] = true
		case event.Unlink:
			delete(texts, m.path)
			return []due{dueID(windowsSecurity, 4699), dueID(windowsTasks, 141)}
		case event.Content:
			text := string(m.Observation.Content)
			texts[m.path] = text
			if made[m.path] {
				delete(made, m.path)
				return []due{dueID(windowsSecurity, 4698), dueID(windowsTasks, 106)}
			}
			return append(taskSwitchDue(text), dueID(windowsSecurity, 4702), dueID(windowsTasks, 140))
		}
		return nil
	}
}

// taskSwitchDue are the records of a changed task that says whether it is enabled.
func taskSwitchDue(text string) []due {
	_, settings, _ := strings.Cut(text, "<Settings>")
	switch {
	case strings.Contains(settings, "<Enabled>false</Enabled>"):
		return []due{dueID(windowsSecurity, 4701), dueID(windowsTasks, 142)}
	case strings.Contains(settings, "<Enabled>true</Enabled>"):
		return []due{dueID(windowsSecurity, 4700)}
	}
	return nil
}
