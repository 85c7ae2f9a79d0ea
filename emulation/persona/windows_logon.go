package persona

import (
	"bytes"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Logons and their end in Security (4776, 4624, 4672, 4634), from the host's
// table of sessions. No account exists that could log on: the records are
// declared, and no verdict that something fired may rest on one.
var _ = register(channel{
	name:       "windows_logon",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity},
	provenance: event.Declared,
	open:       openWindowsLogon,
	must:       mustTellSessions,
})

func openWindowsLogon(h host) func(moment) []record {
	told := len(strings.Split(string(furnished(h.place, asset.WindowsSessions)), "\n")) - 1
	return func(m moment) []record {
		if m.Kind != event.Content || m.path != asset.WindowsSessions {
			return nil
		}
		lines := strings.Split(strings.TrimSuffix(string(m.Observation.Content), "\n"), "\n")
		var all []record
		for _, line := range lines[min(told, len(lines)):] {
			all = append(all, logonRecords(h, line)...)
		}
		told = len(lines)
		return all
	}
}

// logonKinds are the fields that a logon's type decides (Microsoft, "4624(S): An
// account was successfully logged on").
var logonKinds = map[string]struct{ process, authentication, program string }{
	"3":  {"NtLmSsp ", "NTLM", "-"},
	"8":  {"Advapi  ", "Negotiate", system32Folder + `inetsrv\w3wp.exe`},
	"10": {"User32 ", "Negotiate", system32Folder + "svchost.exe"},
}

const system32Folder = `C:\Windows\System32\`

// logonRecords answers one line of the table. A controller checks the
// credentials of a network logon itself; an administrator's logon is told of
// with its privileges.
func logonRecords(h host, line string) []record {
	words := strings.Split(line, ":")
	switch {
	case words[0] == "logoff" && len(words) == 3:
		return []record{{fields: target(windowsHead(h, 4634, "Security", securityProvider), words[2], words[1])}}
	case words[0] != "logon" || len(words) != 5:
		return nil
	}
	kind, account, address, workstation := words[1], words[2], words[3], words[4]
	var all []record
	if kind == "3" && h.place.Kind.Name == "domain_controller" {
		fields := windowsHead(h, 4776, "Security", securityProvider)
		fields["PackageName"], fields["Status"] = "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0", "0x0"
		fields["TargetUserName"], fields["Workstation"] = account, workstation
		all = append(all, record{fields: fields})
	}
	fields := target(windowsHead(h, 4624, "Security", securityProvider), account, kind)
	how := logonKinds[kind]
	fields["SubjectUserName"], fields["SubjectDomainName"] = "-", "-"
	fields["LogonProcessName"], fields["AuthenticationPackageName"], fields["ProcessName"] = how.process, how.authentication, how.program
	fields["WorkstationName"], fields["IpAddress"], fields["IpPort"] = workstation, address, "50411"
	fields["ImpersonationLevel"], fields["ElevatedToken"] = "%%1833", "%%1842"
	all = append(all, record{fields: fields})
	if asset.WindowsNetBIOS+`\`+account == h.place.Kind.Accounts["admin"] {
		privileged := subject(windowsHead(h, 4672, "Security", securityProvider), &process{user: h.place.Kind.Accounts["admin"]})
		privileged["PrivilegeList"] = "SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeTakeOwnershipPrivilege SeDebugPrivilege"
		all = append(all, record{fields: privileged})
	}
	return all
}

const securityProvider = "Microsoft-Windows-Security-Auditing"

// target is whose logon a record tells of.
func target(into map[string]any, account, kind string) map[string]any {
	user := asset.WindowsNetBIOS + `\` + account
	into["TargetUserSid"], into["TargetLogonId"] = asset.WindowsSID(user), windowsLogon(user)
	into["TargetUserName"], into["TargetDomainName"], into["LogonType"] = account, asset.WindowsNetBIOS, kind
	return into
}

// mustTellSessions declares a record of each line that is added to the table.
func mustTellSessions(h host) func(moment) []due {
	table := growth{file: asset.WindowsSessions, held: furnished(h.place, asset.WindowsSessions)}
	return func(m moment) []due {
		var all []due
		for _, line := range table.added(m, func(*process) bool { return true }) {
			if bytes.HasPrefix(line, []byte("logoff:")) {
				all = append(all, dueID(windowsSecurity, 4634))
				continue
			}
			all = append(all, dueID(windowsSecurity, 4624))
			if h.place.Kind.Name == "domain_controller" && bytes.HasPrefix(line, []byte("logon:3:")) {
				all = append(all, dueID(windowsSecurity, 4776))
			}
			if _, admin, _ := strings.Cut(h.place.Kind.Accounts["admin"], `\`); bytes.Contains(line, []byte(":"+admin+":")) {
				all = append(all, dueID(windowsSecurity, 4672))
			}
		}
		return all
	}
}
