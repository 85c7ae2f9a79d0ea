package behaviour

import (
	"fmt"
	"hash/fnv"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

const (
	taskFolder = system32 + `Tasks\`
	taskTree   = `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache\Tree\`
)

// registeredTask is a task as the scheduler keeps it: a file, and an entry in
// its cache. Nothing on an asset reads either.
type registeredTask struct {
	name, author, trigger, account, command string
}

// triggers are the XML of the schedules a task may have.
var triggers = map[string]string{
	"onstart": `<BootTrigger><Enabled>true</Enabled></BootTrigger>`,
	"onlogon": `<LogonTrigger><Enabled>true</Enabled></LogonTrigger>`,
	"once":    `<TimeTrigger><StartBoundary>2021-03-04T02:30:00</StartBoundary></TimeTrigger>`,
	"daily":   `<CalendarTrigger><StartBoundary>2021-01-11T09:10:00</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger>`,
}

func (t registeredTask) file() effect.Write {
	return effect.Write{Path: taskFolder + t.name, Content: fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-16"?>
<!-- %s -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Author>%s</Author><URI>\%s</URI></RegistrationInfo>
  <Triggers>%s</Triggers>
  <Principals><Principal id="Author"><RunLevel>LeastPrivilege</RunLevel><UserId>%s</UserId></Principal></Principals>
  <Actions Context="Author"><Exec><Command>%s</Command></Exec></Actions>
</Task>
`, effect.Marker, t.author, t.name, triggers[t.trigger], asset.WindowsSID(t.account), t.command)}
}

func (t registeredTask) entry() effect.SetValue {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(t.name)) // a hash refuses nothing
	id := fmt.Sprintf("{6F0D1C52-9A0B-4C39-8E0B-%012X}", sum.Sum64()&0xffffffffffff)
	return effect.SetValue{Key: taskTree + t.name, Name: "Id", Value: effect.Value{Type: "REG_SZ", Data: id}}
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
