package windows

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Logons and their end in Security (4776, 4624, 4672, 4634), from the host's
// table of sessions. No account exists that could log on: the records are
// declared, and no verdict that something fired may rest on one.
var _ = channels.Register(channel.Channel{
	Name:       "windows_logon",
	Sources:    []event.LogSource{securitySource},
	Provenance: event.Declared,
	Open:       openLogon,
	Expect:     expectSessions,
})

func openLogon(h channel.Host) func(channel.Activity) []channel.Record {
	reported := len(strings.Split(string(h.Asset.Content(artifact.SessionsFile)), "\n")) - 1
	return func(a channel.Activity) []channel.Record {
		if a.Kind != event.Content || a.PlatformPath != artifact.SessionsFile {
			return nil
		}
		lines := strings.Split(strings.TrimSuffix(string(a.Observation.Content), "\n"), "\n")
		var all []channel.Record
		for _, line := range lines[min(reported, len(lines)):] {
			all = append(all, logonRecords(h, line)...)
		}
		reported = len(lines)
		return all
	}
}

// logonKinds are the fields that a logon's type decides (Microsoft, "4624(S): An
// account was successfully logged on").
var logonKinds = map[string]struct{ process, authentication, program string }{
	"3":  {"NtLmSsp ", "NTLM", "-"},
	"8":  {"Advapi  ", "Negotiate", artifact.System32 + `inetsrv\w3wp.exe`},
	"10": {"User32 ", "Negotiate", artifact.System32 + "svchost.exe"},
}

// logonRecords answers one line of the table. A controller checks the
// credentials of a network logon itself; an administrator's logon is reported
// with its privileges.
func logonRecords(h channel.Host, line string) []channel.Record {
	session, ok := artifact.DecodeLogonSession(line)
	switch {
	case !ok:
		return nil
	case session.Ended:
		return []channel.Record{{Fields: addTargetFields(eventHeader(h, 4634, "Security", securityProvider), session.Account, session.Type)}}
	}
	kind, account, address, workstation := session.Type, session.Account, session.Address, session.Workstation
	var all []channel.Record
	if kind == "3" && h.Asset.Kind.Is("domain_controller") {
		fields := eventHeader(h, 4776, "Security", securityProvider)
		fields["PackageName"], fields["Status"] = "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0", "0x0"
		fields["TargetUserName"], fields["Workstation"] = account, workstation
		all = append(all, channel.Record{Fields: fields})
	}
	fields := addTargetFields(eventHeader(h, 4624, "Security", securityProvider), account, kind)
	details := logonKinds[kind]
	fields["SubjectUserName"], fields["SubjectDomainName"] = "-", "-"
	fields["LogonProcessName"], fields["AuthenticationPackageName"], fields["ProcessName"] = details.process, details.authentication, details.program
	fields["WorkstationName"], fields["IpAddress"], fields["IpPort"] = workstation, address, "50411"
	fields["ImpersonationLevel"], fields["ElevatedToken"] = "%%1833", "%%1842"
	all = append(all, channel.Record{Fields: fields})
	if asset.WindowsNetBIOS+`\`+account == h.Asset.Kind.Accounts["admin"] {
		privileged := addSubjectFields(eventHeader(h, 4672, "Security", securityProvider), &channel.Process{User: h.Asset.Kind.Accounts["admin"]})
		privileged["PrivilegeList"] = "SeSecurityPrivilege SeBackupPrivilege SeRestorePrivilege SeTakeOwnershipPrivilege SeDebugPrivilege"
		all = append(all, channel.Record{Fields: privileged})
	}
	return all
}

const securityProvider = "Microsoft-Windows-Security-Auditing"

// addTargetFields adds the fields of the account that logged on.
func addTargetFields(into map[string]any, account, kind string) map[string]any {
	user := asset.WindowsNetBIOS + `\` + account
	into["TargetUserSid"], into["TargetLogonId"] = asset.WindowsSID(user), logonID(user)
	into["TargetUserName"], into["TargetDomainName"], into["LogonType"] = account, asset.WindowsNetBIOS, kind
	return into
}

// expectSessions declares a record of each line that is added to the table.
func expectSessions(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	table := channel.GrowingFile{Path: artifact.SessionsFile, Content: h.Asset.Content(artifact.SessionsFile)}
	return func(a channel.Activity) []channel.ExpectedRecord {
		var all []channel.ExpectedRecord
		for _, line := range table.Added(a, func(*channel.Process) bool { return true }) {
			session, ok := artifact.DecodeLogonSession(string(line))
			switch {
			case !ok:
				continue
			case session.Ended:
				all = append(all, channel.ExpectEventID(securitySource, 4634))
				continue
			}
			all = append(all, channel.ExpectEventID(securitySource, 4624))
			if h.Asset.Kind.Is("domain_controller") && session.Type == "3" {
				all = append(all, channel.ExpectEventID(securitySource, 4776))
			}
			if _, admin, _ := strings.Cut(h.Asset.Kind.Accounts["admin"], `\`); session.Account == admin {
				all = append(all, channel.ExpectEventID(securitySource, 4672))
			}
		}
		return all
	}
}
