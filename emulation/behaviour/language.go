package behaviour

import (
	"slices"
	"sync"

	"github.com/ringer-lab/ringer/emulation/act"
	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/block"
)

// Blocks returns the blocks that a file of behaviours may have on top.
func Blocks() []*Block {
	return []*Block{behaviourBlock, templateBlock, hostBlock, ordinaryDayBlock, logSourceBlock, localsBlock}
}

// fileOfBlocks is a whole file of a library.
var fileOfBlocks = &Block{Name: "file", Blocks: Blocks}

var (
	localsBlock = &Block{Name: "locals", Any: true, Doc: "Values by name, for `local.NAME`. Those beside the blocks of a library hold for all of it."}

	argumentBlock = &Block{
		Name: "argument", Labels: []string{"name"}, Doc: "What a step may choose, for `arg.NAME`; in a template what the process that extends it says under `with`, for `with.NAME`.",
		Attributes: argument.Of[argumentAttributes](),
	}

	givenBlock = &Block{Name: "given", Doc: "What the host has before the first act: it is laid down first.", Attributes: argument.Of[givenAttributes](), Repeats: true}

	processBlock = &Block{
		Name: "process", Labels: []string{"name"},
		Doc:        "A program that runs and does what stands inside, in that order: acts, and further processes, which it starts. It is a stand-in: it has the image, the arguments and the account that are given, and does nothing but the acts.",
		Attributes: argument.Of[processAttributes](), Repeats: true,
	}
	signalBlock = &Block{
		Name: "signal", Labels: []string{"name"}, Doc: "Sends SIGCONT, which changes nothing, to another process, which is described as a process is.",
		Attributes: processBlock.Attributes, Repeats: true,
	}

	groupBlock = &Block{
		Name: "group", Doc: "What belongs together: where `when` says so, and as often as `for_each` says, all that stands inside is done in its order.",
		Repeats: true,
	}

	proveBlock = &Block{
		Name: "prove", Doc: "What must be true afterwards, and must not have been before, in addition to what follows from the acts.",
		Attributes: argument.Of[proveAttributes](), Repeats: true,
	}

	behaviourBlock = &Block{
		Name: "behaviour", Labels: []string{"name"}, Doc: "A behaviour that steps can perform: its name is the first label of a step.",
		Attributes: argument.Of[behaviourAttributes](),
	}
	templateBlock = &Block{
		Name: "template", Labels: []string{"kind", "name"}, Doc: "What several blocks share: a process, a host, or activities of an ordinary day. `extends = template.NAME` takes it over.",
		Attributes: slices.Concat(argument.Of[processAttributes](), argument.Of[hostAttributes]()),
	}
	activityBlock = &Block{
		Name: "activity", Labels: []string{"name"}, Doc: "One thing that happens on an ordinary day.", Attributes: argument.Of[activityAttributes](),
	}
	ordinaryDayBlock = &Block{
		Name: "ordinary_day", Labels: []string{"name"}, Doc: "A day of ordinary activity, on which no rule may fire: its name is the first label of a baseline.",
		Attributes: argument.Of[dayAttributes](),
	}
	fileBlock      = &Block{Name: "file", Doc: "A file that the host has before the first step.", Attributes: argument.Of[fileAttributes](), Repeats: true}
	placeBlock     = &Block{Name: "folder", Doc: "A folder, or a key of the registry, that the host has before the first step.", Attributes: argument.Of[folderAttributes](), Repeats: true}
	logSourceBlock = &Block{
		Name: "log_source", Labels: []string{"name"},
		Doc: "A log that a kind of host keeps: `logs = [log_source.NAME]`. A line that any program appends to its file becomes an event of that log source: that the line was added, and by which process, " +
			"was seen; what it says is its writer's own statement, and so are its fields: no such thing need have happened. A line that is not such a record makes the step's telemetry incomplete.",
		Attributes: argument.Of[logSourceAttributes](),
	}
	hostBlock = &Block{
		Name: "host", Labels: []string{"name"}, Doc: "A kind of host: its name is the first label of an asset.", Attributes: argument.Of[hostAttributes](),
	}
)

// actBlocks are the blocks of acts.
var actBlocks = sync.OnceValue(func() []*Block {
	var all []*Block
	for _, kind := range act.Kinds() {
		all = append(all, &Block{Name: kind.Name, Doc: kind.Doc, Attributes: kind.Attributes, Repeats: true, Platform: kind.Platform, Role: block.Act, New: func() any { return kind.New() }})
	}
	return all
})

