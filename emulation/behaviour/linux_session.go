package behaviour

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// session is somebody at work on a Linux host: an account in a folder.
type session struct{ user, dir string }

// login is the shell of a login that came before the step; what the session
// does are its acts. A redirection in a shell is an act of the shell itself:
// it makes no process.
func (s session) login(acts ...effect.Act) effect.Process {
	return effect.Process{Image: "/usr/bin/bash", Args: []string{"-bash"}, User: s.user, Dir: s.dir, Resident: true, Acts: acts}
}

// daemon is a service that had been running; it may name itself anew, as
// PostgreSQL and PHP do.
func (s session) daemon(image, title string, acts ...effect.Act) effect.Process {
	return effect.Process{Image: image, Args: words(title), User: s.user, Dir: s.dir, Resident: true, Acts: acts}
}

// run starts a program of the session. The image is where the program really
// lies: a link is followed, so sh is dash.
func (s session) run(image string, args []string, acts ...effect.Act) effect.Run {
	return effect.Run{Process: effect.Process{Image: image, Args: args, User: s.user, Dir: s.dir, Acts: acts}}
}

// sh is a shell with one line to run, as popen and system start it. Debian's
// dash always forks, so it stays the parent of what it runs.
func (s session) sh(line string, acts ...effect.Act) effect.Run {
	return s.run("/usr/bin/dash", []string{"sh", "-c", line}, acts...)
}

// words splits a command line that quotes nothing.
func words(line string) []string { return strings.Fields(line) }

// homes are the home folders of the accounts a behaviour may name.
var homes = map[string]string{"root": "/root", "postgres": "/var/lib/postgresql", "billing": "/home/billing", "mediation": "/srv/mediation"}

// cron is the daemon that starts a job: through a shell, in the account's name.
func (s session) cron(line string, acts ...effect.Act) effect.Process {
	return s.daemon("/usr/sbin/cron", "/usr/sbin/cron -f", s.sh(line, acts...))
}
