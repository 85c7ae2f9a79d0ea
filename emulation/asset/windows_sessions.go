package asset

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// windowsSessions is a host's table of logon sessions, in which the system's own
// stands.
func windowsSessions() File {
	system := artifact.LogonSession{Type: "5", Account: "SYSTEM", Address: "-", Workstation: "-"}
	return File{Path: artifact.SessionsFile, Days: 1, Content: slices.Concat(textLines("# "+artifact.Marker), system.Encode())}
}
