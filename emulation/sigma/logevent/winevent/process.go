package winevent

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// sysmonNames are how Sysmon calls what the Security log reports in 4688.
var sysmonNames = [...]struct{ security, sysmon string }{
	{"NewProcessName", "Image"},
	{"ParentProcessName", "ParentImage"},
	{"ProcessCommandLine", "CommandLine"},
	{"SubjectLogonId", "LogonId"},
}

// integrityLevel names a mandatory label's SID as Sysmon does.
func integrityLevel(sid string) string {
	switch sid {
	case "S-1-16-0":
		return "Untrusted"
	case "S-1-16-4096":
		return "Low"
	case "S-1-16-8192", "S-1-16-8448":
		return "Medium"
	case "S-1-16-12288":
		return "High"
	case "S-1-16-16384":
		return "System"
	}
	return ""
}

// addProcessCreation says in Sysmon's names what the Security log reports as 4688.
func (p *Parts) addProcessCreation(sources []logevent.LogSource, id int) {
	if id != 4688 || len(sources) == 0 || sources[0].Service != "security" {
		return
	}
	add := func(name string, v any) {
		if _, taken := p.fields[name]; !taken && v != nil {
			p.fields[name] = v
		}
	}
	for _, n := range sysmonNames {
		add(n.sysmon, p.fields[n.security])
	}
	if level := integrityLevel(text(p.fields["MandatoryLabel"])); level != "" {
		add("IntegrityLevel", level)
	}
	if user := text(p.fields["SubjectUserName"]); user != "" {
		add("User", text(p.fields["SubjectDomainName"])+`\`+user)
	}
}

// The ids that only the Security log uses.
func isSecurityID(id int) bool { return id >= 4608 && id <= 4999 || id >= 5136 && id <= 5159 }

// channels are those of providers whose name does not tell it.
var channels = map[string]string{
	"microsoft-windows-security-auditing": "Security",
	"service control manager":             "System",
	"microsoft-windows-kernel-general":    "System",
	"powershell":                          "Windows PowerShell",
	"microsoft-windows-windows defender":  "Microsoft-Windows-Windows Defender/Operational",
	"linux-sysmon":                        "Linux-Sysmon/Operational",
	"esent":                               "Application",
	"msiinstaller":                        "Application",
	"application error":                   "Application",
	"windows error reporting":             "Application",
}

// sources are those of the channel, or where none is told of the provider's only one.
func (p *Parts) sources(channel string, id int) []logevent.LogSource {
	if channel == "" {
		provider := text(p.fields["Provider_Name"])
		channel = channels[strings.ToLower(provider)]
		if channel == "" && provider != "" {
			channel = provider + "/Operational"
		}
		if channel == "" && isSecurityID(id) {
			channel = "Security"
		}
	}
	return logevent.WindowsLogSources(channel, id)
}
