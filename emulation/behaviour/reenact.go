package behaviour

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[reenact](About{
	Name:      "reenact",
	Assets:    []string{"workstation", "exchange", "domain_controller", "audited_host"},
	Platform:  effect.Windows,
	Phase:     Reenactment,
	Summary:   "perform one act of a recording: a process of that name does it, harmlessly, and leaves what a real one would have left",
	Footprint: "a stand-in under the given path with the given arguments, and the one file, value, mapping, connection or record that the act makes",
	Undo:      "all that was made is deleted, all that was deleted or changed is put back",
	Source:    "ours: the acts of which SigmaHQ's recordings tell. It is reported of no actor, and a step may claim any technique.",
})

// Reenactment is the phase of a behaviour that only does what a recording
// describes: it has no actor and no technique of its own.
const Reenactment = "reenactment"

// reenact is one act. What an act does not use is not looked at.
type reenact struct {
	Act     string        `arg:"act" doc:"what the process does" oneof:"start,create_file,delete_file,rename_file,date_file,create_key,delete_key,set_value,delete_value,rename_key,load_library,access_process,create_pipe,open_pipe,connect,resolve,write_log,clear_log,create_task,change_task,delete_task,create_service,subscribe_wmi,change_directory" default:"start"`
	Process actor         `arg:"process" doc:"who does it"`
	Parent  actor         `arg:"parent" doc:"who started that process; nobody known where no image is given"`
	File    string        `arg:"file" doc:"the file; a stream of one after a colon" form:"path" max:"1024" default:"C:\\ProgramData\\reenacted.txt"`
	To      string        `arg:"to" doc:"the new name of a renamed file" form:"path" max:"1024" default:"C:\\ProgramData\\renamed.txt"`
	Content string        `arg:"content" doc:"a text that the file holds beside the marker" form:"content" max:"16384" default:""`
	Time    string        `arg:"time" doc:"what date_file dates a file to, such as 2019-03-18T22:46:31Z" form:"time" max:"40" default:"2019-03-18T22:46:31Z"`
	Key     string        `arg:"key" doc:"the registry key, or the value with its key" form:"key" max:"1024" default:"HKLM\\SOFTWARE\\Reenacted"`
	NewKey  string        `arg:"new_key" doc:"the new name of a renamed key" form:"key" max:"1024" default:"HKLM\\SOFTWARE\\Renamed"`
	Value   registryValue `arg:"value" doc:"what set_value sets"`
	Library library       `arg:"library" doc:"the library that load_library maps"`
	Mapped  []string      `arg:"mapped" doc:"the libraries that are mapped before access_process" form:"path" max:"1024" default:""`
	Target  actor         `arg:"target" doc:"the process that access_process is done to: an inert one, which is told to go on"`
	Pipe    string        `arg:"pipe" doc:"the pipe's name" form:"line" max:"255" default:"reenacted"`
	Port    int           `arg:"port" doc:"the port that is connected to, on loopback" min:"1" max:"65535" default:"443"`
	Network network       `arg:"network" doc:"whose the ends of that connection stand for"`
	Host    string        `arg:"host" doc:"the name whose address is asked for, on loopback" form:"host" max:"253" default:"reenacted.example"`
	Record  logRecord     `arg:"record" doc:"what write_log writes, and the channel that clear_log clears"`
	Task    task          `arg:"task" doc:"the scheduled task"`
	Service service       `arg:"service" doc:"the service that create_service enters"`
	WMI     subscription  `arg:"wmi" doc:"the object of a permanent WMI subscription"`

	Directory directoryChange `arg:"directory" doc:"what change_directory has changed: an account, a group, an object, a policy"`
}

// actor is a process, as recordings describe one.
type actor struct {
	Image     string  `arg:"image" doc:"its program's path" form:"path" max:"1024" default:""`
	Command   string  `arg:"command" doc:"its command line, to the letter; footprint only" form:"text" max:"100000" default:""`
	Folder    string  `arg:"folder" doc:"the folder it works in" form:"path" max:"1024" default:""`
	User      string  `arg:"user" doc:"the account it stands for" form:"line" max:"256" default:""`
	Integrity string  `arg:"integrity" doc:"its integrity level" oneof:"Untrusted,Low,AppContainer,Medium,High,System" default:""`
	Version   version `arg:"version" doc:"its program's version resource; what is usual for that program where nothing is given"`
}

// version is a version resource. A dash says that there is no such entry.
type version struct {
	OriginalName string `arg:"original_name" doc:"OriginalFileName" form:"line" max:"256" default:""`
	Description  string `arg:"description" doc:"Description" form:"line" max:"256" default:""`
	Product      string `arg:"product" doc:"Product" form:"line" max:"256" default:""`
	Company      string `arg:"company" doc:"Company" form:"line" max:"256" default:""`
	FileVersion  string `arg:"file_version" doc:"FileVersion" form:"line" max:"256" default:""`
}

// resource is nil where nothing is given.
func (v version) resource() *artifact.Resource {
	if v == (version{}) {
		return nil
	}
	named := func(text string) string { return strings.TrimPrefix(text, "-") }
	return &artifact.Resource{
		OriginalFileName: named(v.OriginalName), Description: named(v.Description), Product: named(v.Product),
		Company: named(v.Company), FileVersion: named(v.FileVersion),
	}
}

// process is the actor as a stand-in.
func (a actor) process(acts ...effect.Act) effect.Process {
	command := a.Command
	if command == "" {
		command = `"` + a.Image + `"`
	}
	return effect.Process{
		Image: a.Image, Args: []string{command}, User: a.User, Integrity: a.Integrity,
		Resource: a.Version.resource(), Dir: a.Folder, Acts: acts,
	}
}

// Plan has the process do the act. Where a service does it on a process's
// behalf, that process is started first and the service acts for it. A start is
// telemetry; whoever does something else had been running before.
func (r reenact) Plan(on asset.Host) effect.StepPlan {
	if r.Process.Image == "" {
		r.Process.Image = system32 + "whoami.exe"
	}
	planned := actions[r.Act](r)
	given := append(planned.preconditions, folders(r.Process.Folder, r.Parent.Folder)...)
	plan := effect.StepPlan{Preconditions: slices.DeleteFunc(given, r.isProgram), Checks: planned.checks}
	doer := r.Process.process(planned.acts...)
	doer.Peers = planned.peers
	doer.Resident = r.Act != "start" && planned.service == nil
	if r.Parent.Image != "" {
		parent := r.Parent.process(effect.Run{Process: doer})
		parent.Resident = true
		doer = parent
	}
	plan.Processes = []effect.Process{doer}
	if planned.service != nil {
		plan.Processes = append(plan.Processes, *planned.service)
	}
	return plan
}

// isProgram reports whether a place is that of one of the programs that act: it
// is there anyway, and what a process does to its own program it does to that.
func (r reenact) isProgram(given effect.Precondition) bool {
	return slices.ContainsFunc([]actor{r.Process, r.Parent, r.Target}, func(a actor) bool {
		return strings.EqualFold(a.Image, given.Path)
	})
}
