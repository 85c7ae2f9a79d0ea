package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[linuxCommandCases](About{
	Name:      "linux_command_cases",
	Assets:    []string{"billing", "web"},
	Persona:   effect.Linux,
	Phase:     Boundary,
	Summary:   "command lines that a rule on started programs must just see, beside such as it must just not",
	Footprint: "programs started with the given command lines, which do nothing, and a note by whoever started them",
	Undo:      "delete the notes",
	Source:    "ours: other forms of what was reported, and what administrators, packages and jobs type that looks like it",
})

type linuxCommandCases struct {
	Of string `arg:"of" doc:"what the command lines are about" oneof:"journal" default:"journal"`
}

// linuxCommands are the cases by the word in `of`.
var linuxCommands = map[string]func(*cases){
	"journal": journalCases,
}

// Plan has an administrator's shell and others start the programs.
func (l linuxCommandCases) Plan(on asset.Place) effect.Plan { return casesOf(on, linuxCommands[l.Of]) }

func journalCases(c *cases) {
	root := session{user: "root", dir: "/root"}
	const journalctl = "/usr/bin/journalctl"
	c.below(root.login(),
		// Seen: seconds, minutes, hours.
		root.program(journalctl, "journalctl --vacuum-time=1s"),
		root.program(journalctl, "journalctl --vacuum-time 10min"),
		root.program(journalctl, "journalctl --rotate --vacuum-time=2h"),
		// Not seen: weeks, a size, an option that there is not.
		root.program(journalctl, "journalctl --vacuum-time=4weeks"),
		root.program(journalctl, "journalctl --vacuum-size=500M"),
		root.program(journalctl, "journalctl --VACUUM-TIME=1s"),
	)
}
