package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[localAccountAdd](About{
	Name:      "local_account_add",
	Technique: "T1136.001",
	Actors:    []string{"soft_cell"},
	Assets:    []string{"billing"},
	Platform:  effect.Linux,
	Phase:     "persistence",
	Summary:   "write an account with a locked password into the asset's own passwd file, and put it into a group",
	Footprint: "useradd and usermod started from root's shell; passwd and group files renewed; lines in auth.log and audit log",
	Undo:      "put back passwd and group, remove the home folder",
	Source:    "ATT&CK v18.1 G0093 T1136.002, domain accounts; a local Linux account is by analogy",
})

type localAccountAdd struct {
	Name  string `arg:"name" doc:"the account's name" like:"[a-z]*" default:"cdrsync"`
	Group string `arg:"group" doc:"the group it is put into" oneof:"sudo,adm,root" default:"sudo"`
}

// Plan renews the files as shadow-utils does: a new file with a plus sign,
// renamed. The marker is a comment, which the C library skips in both.
func (l localAccountAdd) Plan(on asset.Host) effect.StepPlan {
	account := artifact.LinuxAccount{
		Name: l.Name, Password: "!", UID: 1007, GID: 1007, Comment: "Mediation sync", Home: "/home/" + l.Name, Shell: "/bin/bash",
	}
	users := append(append([]byte{}, on.Content(artifact.PasswdFile)...),
		slices.Concat([]byte("# "+artifact.Marker+"\n"), account.Encode())...)
	own := append(append([]byte{}, on.Content(artifact.GroupFile)...), slices.Concat([]byte("# "+artifact.Marker+"\n"), artifact.EncodeGroup(l.Name, account.GID))...)
	joined := artifact.AddGroupMember(own, l.Group, l.Name)

	at := session{user: on.Account("admin"), dir: "/root"}
	audit := func(exe, op, more string) string {
		return `pid=4121 uid=0 auid=1000 ses=3 msg='op=` + op + ` acct="` + l.Name + `"` + more + ` exe="/usr/sbin/` + exe +
			`" hostname=` + on.Hostname + ` addr=? terminal=pts/0 res=success'`
	}
	return effect.StepPlan{
		Processes: []effect.Process{
			at.login(at.run("/usr/sbin/useradd", []string{"useradd", "-m", "-s", "/bin/bash", "-c", "Mediation sync", l.Name},
				effect.Write{Path: artifact.PasswdFile + "+", Content: users}, effect.Move{From: artifact.PasswdFile + "+", To: artifact.PasswdFile},
				effect.Write{Path: artifact.GroupFile + "+", Content: own}, effect.Move{From: artifact.GroupFile + "+", To: artifact.GroupFile},
				effect.Write{Path: "/home/" + l.Name + "/.profile", Content: artifact.MarkedComment("umask 022")})),
			auditLine("ADD_USER", audit("useradd", "adding user", "")),
			rsyslogLine(on, artifact.AuthLog, "useradd[4121]",
				"new user: name="+l.Name+", UID=1007, GID=1007, home=/home/"+l.Name+", shell=/bin/bash, from=/dev/pts/0"),
			at.login(at.run("/usr/sbin/usermod", []string{"usermod", "-aG", l.Group, l.Name},
				effect.Write{Path: artifact.GroupFile + "+", Content: joined}, effect.Move{From: artifact.GroupFile + "+", To: artifact.GroupFile})),
			auditLine("USER_MGMT", audit("usermod", "add-user-to-group", ` grp="`+l.Group+`"`)),
			rsyslogLine(on, artifact.AuthLog, "usermod[4127]", "add '"+l.Name+"' to group '"+l.Group+"'"),
		},
		Checks: []effect.Check{effect.ContentIs{Path: artifact.PasswdFile, Content: users}, effect.ContentIs{Path: artifact.GroupFile, Content: joined}},
	}
}
