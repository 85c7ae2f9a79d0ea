package telemetry

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
var _ = register(Channel{
	Name:       "windows_logon",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{windowsSecurity},
	Provenance: event.Declared,
	Open:       openWindowsLogon,
	Expect:     expectSessions,
})

func openWindowsLogon(h Host) func(Activity) []Record {
	told := len(strings.Split(string(ProvisionedContent(h.Asset, asset.WindowsSessions)), "\n")) - 1
	return func(a Activity) []Record {
		if a.Kind != event.Content || a.PlatformPath != asset.WindowsSessions {
			return nil
		}
		lines := strings.Split(strings.TrimSuffix(string(a.Observation.Content), "\n"), "\n")
		var all []Record
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
func logonRecords(h Host, line string) []Record {
	words := strings.Split(line, ":")
	switch {
	case words[0] == "logoff" && len(words) == 3:
		return []Record{{Fields: addTargetFields(eventHeader(h, 4634, "Security", securityProvider), words[2], words[1])}}
	case words[0] != "logon" || len(words) != 5:
		return nil
	}
	kind, account, address, workstation := words[1], words[2], words[3], words[4]
	var all []Record
	if kind == "3" && h.Asset.Kind.Name == "domain_controller" {
		fields := eventHeader(h, 4776, "Security", securityProvider)
		fields["PackageName"], fields["Status"] = "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0", "0x0"
		fields["TargetUserName"], fields["Workstation"] = account, workstation
		all = append(all, Record{Fields: fields})
	}
	fields := addTargetFields(eventHeader(h, 4624, "Security", securityProvider), account, kind)
	how := logonKinds[kind]
	fields["SubjectUserName"], fields["SubjectDomainName"] = "-", "-"
	fields["LogonProcessName"], fields["AuthenticationPackageName"], fields["ProcessName"] = how.process, how.authentication, how.program
	fields["WorkstationName"], fields["IpAddress"], fields["IpPort"] = workstation, address, "50411"
	fields["ImpersonationLevel"], fields["ElevatedToken"] = "%%1833", "%%1842"
	all = append(all, Record{Fields: fields})
	if asset.WindowsNetBIOS+`\`+account == h.Asset.Kind.Accounts["admin"] {
		privileged := addSubjectFields(eventHeader(h, 4672, "Security", securityProvider), &Process{User: h.Asset.Kind.Accounts["admin"]})
		privileged["PrivilegeList"] = "SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeTakeOwnershipPrivilege SeDebugPrivilege"
		all = append(all, Record{Fields: privileged})
	}
	return all
}

const securityProvider = "Microsoft-Windows-Security-Auditing"

// addTargetFields is whose logon a record tells of.
func addTargetFields(into map[string]any, account, kind string) map[string]any {
	user := asset.WindowsNetBIOS + `\` + account
	into["TargetUserSid"], into["TargetLogonId"] = asset.WindowsSID(user), windowsLogonID(user)
	into["TargetUserName"], into["TargetDomainName"], into["LogonType"] = account, asset.WindowsNetBIOS, kind
	return into
}

// expectSessions declares a record of each line that is added to the table.
func expectSessions(h Host) func(Activity) []ExpectedRecord {
	table := GrowingFile{Path: asset.WindowsSessions, Content: ProvisionedContent(h.Asset, asset.WindowsSessions)}
	return func(a Activity) []ExpectedRecord {
		var all []ExpectedRecord
		for _, line := range table.Added(a, func(*Process) bool { return true }) {
			if bytes.HasPrefix(line, []byte("logoff:")) {
				all = append(all, ExpectEventID(windowsSecurity, 4634))
				continue
			}
			all = append(all, ExpectEventID(windowsSecurity, 4624))
			if h.Asset.Kind.Name == "domain_controller" && bytes.HasPrefix(line, []byte("logon:3:")) {
				all = append(all, ExpectEventID(windowsSecurity, 4776))
			}
			if _, admin, _ := strings.Cut(h.Asset.Kind.Accounts["admin"], `\`); bytes.Contains(line, []byte(":"+admin+":")) {
				all = append(all, ExpectEventID(windowsSecurity, 4672))
			}
		}
		return all
	}
}
