package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[authorizedKeysAppend](About{
	Name:      "authorized_keys_append",
	Technique: "T1098.004",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "append a comment, and not a key, to an account's authorized_keys",
	Footprint: "mkdir and tee started from the account's shell; the folder .ssh and the file",
	Undo:      "remove file and folder, or put back the file as it was",
	Source:    "Cybereason, DeadRinger, 2021: access kept for years; by analogy, ATT&CK v18.1 lists T1078 for G0093",
})

type authorizedKeysAppend struct {
	Account string `arg:"account" doc:"whose file" oneof:"database,operator,admin" default:"database"`
}

// Plan appends through tee: a redirection in the shell would make no process.
func (a authorizedKeysAppend) Plan(on asset.Host) effect.StepPlan {
	user := on.Account(a.Account)
	at := session{user: user, dir: homes[user]}
	folder := at.dir + "/.ssh"
	keys, line := folder+"/authorized_keys", []byte("# "+artifact.Marker+"\n")
	return effect.StepPlan{
		Processes: []effect.Process{at.login(
			at.run("/usr/bin/mkdir", words("mkdir -m 700 "+folder), effect.MakeDir{Path: folder, Mode: 0o700}),
			at.run("/usr/bin/tee", words("tee -a "+keys), effect.Append{Path: keys, Content: line}),
		)},
		Checks: []effect.Check{effect.EndsWith{Path: keys, Content: line}, effect.ModeIs{Path: folder, Mode: 0o700}},
	}
}
