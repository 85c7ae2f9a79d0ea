package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[shellStartupWrite](About{
	Name:      "shell_startup_write",
	Technique: "T1546.004",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "put a script that sets an unused variable into /etc/profile.d, and a comment at the end of an account's .bashrc",
	Footprint: "cp and sed started from root's shell; the script; .bashrc renewed under a temporary name and renamed",
	Undo:      "remove the script and the file it came from, put .bashrc back",
	Source:    "Cybereason, DeadRinger, 2021: access kept for years; by analogy, ATT&CK v18.1 does not list it for G0093",
})

type shellStartupWrite struct {
	Place string `arg:"place" doc:"which of the two places" oneof:"profile_d,bashrc,both" default:"both"`
	Name  string `arg:"name" doc:"the script's name in /etc/profile.d" like:"*.sh" default:"zz-mediation.sh"`
}

// Plan lets sed write under the temporary name that a file event shows.
func (s shellStartupWrite) Plan(on asset.Host) effect.StepPlan {
	admin, clerk := on.Account("admin"), on.Account("operator")
	var plan effect.StepPlan
	if s.Place != "bashrc" {
		text, source, target := artifact.MarkedComment("RINGER_UNUSED=1"), "/var/tmp/"+s.Name, "/etc/profile.d/"+s.Name
		at := session{user: admin, dir: homes[admin]}
		plan.Processes = append(plan.Processes, at.login(
			effect.Write{Path: source, Content: text},
			at.run("/usr/bin/cp", []string{"cp", source, target}, effect.Copy{From: source, To: target})))
		plan.Checks = append(plan.Checks, effect.ContentIs{Path: target, Content: text})
	}
	if s.Place != "profile_d" {
		home, line := homes[clerk], "# "+artifact.Marker
		at := session{user: admin, dir: home}
		renewed := append(append([]byte{}, on.Content(home+"/.bashrc")...), line+"\n"...)
		plan.Processes = append(plan.Processes, at.login(at.run("/usr/bin/sed", []string{"sed", "-i", "$a#marker", home + "/.bashrc"},
			effect.Write{Path: home + "/sedK3uQ9x", Content: renewed},
			effect.Move{From: home + "/sedK3uQ9x", To: home + "/.bashrc"})))
		plan.Checks = append(plan.Checks, effect.EndsWith{Path: home + "/.bashrc", Content: []byte(line + "\n")})
	}
	return plan
}