// checkBlocks are the blocks inside `prove`.
var checkBlocks = sync.OnceValue(func() []*Block {
	var all []*Block
	for _, kind := range act.Checks() {
		all = append(all, &Block{Name: kind.Name, Doc: kind.Doc, Attributes: kind.Attributes, Repeats: true, Role: block.Check, New: func() any { return kind.New() }})
	}
	return all
})

func init() {
	inProcess := func() []*Block { return append([]*Block{processBlock, signalBlock, groupBlock}, actBlocks()...) }
	planned := func() []*Block { return []*Block{localsBlock, givenBlock, processBlock, groupBlock, proveBlock} }
	groupBlock.Blocks = func() []*Block { return append([]*Block{givenBlock, proveBlock}, inProcess()...) }
	processBlock.Blocks, signalBlock.Blocks = inProcess, inProcess
	argumentBlock.Blocks = func() []*Block { return []*Block{argumentBlock} }
	proveBlock.Blocks = func() []*Block { return checkBlocks() }
	behaviourBlock.Blocks = func() []*Block { return append([]*Block{argumentBlock}, planned()...) }
	activityBlock.Blocks = planned
	ordinaryDayBlock.Blocks = func() []*Block { return []*Block{activityBlock} }
	hostBlock.Blocks = func() []*Block { return []*Block{fileBlock, placeBlock} }
	// An act "folder" may have whatever the folder of a host may.
	templateBlock.Blocks = func() []*Block {
		return slices.Concat([]*Block{argumentBlock, localsBlock, activityBlock}, inProcess(), []*Block{fileBlock, placeBlock})
	}
}

type behaviourAttributes struct {
	Attack    []string `arg:"attack" doc:"the ATT&CK techniques, such as T1053.005: the first is meant, a step may claim the others; one of an older ATT&CK is read as what it became" form:"technique" max:"9" default:""`
	Actors    []string `arg:"actors" doc:"the actors it was reported of" like:"*" default:""`
	Platform  string   `arg:"platform" doc:"the platform of its hosts" oneof:"linux,windows"`
	Hosts     []string `arg:"hosts" doc:"the kinds of host that it can be performed on" like:"*"`
	Phase     string   `arg:"phase" doc:"what it is for; boundary and reenactment are reported of nobody" oneof:"persistence,collection,staging,erasure,discovery,boundary,reenactment" default:"persistence"`
	Summary   string   `arg:"summary" doc:"what is done, in a sentence" form:"line" max:"1024"`
	Footprint string   `arg:"footprint" doc:"what is left on the host and in its logs" form:"line" max:"1024" default:"what its acts leave"`
	Undo      string   `arg:"undo" doc:"how it is taken back" form:"line" max:"1024" default:"what was made is deleted, what was changed or deleted is put back"`
	Source    string   `arg:"source" doc:"where it was reported, and what of it is your own" form:"line" max:"2048"`
}

type argumentAttributes struct {
	Type    string       `arg:"type" doc:"its type; any is for templates alone" oneof:"string,number,bool,list,map,object,any" default:"string"`
	Doc     string       `arg:"doc" doc:"what it chooses" form:"line" max:"1024" default:""`
	OneOf   []string     `arg:"one_of" doc:"the values there are" form:"line" max:"256" default:""`
	Like    string       `arg:"like" doc:"a pattern for a plain name, such as *.exe" form:"line" max:"64" default:""`
	Form    string       `arg:"form" doc:"what a longer text may be" oneof:"text,content,line,path,key,path_below,channel,time,address,host,mode" default:"line"`
	Max     int          `arg:"max" doc:"how long a text may be, in bytes, or how large a number" min:"1" max:"1000000" default:"1024"`
	Min     int          `arg:"min" doc:"how small a number may be" min:"0" max:"1000000" default:"0"`
	Default argument.Any `arg:"default" doc:"what holds where nothing is chosen; without it the argument is required"`
}

type givenAttributes struct {
	Path    string `arg:"path" doc:"a file, a folder, a key or a value of the registry" form:"place" max:"1024"`
	Content string `arg:"content" doc:"what the file holds" form:"content" max:"65536" default:""`
	Folder  bool   `arg:"folder" doc:"whether it is a folder" default:"false"`
	Absent  bool   `arg:"absent" doc:"whether it is not there" default:"false"`
	Mode    string `arg:"mode" doc:"its permission bits; those that there are where nothing is given, 0755 of what is new" form:"mode" max:"5" default:""`
	Append  bool   `arg:"append" doc:"whether the content is added to what is there" default:"false"`
}

