package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[shellHistoryClear](About{
	Name:      "shell_history_clear",
	Technique: "T1070.003",
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "erasure",
	Summary:   "turn an account's shell history off, remove its file and link the name to /dev/null",
	Footprint: "bash, rm and ln started from the account's shell; a link in the history's place",
	Undo:      "put the history file back",
	Source:    "Cybereason, DeadRinger, 2021: traces erased; by analogy, ATT&CK v18.1 does not list it for the groups",
})

type shellHistoryClear struct {
	Account string `arg:"account" doc:"whose history" oneof:"operator,admin" default:"operator"`
	Builtin bool   `arg:"builtin" doc:"typed in the shell at hand, where it makes no process, rather than in one of its own" default:"false"`
}

// Plan gives the builtins a shell of their own unless asked otherwise: only so
// does any process carry them in its arguments.
func (s shellHistoryClear) Plan(on asset.Host) effect.StepPlan {
	user := on.Account(s.Account)
	at := session{user: user, dir: homes[user]}
	history := at.dir + "/.bash_history"
	var acts []effect.Act
	if !s.Builtin {
		acts = append(acts, at.run("/usr/bin/bash", []string{"bash", "-c", "unset HISTFILE; export HISTFILESIZE=0; history -c"}))
	}
	acts = append(acts,
		at.run("/usr/bin/rm", words("rm -f "+history), effect.Remove{Path: history}),
		at.run("/usr/bin/ln", words("ln -sf /dev/null "+history), effect.SymLink{Path: history, Target: "/dev/null"}))
	return effect.StepPlan{
		Processes: []effect.Process{at.login(acts...)},
		Checks:    []effect.Check{effect.LinksTo{Path: history, Target: "/dev/null"}},
	}
}
