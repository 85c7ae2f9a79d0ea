package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
)

// windowsClients remembers a step's processes, to find on whose behalf a
// service wrote: schtasks.exe, sc.exe and net.exe change nothing themselves,
// they ask a service host, and Windows' records name the one who asked.
type windowsClients struct {
	step  string
	begun []*process
}

// note takes in every moment.
func (c *windowsClients) note(m moment) {
	if m.Step != c.step {
		c.step, c.begun = m.Step, nil
	}
	if m.Kind == event.Exec && !m.by.resident {
		c.begun = append(c.begun, m.by)
	}
}

// asked is the last process begun in this step whose command line names the
// object; the writer itself where there is none.
func (c *windowsClients) asked(object string, writer *process) *process {
	for i := len(c.begun) - 1; i >= 0; i-- {
		if strings.Contains(strings.ToLower(c.begun[i].command), strings.ToLower(object)) {
			return c.begun[i]
		}
	}
	return writer
}

// subject is the part of a Security record that says who did it.
func subject(into map[string]any, p *process) map[string]any {
	user := windowsUser(p)
	into["SubjectUserSid"], into["SubjectLogonId"] = asset.WindowsSID(user), windowsLogon(user)
	into["SubjectDomainName"], into["SubjectUserName"] = asset.WindowsNames(user)
	return into
}

// security is a record of the Security channel, with its subject.
func security(h host, id int, p *process) map[string]any {
	return subject(windowsHead(h, id, "Security", "Microsoft-Windows-Security-Auditing"), p)
}

// client is the part of a Security record that names the process which asked.
func client(into map[string]any, p *process) {
	into["ClientProcessId"], into["ClientProcessStartKey"] = p.pid, int64(1)<<52|int64(p.key)
	// Whose parent is not known has one all the same: 0 would name the idle
	// process, which SigmaHQ's c4e92a97 takes for an attack.
	if p.parent != nil {
		into["ParentProcessId"] = p.parent.pid
	}
}
