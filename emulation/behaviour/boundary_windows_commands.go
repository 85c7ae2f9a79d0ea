package behaviour

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[windowsCommandCases](About{
	Name:      "windows_command_cases",
	Assets:    []string{"workstation", "iis", "exchange"},
	Platform:  effect.Windows,
	Phase:     Boundary,
	Summary:   "command lines that a rule on started programs must just see, beside such as it must just not",
	Footprint: "programs started with the given command lines, which do nothing, and a note by whoever started them",
	Undo:      "delete the notes",
	Source:    "ours: other forms of what was reported, and what administrators, installers and agents type that looks like it",
})

type windowsCommandCases struct {
	Of string `arg:"of" doc:"what the command lines are about" oneof:"archives,cabinets,directory,documents,jobs,logged_on,network,products,servers,shares,typing,web_shells" default:"shares"`
}

// windowsCommands are the cases by the word in `of`.
var windowsCommands = map[string]func(*commandCases){
	"archives":   archiveCases,
	"cabinets":   cabinetCases,
	"directory":  directoryCases,
	"documents":  documentCases,
	"jobs":       jobCases,
	"logged_on":  loggedOnCases,
	"network":    networkCases,
	"products":   productCases,
	"servers":    serverCases,
	"shares":     shareCases,
	"typing":     typingCases,
	"web_shells": webShellCases,
}

// Plan has command prompts, agents and workers start the programs.
func (w windowsCommandCases) Plan(on asset.Host) effect.StepPlan {
	return planCases(on, func(c *caseBuilder) { windowsCommands[w.Of](&commandCases{caseBuilder: c, of: w.Of}) })
}

// commandCases are the cases of one word in `of`.
type commandCases struct {
	*caseBuilder
	of string
}

// addFrom has a process that is running already start programs, one after the
// other, and then note that it did. The note bears the word, as several steps may
// be performed on one asset and each has to prove its own.
func (c *commandCases) addFrom(parent effect.Process, programs ...effect.Process) {
	note := fmt.Sprintf(`C:\Windows\Logs\Cases\%s_%02d.txt`, c.of, len(c.Processes))
	c.addActs(parent, append(started(programs), effect.Write{Path: note, Content: artifact.Marked("all were started")})...)
}

const (
	// broughtTools is where somebody keeps programs that are not the host's.
	broughtTools = `D:\Tools\`
	// extended is how a program names a path that may be longer than usual: a
	// filter that asks where a path starts does not have it.
	extended = `\\?\`
)

// addPrompted has an administrator's command prompt start programs.
func (c *commandCases) addPrompted(programs ...effect.Process) {
	c.addFrom(windowsShell(c.on), programs...)
}

// byName is a program that is known by its file's name alone: on a translated Windows
// the version resource is that of the language file, "net.exe.mui".
func byName(image, line string) effect.Process {
	program := windowsProgram(image, line)
	resource := artifact.ResourceOf(image)
	resource.OriginalFileName += ".mui"
	program.Resource = &resource
	return program
}

// unversioned is a program built from source, without a version resource.
func unversioned(image, line string) effect.Process {
	program := windowsProgram(image, line)
	program.Resource = &artifact.Resource{}
	return program
}

// renamed is a copy that is known by its version resource alone.
func renamed(image, line, original string) effect.Process {
	program := windowsProgram(image, line)
	resource := artifact.ResourceOf(original)
	resource.OriginalFileName = original
	program.Resource = &resource
	return program
}

// wrapper is the carrier's own program that writes down who asks for a program
// of that name, and then calls it. It is of .NET, which names its files after the
// project, and the project is named after the other program: neither the name
// nor the version resource is that program's, and both have it in them.
func wrapper(of, line string) effect.Process {
	program := windowsProgram(`D:\Wrappers\`+of+`.exe`, line)
	program.Resource = &artifact.Resource{OriginalFileName: of + ".dll", Description: "Call log", Product: "Call log", Company: "Carrier"}
	return program
}
