package artifact

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// TaskFolder is where the Task Scheduler keeps the definitions of tasks; TaskCache
// is the registry key below which it keeps an entry for each.
const (
	TaskFolder = System32 + `Tasks\`
	TaskCache  = `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache\Tree\`
)

// Task is a scheduled task. Nothing on an asset runs it.
type Task struct {
	// Name is the task's path among the tasks, without a leading backslash.
	Name   string
	Author string
	// UserID is the security identifier of the account that the task runs as.
	UserID string
	// Trigger is the XML of the schedule, such as [BootTrigger].
	Trigger string
	// Commands are the programs that the task starts, in order.
	Commands []string
	// State is what the settings say of the task as a whole.
	State TaskState
}

// TaskState is whether a task's settings enable it.
type TaskState uint8

// The states. Settings may leave it open.
const (
	TaskUnstated TaskState = iota
	TaskEnabled
	TaskDisabled
)

// The schedules of tasks, as XML.
const (
	BootTrigger  = `<BootTrigger><Enabled>true</Enabled></BootTrigger>`
	LogonTrigger = `<LogonTrigger><Enabled>true</Enabled></LogonTrigger>`
	OnceTrigger  = `<TimeTrigger><StartBoundary>2021-03-04T02:30:00</StartBoundary></TimeTrigger>`
	DailyTrigger = `<CalendarTrigger><StartBoundary>2021-01-11T09:10:00</StartBoundary><ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger>`
)

// BlankTask is the definition of an enabled task that starts nothing.
const BlankTask = `<?xml version="1.0" encoding="UTF-16"?><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Settings><Enabled>true</Enabled></Settings></Task>`

// TaskFile returns the path of a task's definition. A leading backslash of the name
// does not count.
func TaskFile(name string) string { return TaskFolder + strings.TrimLeft(name, `\`) }

// TaskName is the inverse of [TaskFile]: it returns the name as the Task Scheduler's
// records have it, with a leading backslash. ok is false where no task lies at path.
func TaskName(path string) (name string, ok bool) {
	if !strings.HasPrefix(path, TaskFolder) {
		return "", false
	}
	return path[len(TaskFolder)-1:], true
}

// TaskCacheKey returns the registry key of a task's entry in the cache.
func TaskCacheKey(name string) string { return TaskCache + name }

// TaskCacheEntry returns the value of a task's entry in the cache: an identifier
// that follows from the name. It is named "Id" and lies in [TaskCacheKey].
func TaskCacheEntry(name string) (value string, data Value) {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(name)) // a hash refuses nothing
	return "Id", Value{Type: "REG_SZ", Data: fmt.Sprintf("{6F0D1C52-9A0B-4C39-8E0B-%012X}", sum.Sum64()&0xffffffffffff)}
}

// Encode returns the task's definition. Names and commands are written as they are:
// they must not contain markup.
func (t Task) Encode() []byte {
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-16"?>
<!-- %s -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Author>%s</Author><URI>\%s</URI></RegistrationInfo>
  <Triggers>%s</Triggers>
  <Principals><Principal id="Author"><RunLevel>LeastPrivilege</RunLevel><UserId>%s</UserId></Principal></Principals>%s
  <Actions Context="Author">%s</Actions>
</Task>
`, Marker, t.Author, t.Name, t.Trigger, t.UserID, t.settings(), t.actions())
}

// EncodeShort returns a definition of name, author and commands alone, as old hosts
// have them.
func (t Task) EncodeShort() []byte {
	return fmt.Appendf(nil, "<Task><!-- %s -->\n<RegistrationInfo><Author>%s</Author><URI>\\%s</URI></RegistrationInfo>\n<Actions>%s</Actions></Task>\n",
		Marker, t.Author, t.Name, t.actions())
}

func (t Task) settings() string {
	if t.State == TaskUnstated {
		return ""
	}
	return fmt.Sprintf("\n  <Settings><Enabled>%t</Enabled></Settings>", t.State == TaskEnabled)
}

func (t Task) actions() string {
	var actions strings.Builder
	for _, command := range t.Commands {
		actions.WriteString("<Exec><Command>" + command + "</Command></Exec>")
	}
	return actions.String()
}

// MarkTask adds the marker to a definition as a comment after its end.
func MarkTask(definition string) []byte { return []byte(definition + "\n<!-- " + Marker + " -->\n") }

// EnableTask returns a definition whose settings say whether the task is enabled, which
// a definition may leave open.
func EnableTask(definition string, enabled bool) string {
	const settings = "<Settings>"
	if !strings.Contains(definition, settings) {
		definition = `<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Settings></Settings></Task>`
	}
	setting := func(enabled bool) string { return fmt.Sprintf("<Enabled>%t</Enabled>", enabled) }
	head, rest, _ := strings.Cut(definition, settings)
	rest = strings.Replace(rest, setting(!enabled), setting(enabled), 1)
	if !strings.Contains(rest, setting(enabled)) {
		rest = setting(enabled) + rest
	}
	return head + settings + rest
}

// ToggleTask returns the definition of a task that is enabled where the given one
// is disabled, and the other way round. ok is false where it states neither.
func ToggleTask(definition []byte) (toggled []byte, ok bool) {
	const on, off = "<Enabled>true</Enabled>", "<Enabled>false</Enabled>"
	text := string(definition)
	switch {
	case strings.Contains(text, off):
		return []byte(strings.Replace(text, off, on, 1)), true
	case strings.Contains(text, on):
		return []byte(strings.Replace(text, on, off, 1)), true
	}
	return definition, false
}

// DecodeTask reads a task's definition, of whatever tool wrote it. Elements that
// are missing leave their field empty.
func DecodeTask(definition []byte) Task {
	text := string(definition)
	return Task{
		Name: strings.TrimPrefix(element(text, "URI"), `\`), Author: element(text, "Author"), UserID: element(text, "UserId"),
		Trigger: element(text, "Triggers"), Commands: taskCommands(text), State: taskState(text),
	}
}

func taskCommands(text string) []string {
	const begin, end = "<Command>", "</Command>"
	var commands []string
	for {
		before, after, found := strings.Cut(text, end)
		if !found {
			return commands
		}
		if i := strings.LastIndex(before, begin); i >= 0 {
			commands = append(commands, before[i+len(begin):])
		}
		text = after
	}
}

// taskState reads the settings, not the triggers, which are enabled one by one.
func taskState(text string) TaskState {
	_, settings, _ := strings.Cut(text, "<Settings>")
	switch {
	case strings.Contains(settings, "<Enabled>false</Enabled>"):
		return TaskDisabled
	case strings.Contains(settings, "<Enabled>true</Enabled>"):
		return TaskEnabled
	}
	return TaskUnstated
}

// element returns the content of the first element of that name.
func element(text, name string) string {
	_, rest, found := strings.Cut(text, "<"+name+">")
	inner, _, closed := strings.Cut(rest, "</"+name+">")
	if !found || !closed {
		return ""
	}
	return inner
}
