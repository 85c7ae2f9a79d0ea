package windows

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// PowerShell's event 4103, which module logging writes for each cmdlet of a
// script that a stand-in was given. The host's and runspace's numbers in
// ContextInfo are left out: nothing here has them. So is the account, which would
// make a statement of the whole field. SigmaHQ's rules read the cmdlet in Payload
// and the host application in ContextInfo.
var _ = channels.Register(channel.Channel{
	Name:       "windows_powershell_module",
	Sources:    []event.LogSource{{Category: "ps_module", Product: "windows", Service: "powershell"}},
	Provenance: event.Translated,
	Open:       openPowerShellModule,
	Expect: expectScripts(channel.ExpectEventID(event.LogSource{Category: "ps_module", Product: "windows", Service: "powershell"}, 4103), func(text string) int {
		return countStatements(text, func(statement string) bool { return cmdlet().MatchString(statement) })
	}),
})

func openPowerShellModule(h channel.Host) func(channel.Activity) []channel.Record {
	var scripts scriptTracker
	return func(a channel.Activity) []channel.Record {
		var all []channel.Record
		for _, script := range scripts.started(a) {
			for statement := range strings.FieldsFuncSeq(script.text, func(r rune) bool { return r == '\n' || r == ';' }) {
				if invoked := cmdlet().FindStringSubmatch(strings.TrimSpace(statement)); invoked != nil {
					all = append(all, channel.Record{Fields: moduleRecord(h, a, script.path, invoked[1], invoked[2]), Seen: script.seen, Provenance: script.provenance})
				}
			}
		}
		return all
	}
}

// cmdlet is a statement that begins with one: its name, and its parameters.
var cmdlet = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([A-Z][A-Za-z]+-[A-Z][A-Za-z]+)(?:\s+(.*))?$`) })

func moduleRecord(h channel.Host, a channel.Activity, script, name, parameters string) map[string]any {
	fields := eventHeader(h, 4103, "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell")
	fields["ContextInfo"] = fmt.Sprintf("Severity = Informational Host Name = ConsoleHost Host Version = 5.1.17763.1 Host Application = %s "+
		"Engine Version = 5.1.17763.1 Command Name = %s Script Name = %s", a.Actor.CommandLine, name, script)
	payload := fmt.Sprintf("CommandInvocation(%s): %q", name, name)
	words := splitArguments("x " + parameters)[1:]
	for i := 0; i < len(words); i++ {
		if parameter, named := strings.CutPrefix(words[i], "-"); named && i+1 < len(words) {
			payload += fmt.Sprintf(` ParameterBinding(%s): name="%s"; value="%s"`, name, parameter, words[i+1])
			i++
		}
	}
	fields["Payload"] = payload
	return fields
}
