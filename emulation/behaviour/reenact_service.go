package behaviour

import (
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// task is a scheduled task, which nothing on an asset runs.
type task struct {
	Name string `arg:"name" doc:"its path among the tasks" form:"path_below" max:"255" default:"\\Reenacted"`
	XML  string `arg:"xml" doc:"its definition; empty is one that starts nothing" form:"content" max:"32768" default:""`
}

func (t task) file() string { return taskFolder + strings.TrimLeft(t.Name, `\`) }

// definition is the task's XML, with the marker as a comment after its end.
func (t task) definition() []byte {
	text := t.XML
	if text == "" {
		text = `<?xml version="1.0" encoding="UTF-16"?><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Settings><Enabled>true</Enabled></Settings></Task>`
	}
	return []byte(text + "\n<!-- " + effect.Marker + " -->\n")
}

// before is the definition of a task that was enabled where it no longer is, and
// the other way round; else of an older one.
func (t task) before() []byte {
	now := string(t.definition())
	switch {
	case strings.Contains(now, "<Enabled>false</Enabled>"):
		return []byte(strings.Replace(now, "<Enabled>false</Enabled>", "<Enabled>true</Enabled>", 1))
	case strings.Contains(now, "<Enabled>true</Enabled>"):
		return []byte(strings.Replace(now, "<Enabled>true</Enabled>", "<Enabled>false</Enabled>", 1))
	}
	return append([]byte(now), "<!-- older -->\n"...)
}

func createTask(r reenact) action {
	return writtenTask(r, append(absentBefore(r.Task.file()), folderOf(r.Task.file())...))
}

func changeTask(r reenact) action {
	return writtenTask(r, []effect.Precondition{{Path: r.Task.file(), Content: r.Task.before()}})
}

func writtenTask(r reenact, given []effect.Precondition) action {
	write := effect.Write{Path: r.Task.file(), Content: r.Task.definition()}
	scheduler := taskScheduler(write)
	return action{preconditions: given, checks: []effect.Check{effect.ContentIs{Path: write.Path, Content: write.Content}}, service: &scheduler}
}

func deleteTask(r reenact) action {
	scheduler := taskScheduler(effect.Remove{Path: r.Task.file()})
	return action{
		preconditions: []effect.Precondition{{Path: r.Task.file(), Content: r.Task.definition()}},
		checks:        []effect.Check{effect.Gone{Path: r.Task.file()}},
		service:       &scheduler,
	}
}

// service is a service as the service control manager keeps it. Nothing on an
// asset starts it.
type service struct {
	Name    string `arg:"name" doc:"its name" form:"path_below" max:"255" default:"Reenacted"`
	Display string `arg:"display" doc:"its title" form:"line" max:"255" default:"Reenacted"`
	Image   string `arg:"image" doc:"the command line it would be started with" form:"text" max:"4096" default:"C:\\ProgramData\\reenacted.exe"`
	Type    int    `arg:"type" doc:"the registry's number of its type" min:"1" max:"65535" default:"16"`
	Start   int    `arg:"start" doc:"the registry's number of its start" min:"0" max:"4" default:"3"`
	Account string `arg:"account" doc:"the account it would run as" form:"line" max:"255" default:"LocalSystem"`
}

func createService(r reenact) action {
	s := serviceEntry{
		name: r.Service.Name, display: r.Service.Display, image: r.Service.Image,
		kind: strconv.Itoa(r.Service.Type), start: strconv.Itoa(r.Service.Start), account: r.Service.Account,
	}
	manager := s.created()
	return action{preconditions: absentBefore(servicesKey + s.name), checks: s.checks(), service: &manager}
}
