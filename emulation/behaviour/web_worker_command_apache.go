package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[webWorkerCommandApache](About{
	Name:      "web_worker_command_apache",
	Technique: "T1505.003",
	Also:      []string{"T1033", "T1082"},
	Actors:    []string{"soft_cell", "emissary_panda"},
	Assets:    []string{"web"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "an Apache worker starts whoami, uname and cat by itself, and id through a shell; all are stand-ins that do nothing",
	Footprint: "the programs below apache2, a line in the access log",
	Undo:      "put the access log back; nothing else stays",
	Source:    "ATT&CK v18.1 G0093 T1505.003 and G0027 T1505.003; the Linux shape is by analogy",
})

type webWorkerCommandApache struct {
	Shell string `arg:"shell" doc:"which commands go through a shell; dash then stays their parent" oneof:"last,all" default:"last"`
}

// Plan is proven by the request's line in the access log: that the worker's
// children ran is what the sensor sees, and nothing of them stays.
func (w webWorkerCommandApache) Plan(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: portal + "assets/js"}
	acts := []effect.Act{
		w.start(at, "/usr/bin/whoami", "whoami"),
		w.start(at, "/usr/bin/uname", "uname -a"),
		w.start(at, "/usr/bin/cat", "cat /etc/hosts"),
		at.sh("id", at.run("/usr/bin/id", words("id"))),
	}
	const request = "POST /assets/js/locale_th.php"
	apache := webServers["apache"]
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon(apache.worker, apache.workerTitle, acts...), accessLine("apache", request)},
		Checks:    []effect.Check{effect.EndsWith{Path: apache.log, Content: accessText(request)}},
	}
}

func (w webWorkerCommandApache) start(at session, image, line string) effect.Act {
	if w.Shell == "all" {
		return at.sh(line, at.run(image, words(line)))
	}
	return at.run(image, words(line))
}
