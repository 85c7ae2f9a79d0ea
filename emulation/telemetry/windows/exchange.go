package windows

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// The log that an Exchange server keeps of administrative cmdlets. Its one
// event is read by its text: Message has a blank before the first argument,
// Data has not, and SigmaHQ's rules differ in what they need.
var _ = channels.Register(channel.Channel{
	Name:       "windows_exchange",
	Sources:    []event.LogSource{{Product: "windows", Service: "msexchange-management"}},
	Provenance: event.Translated,
	Open:       openExchange,
	Expect: func(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
		if !h.Asset.Kind.Is("exchange") {
			return channel.ExpectNone
		}
		return expectScripts(channel.ExpectedRecord{Source: event.LogSource{Product: "windows", Service: "msexchange-management"}}, func(text string) int {
			return countStatements(text, isLoggedCmdlet)
		})(h)
	},
})

func openExchange(h channel.Host) func(channel.Activity) []channel.Record {
	var scripts scriptTracker
	return func(a channel.Activity) []channel.Record {
		if !h.Asset.Kind.Is("exchange") {
			return nil
		}
		var all []channel.Record
		for _, script := range scripts.started(a) {
			for line := range strings.FieldsFuncSeq(script.text, func(r rune) bool { return r == '\n' || r == ';' }) {
				if r, ok := exchangeCmdlet(h, strings.TrimSpace(line)); ok {
					r.Seen, r.Provenance = script.seen, script.provenance
					all = append(all, r)
				}
			}
		}
		return all
	}
}

// exchangeNouns are what the cmdlets the log keeps are about. It keeps those
// that change something, not those that get.
var exchangeNouns = []string{"Mailbox", "OabVirtualDirectory", "OwaVirtualDirectory", "EcpVirtualDirectory", "ManagementRole", "TransportRule", "InboxRule"}

func exchangeCmdlet(h channel.Host, line string) (channel.Record, bool) {
	cmdlet, parameters, _ := strings.Cut(line, " ")
	verb, noun, ok := strings.Cut(cmdlet, "-")
	if !ok || verb == "Get" || !startsWithAny(noun, exchangeNouns) {
		return channel.Record{}, false
	}
	fields := eventHeader(h, 1, "MSExchange Management", "MSExchange CmdletLogs")
	// "suceeded" is Exchange's own spelling.
	fields["Message"] = fmt.Sprintf("Cmdlet suceeded. Cmdlet %s, parameters %s.", cmdlet, parameters)
	// The third is the account, which would make a statement of the whole field.
	fields["Data"] = []any{cmdlet, parameters, "-", "ManagementShell"}
	return channel.Record{Fields: fields}, true
}

func startsWithAny(text string, starts []string) bool {
	for _, start := range starts {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

// isLoggedCmdlet reports whether a statement is a cmdlet that the log keeps.
func isLoggedCmdlet(statement string) bool {
	name, _, _ := strings.Cut(statement, " ")
	verb, noun, isCmdlet := strings.Cut(name, "-")
	return isCmdlet && verb != "Get" && startsWithAny(noun, exchangeNouns)
}
