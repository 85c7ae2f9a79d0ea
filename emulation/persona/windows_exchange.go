package persona

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// The log that an Exchange server keeps of administrative cmdlets. Its one
// event is read by its text: Message has a blank before the first argument,
// Data has not, and SigmaHQ's rules differ in what they need.
var _ = register(channel{
	name:       "windows_exchange",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Product: "windows", Service: "msexchange-management"}},
	provenance: event.Translated,
	open:       openWindowsExchange,
	must: func(h host) func(moment) []due {
		if h.place.Kind.Name != "exchange" {
			return never
		}
		return mustTellScripts(due{source: event.LogSource{Product: "windows", Service: "msexchange-management"}}, func(text string) int {
			return countStatements(text, changesExchange)
		})(h)
	},
})

func openWindowsExchange(h host) func(moment) []record {
	var scripts windowsScripts
	return func(m moment) []record {
		if h.place.Kind.Name != "exchange" {
			return nil
		}
		var all []record
		for _, one := range scripts.given(m) {
			for line := range strings.FieldsFuncSeq(one.text, func(r rune) bool { return r == '\n' || r == ';' }) {
				if r, ok := exchangeCmdlet(h, strings.TrimSpace(line)); ok {
					r.seen, r.provenance = one.seen, one.known
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

func exchangeCmdlet(h host, line string) (record, bool) {
	cmdlet, parameters, _ := strings.Cut(line, " ")
	verb, noun, ok := strings.Cut(cmdlet, "-")
	if !ok || verb == "Get" || !startsWithAny(noun, exchangeNouns) {
		return record{}, false
	}
	fields := windowsHead(h, 1, "MSExchange Management", "MSExchange CmdletLogs")
	// "suceeded" is Exchange's own spelling.
	fields["Message"] = fmt.Sprintf("Cmdlet suceeded. Cmdlet %s, parameters %s.", cmdlet, parameters)
	// The third is the account, which would make a statement of the whole field.
	fields["Data"] = []any{cmdlet, parameters, "-", "ManagementShell"}
	return record{fields: fields}, true
}

func startsWithAny(text string, starts []string) bool {
	for _, start := range starts {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

// changesExchange reports whether a statement is a cmdlet that the log keeps.
func changesExchange(statement string) bool {
	name, _, _ := strings.Cut(statement, " ")
	verb, noun, isCmdlet := strings.Cut(name, "-")
	return isCmdlet && verb != "Get" && startsWithAny(noun, exchangeNouns)
}
