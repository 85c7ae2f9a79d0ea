package labtest

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// PlanOfAllKinds is a plan for a Linux asset with nothing on it, which leaves each kind
// of observation that acts can leave without a real service.
func PlanOfAllKinds() effect.StepPlan {
	inside := effect.Write{Path: "/srv/new/file", Content: []byte(artifact.Marker)}
	const loopback = "127.1.0.2"
	child := effect.Process{Image: "/usr/bin/child", Args: []string{"child", "-x"}, Acts: []effect.Act{effect.Append{Path: "/var/log/auth.log", Content: []byte("x\n")}}}
	return effect.StepPlan{
		Checks:        []effect.Check{effect.Gone{Path: "/srv/unmade"}, effect.LinksTo{Path: "/srv/link", Target: "/nowhere"}},
		Preconditions: []effect.Precondition{{Path: "/srv/unmade", Content: []byte(artifact.Marker)}},
		Processes: []effect.Process{{
			Image: "/usr/bin/tool", Args: []string{"tool", "a b"}, User: "ops", Dir: "/srv", Resident: true,
			Acts: []effect.Act{
				inside, inside, effect.Append{Path: inside.Path}, effect.SetTimes{Path: inside.Path, At: time.Unix(1, 0)}, effect.SetMode{Path: inside.Path, Mode: 0o600},
				effect.Truncate{Path: inside.Path}, effect.SymLink{Path: "/srv/link", Target: "/nowhere"}, effect.Load{Path: inside.Path},
				effect.Append{Path: "/var/log/auth.log", Content: []byte("y\n")}, effect.Run{Process: child}, effect.Access{Target: child},
				effect.Connect{Port: 22, From: loopback}, effect.Connect{Port: 53, Datagrams: true}, effect.Resolve{Name: "an.example"},
				effect.Move{From: inside.Path, To: "/srv/new/moved"}, effect.Remove{Path: "/srv/new/moved"}, effect.Remove{Path: "/srv/new"}, effect.Remove{Path: "/srv/unmade"},
			},
		}},
	}
}
