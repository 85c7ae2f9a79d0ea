package windows

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// clientTracker remembers a step's processes, to find on whose behalf a
// service wrote: schtasks.exe, sc.exe and net.exe change nothing themselves,
// they ask a service host, and Windows' records name the one who asked.
type clientTracker struct {
	step    string
	started []*channel.Process
}

// observe takes in every activity.
func (c *clientTracker) observe(a channel.Activity) {
	if a.Step != c.step {
		c.step, c.started = a.Step, nil
	}
	if a.Kind == event.Exec && !a.Actor.Resident {
		c.started = append(c.started, a.Actor)
	}
}

// requester is the last process begun in this step whose command line names the
// object; the writer itself where there is none.
func (c *clientTracker) requester(object string, writer *channel.Process) *channel.Process {
	for i := len(c.started) - 1; i >= 0; i-- {
		if strings.Contains(strings.ToLower(c.started[i].CommandLine), strings.ToLower(object)) {
			return c.started[i]
		}
	}
	return writer
}

// addSubjectFields is the part of a Security record that says who did it.
func addSubjectFields(into map[string]any, p *channel.Process) map[string]any {
	user := userOf(p)
	into["SubjectUserSid"], into["SubjectLogonId"] = asset.WindowsSID(user), logonID(user)
	into["SubjectDomainName"], into["SubjectUserName"] = asset.SplitWindowsAccount(user)
	return into
}

// securityFields is a record of the Security channel, with its subject.
func securityFields(h channel.Host, id int, p *channel.Process) map[string]any {
	return addSubjectFields(eventHeader(h, id, "Security", "Microsoft-Windows-Security-Auditing"), p)
}

// addClientFields is the part of a Security record that names the process which asked.
func addClientFields(into map[string]any, p *channel.Process) {
	into["ClientProcessId"], into["ClientProcessStartKey"] = p.PID, int64(1)<<52|int64(p.Key)
	// Whose parent is not known has one all the same: 0 would name the idle
	// process, which SigmaHQ's c4e92a97 takes for an attack.
	if p.Parent != nil {
		into["ParentProcessId"] = p.Parent.PID
	}
}
