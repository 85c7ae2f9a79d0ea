package artifact

import (
	"strconv"
	"strings"
)

// PasswdFile and GroupFile are where a Linux host keeps its accounts and groups.
const (
	PasswdFile = "/etc/passwd"
	GroupFile  = "/etc/group"
)

// LinuxAccount is one line of a passwd file (passwd(5)).
type LinuxAccount struct {
	Name, Password string
	UID, GID       int
	Comment        string
	Home, Shell    string
}

// Encode returns the account's line, with its line end.
func (a LinuxAccount) Encode() []byte {
	return []byte(strings.Join([]string{
		a.Name, a.Password, strconv.Itoa(a.UID), strconv.Itoa(a.GID), a.Comment, a.Home, a.Shell,
	}, ":") + "\n")
}

// DecodePasswd reads the accounts among a passwd file's lines.
func DecodePasswd(content []byte) []LinuxAccount {
	var accounts []LinuxAccount
	for line := range strings.Lines(string(content)) {
		fields := strings.Split(strings.TrimSpace(line), ":")
		if len(fields) != 7 {
			continue
		}
		uid, errUID := strconv.Atoi(fields[2])
		gid, errGID := strconv.Atoi(fields[3])
		if errUID == nil && errGID == nil {
			accounts = append(accounts, LinuxAccount{
				Name: fields[0], Password: fields[1], UID: uid, GID: gid, Comment: fields[4], Home: fields[5], Shell: fields[6],
			})
		}
	}
	return accounts
}

// EncodeGroup returns a line of a group file (group(5)) for a group without members,
// with its line end.
func EncodeGroup(name string, gid int) []byte {
	return []byte(name + ":x:" + strconv.Itoa(gid) + ":\n")
}

// AddGroupMember returns a group file with a user added to a group. The file stays
// as it is where it has no such group.
func AddGroupMember(content []byte, group, user string) []byte {
	lines := strings.Split(string(content), "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, group+":") {
			continue
		}
		if !strings.HasSuffix(line, ":") {
			line += ","
		}
		lines[i] = line + user
	}
	return []byte(strings.Join(lines, "\n"))
}
