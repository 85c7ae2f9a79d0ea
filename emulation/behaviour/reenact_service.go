package behaviour

import (
	"cmp"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// task is a scheduled task, which nothing on an asset runs.
type task struct {
	Name string `arg:"name" doc:"its path among the tasks" form:"path_below" max:"255" default:"\\Reenacted"`
	XML  string `arg:"xml" doc:"its definition; empty is one that starts nothing" form:"content" max:"32768" default:""`
}

func (t task) file() string { return artifact.TaskFile(t.Name) }

func (t task) definition() []byte { return artifact.MarkTask(cmp.Or(t.XML, artifact.BlankTask)) }

// before is the definition of a task that was enabled where it no longer is, and
// the other way round; else of an older one.
func (t task) before() []byte {
	toggled, ok := artifact.ToggleTask(t.definition())
	if !ok {
		return append(t.definition(), "<!-- older -->\n"...)
	}
	return toggled
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
		Name: r.Service.Name, DisplayName: r.Service.Display, ImagePath: r.Service.Image,
		Type: strconv.Itoa(r.Service.Type), Start: strconv.Itoa(r.Service.Start), Account: r.Service.Account,
	}
	manager := s.created()
	return action{preconditions: absentBefore(artifact.Service(s).Key()), checks: s.checks(), service: &manager}
}
