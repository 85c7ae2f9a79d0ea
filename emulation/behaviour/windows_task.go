package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// triggers are the schedules that a task may have, by an argument's word.
var triggers = map[string]string{
	"onstart": artifact.BootTrigger, "onlogon": artifact.LogonTrigger, "once": artifact.OnceTrigger, "daily": artifact.DailyTrigger,
}

// registeredTask is a task as the scheduler keeps it: a file, and an entry in its
// cache. The trigger is one of triggers, the account whose task it is.
type registeredTask struct {
	name, author, trigger, account, command string
}

func (t registeredTask) file() effect.Write {
	definition := artifact.Task{
		Name: t.name, Author: t.author, UserID: asset.WindowsSID(t.account), Trigger: triggers[t.trigger], Commands: []string{t.command},
	}
	return effect.Write{Path: artifact.TaskFile(t.name), Content: definition.Encode()}
}

func (t registeredTask) entry() effect.SetValue {
	name, value := artifact.TaskCacheEntry(t.name)
	return effect.SetValue{Key: artifact.TaskCacheKey(t.name), Name: name, Value: value}
}

// writtenByScheduler has the scheduler keep the task.
func (t registeredTask) writtenByScheduler() effect.Process {
	return taskScheduler(t.file(), t.entry())
}

func (t registeredTask) checks() []effect.Check {
	file, entry := t.file(), t.entry()
	return []effect.Check{
		effect.ContentIs{Path: file.Path, Content: file.Content},
		effect.ValueIs{Key: entry.Key, Name: entry.Name, Value: entry.Value},
	}
}
