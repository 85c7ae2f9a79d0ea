package persona

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// PowerShell's event 4103, which module logging writes for each cmdlet of a
// script that a stand-in was given. The host's and runspace's numbers in
// ContextInfo are left out: nothing here has them. So is the account, which would
// make a statement of the whole field. SigmaHQ's rules read the cmdlet in Payload
// and the host application in ContextInfo.
var _ = register(channel{
	name:       "windows_powershell_module",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "ps_module", Product: "windows", Service: "powershell"}},
	provenance: event.Translated,
	open:       openWindowsPowerShellModule,
	must: mustTellScripts(dueID(event.LogSource{Category: "ps_module", Product: "windows", Service: "powershell"}, 4103), func(text string) int {
		return countStatements(text, func(statement string) bool { return cmdlet().MatchString(statement) })
	}),
})

func openWindowsPowerShellModule(h host) func(moment) []record {
	var scripts windowsScripts
	return func(m moment) []record {
		var all []record
		for _, one := range scripts.given(m) {
			for statement := range strings.FieldsFuncSeq(one.text, func(r rune) bool { return r == '\n' || r == ';' }) {
				if invoked := cmdlet().FindStringSubmatch(strings.TrimSpace(statement)); invoked != nil {
					all = append(all, record{fields: moduleRecord(h, m, one.path, invoked[1], invoked[2]), seen: one.seen, provenance: one.known})
				}
			}
		}
		return all
	}
}

// cmdlet is a statement that begins with one: its name, and its parameters.
var cmdlet = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([A-Z][A-Za-z]+-[A-Z][A-Za-z]+)(?:\s+(.*))?$`) })

func moduleRecord(h host, m moment, script, name, parameters string) map[string]any {
	fields := windowsHead(h, 4103, "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell")
	fields["ContextInfo"] = fmt.Sprintf("Severity = Informational Host Name = ConsoleHost Host Version = 5.1.17763.1 Host Application = %s "+
		"Engine Version = 5.1.17763.1 Command Name = %s Script Name = %s", m.by.command, name, script)
	payload := fmt.Sprintf("CommandInvocation(%s): %q", name, name)
	words := windowsArguments("x " + parameters)[1:]
	for i := 0; i < len(words); i++ {
		if parameter, named := strings.CutPrefix(words[i], "-"); named && i+1 < len(words) {
			payload += fmt.Sprintf(` ParameterBinding(%s): name="%s"; value="%s"`, name, parameter, words[i+1])
			i++
		}
	}
	fields["Payload"] = payload
	return fields
}
