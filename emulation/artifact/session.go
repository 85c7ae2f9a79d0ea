package artifact

import "strings"

// SessionsFile is a host's table of logon sessions: a text file with a logon or a
// logoff a line. Nobody on an asset can log on, so what a log says of the table is
// declared.
const SessionsFile = System32 + `config\sessions.txt`

// LogonSession is the beginning of a session or, where Ended is set, its end.
type LogonSession struct {
	Ended bool
	// Type is the number of the logon type, such as "3" for the network.
	Type    string
	Account string
	// Address and Workstation are where a logon came from; a logoff has neither.
	Address, Workstation string
}

// Encode returns the session's line in the table, with its line end.
func (s LogonSession) Encode() []byte {
	if s.Ended {
		return []byte("logoff:" + s.Type + ":" + s.Account + "\n")
	}
	return []byte("logon:" + s.Type + ":" + s.Account + ":" + s.Address + ":" + s.Workstation + "\n")
}

// DecodeLogonSession reads one line of the table. ok is false for any other line.
func DecodeLogonSession(line string) (s LogonSession, ok bool) {
	words := strings.Split(strings.TrimSuffix(line, "\n"), ":")
	switch {
	case words[0] == "logoff" && len(words) == 3:
		return LogonSession{Ended: true, Type: words[1], Account: words[2]}, true
	case words[0] == "logon" && len(words) == 5:
		return LogonSession{Type: words[1], Account: words[2], Address: words[3], Workstation: words[4]}, true
	}
	return LogonSession{}, false
}