type processAttributes struct {
	Extends   argument.Reference `arg:"extends" doc:"the template that it begins with"`
	With      argument.Any       `arg:"with" doc:"the arguments of that template, by name"`
	Image     string             `arg:"image" doc:"its program's path" form:"path" max:"1024" default:""`
	Command   string             `arg:"command" doc:"its command line; on Linux it is split at blanks and nothing is unquoted, on Windows it is kept to the letter" form:"text" max:"100000" default:""`
	Argv      []string           `arg:"argv" doc:"its arguments one by one, in place of a command line" form:"text" max:"32768" default:""`
	User      string             `arg:"user" doc:"the account it stands for; that of the process above where nothing is given" form:"line" max:"256" default:""`
	Integrity string             `arg:"integrity" doc:"its integrity level" oneof:"Untrusted,Low,AppContainer,Medium,High,System" default:""`
	Folder    string             `arg:"folder" doc:"the folder it works in; that of the process above where nothing is given, on Windows System32" form:"path" max:"1024" default:""`
	Resident  bool               `arg:"resident" doc:"whether it had been running before: its start is not seen" default:"false"`
	Remote    bool               `arg:"remote" doc:"whether it runs on another host: nothing of it is seen here" default:"false"`
	Version   act.Version        `arg:"version" doc:"its program's version resource; what is usual for that program where nothing is given, and none for { }"`
}

type proveAttributes struct {
	Only bool `arg:"only" doc:"whether this is all, and what follows from the acts is not looked at" default:"false"`
}

type activityAttributes struct {
	Summary string   `arg:"summary" doc:"what happens, in a sentence" form:"line" max:"1024"`
	Hosts   []string `arg:"hosts" doc:"the kinds of host that it happens on; those of the day where nothing is given" like:"*" default:""`
}

type dayAttributes struct {
	Extends argument.Reference `arg:"extends" doc:"a template with further activities, which come after the day's own"`
	Summary string             `arg:"summary" doc:"what the day is made of" form:"line" max:"1024"`
	Hosts   []string           `arg:"hosts" doc:"the kinds of host that have such a day" like:"*"`
}

type hostAttributes struct {
	Extends  argument.Reference  `arg:"extends" doc:"the template or host whose files it has first"`
	Platform string              `arg:"platform" doc:"its platform" oneof:"linux,windows" default:""`
	Summary  string              `arg:"summary" doc:"what it is, in a sentence" form:"line" max:"1024" default:""`
	Hostname string              `arg:"hostname" doc:"the name it has where a scenario gives no other" form:"line" max:"63" default:""`
	Accounts map[string]string   `arg:"accounts" doc:"its accounts by role: admin runs interactive commands, service is the host's own daemon" form:"line" max:"255" default:""`
	Users    argument.Any        `arg:"users" doc:"further facts on its accounts, for the expressions of its template"`
	Logs     argument.References `arg:"logs" doc:"the logs that it keeps besides those of its platform, such as [log_source.vpn]"`
	Services []string            `arg:"services" doc:"the real daemons that a scenario may ask for" oneof:"nginx,postgresql" default:""`
}

type logSourceAttributes struct {
	Product   string            `arg:"product" doc:"the product, as the logsource of a rule has it" form:"line" max:"64" default:""`
	Service   string            `arg:"service" doc:"the service, as the logsource of a rule has it" form:"line" max:"64" default:""`
	Category  string            `arg:"category" doc:"the category, as the logsource of a rule has it" form:"line" max:"64" default:""`
	File      string            `arg:"file" doc:"the file that programs append to, a record a line" form:"line" max:"1024"`
	Format    string            `arg:"format" doc:"the form of a record" oneof:"json,key_value,csv,syslog,combined,regex"`
	Columns   []string          `arg:"columns" doc:"of csv: the names of the fields, in order" form:"line" max:"64" default:""`
	Separator string            `arg:"separator" doc:"of csv: what is between two fields; a comma where nothing is given" form:"line" max:"4" default:""`
	Pattern   string            `arg:"pattern" doc:"of regex: an expression (RE2) whose named groups are the fields" form:"line" max:"1024" default:""`
	Fields    map[string]string `arg:"fields" doc:"other names for fields of a record, by the name in the record; a dot leads into an object of json" form:"line" max:"128" default:""`
}

type fileAttributes struct {
	Path    string `arg:"path" doc:"the file, or a value of the registry" form:"place" max:"1024"`
	Content string `arg:"content" doc:"what it holds" form:"content" max:"65536"`
	Mode    string `arg:"mode" doc:"its permission bits" form:"mode" max:"5" default:""`
	Days    int    `arg:"days" doc:"how many days before the run it was last changed" min:"0" max:"36500" default:"0"`
}

type folderAttributes struct {
	Path string `arg:"path" doc:"the folder or key" form:"place" max:"1024"`
	Mode string `arg:"mode" doc:"its permission bits" form:"mode" max:"5" default:""`
}
