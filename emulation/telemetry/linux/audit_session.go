package linux

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// unsetLogin is what auditd writes for a login that never was.
const unsetLogin = 4294967295

// auditSession is who is behind a process, as auditd writes it.
type auditSession struct {
	account artifact.LinuxAccount
	auid    int
	ses     int
	tty     string
}

// auditSessionOf follows a process up to where it began. A login shell's name
// begins with a dash; who typed is then the host's own administrator, who came
// to the account by su, so the login id is his. cron opens a session for the
// account; a daemon has none.
func auditSessionOf(p *channel.Process, accounts []artifact.LinuxAccount) auditSession {
	session := auditSession{auid: unsetLogin, ses: unsetLogin, tty: "(none)"}
	session.account, _ = accountNamed(accounts, userOf(p))
	top := p
	for top.Parent != nil {
		top = top.Parent
	}
	switch {
	case len(top.Argv) > 0 && strings.HasPrefix(top.Argv[0], "-"):
		session.ses, session.tty = 3, "pts0"
		if ops, ok := accountNamed(accounts, "ops"); ok {
			session.auid = ops.UID
		}
	case top.Image == "/usr/sbin/cron":
		session.auid, session.ses = session.account.UID, 5
	}
	return session
}
