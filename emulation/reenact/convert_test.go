package reenact_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/lab/fake"
)

const (
	sysmon     = "Microsoft-Windows-Sysmon/Operational"
	powershell = "Microsoft-Windows-PowerShell/Operational"
	scheduler  = "Microsoft-Windows-TaskScheduler/Operational"
)

// recorded is an event as its channel would have recorded it; what the lab has
// to show again is in Data.
func recorded(channel string, id int, data map[string]string) reenact.RecordedEvent {
	return reenact.RecordedEvent{
		Channel: channel, Provider: "provider of " + channel, ID: id, Data: data,
		Sources: logevent.WindowsLogSources(channel, id),
	}
}

// by is the acting process of a Sysmon event, beside what else there is.
func by(data map[string]string) map[string]string {
	data["Image"], data["User"] = `C:\Users\ann\Downloads\tool.exe`, `LAB\ann`
	return data
}

func subject(data map[string]string) map[string]string {
	data["SubjectUserName"], data["SubjectDomainName"] = "ann", "LAB"
	return data
}

// Each kind of event that is re-enacted comes again, with the values recorded.
func TestEveryConvertedEventIsRecordedAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		recorded reenact.RecordedEvent
		// other are fields that cannot come again as they were.
		other []string
	}{
		{name: "a start", recorded: recorded(sysmon, 1, by(map[string]string{
			"CommandLine": `tool.exe  -x "a b" $(id)`, "CurrentDirectory": `C:\Users\ann\`, "IntegrityLevel": "Medium",
			"OriginalFileName": "Tool.Exe", "Description": "A tool: for tests", "Product": "-", "Company": "Nobody", "FileVersion": "1.2",
			"ParentImage": `\\files\tools\start.exe`, "ParentCommandLine": `start.exe /now`, "ParentUser": `LAB\bob`,
		}))},
		{name: "a file dated back", recorded: recorded(sysmon, 2, by(map[string]string{
			"TargetFilename": `C:\a\b.txt`, "CreationUtcTime": "2011-02-03 04:05:06.789",
		}))},
		{name: "a connection", recorded: recorded(sysmon, 3, by(map[string]string{"DestinationPort": "4444", "Protocol": "tcp", "Initiated": "true"}))},
		{name: "a connection to another host", recorded: recorded(sysmon, 3, by(map[string]string{
			"DestinationIp": "192.0.2.7", "DestinationHostname": "c2.example", "DestinationPort": "8443", "DestinationIsIpv6": "false",
			"SourceIp": "10.1.2.3", "SourceHostname": "wks7.example", "SourcePort": "51234", "SourceIsIpv6": "false", "Protocol": "tcp", "Initiated": "true",
		}))},
		{name: "one over IPv6, without a stream", recorded: recorded(sysmon, 3, by(map[string]string{
			"DestinationIp": "2001:db8::7", "DestinationHostname": "-", "DestinationPort": "53", "DestinationIsIpv6": "true", "DestinationPortName": "domain",
			"SourceIp": "2001:db8::1", "Protocol": "udp",
		}))},
		{name: "one to the host itself", recorded: recorded(sysmon, 3, by(map[string]string{"DestinationIp": "127.0.0.1", "DestinationPort": "80", "SourceIp": "127.0.0.1"}))},
		{name: "an end", recorded: recorded(sysmon, 5, by(map[string]string{}))},
		{name: "a driver", recorded: recorded(sysmon, 6, map[string]string{"ImageLoaded": `C:\Windows\System32\drivers\x.sys`, "Signed": "false"})},
		{name: "a library", recorded: recorded(sysmon, 7, by(map[string]string{
			"ImageLoaded": `C:\a\version.dll`, "OriginalFileName": "V.DLL", "Signed": "true", "Signature": "Somebody", "SignatureStatus": "Valid",
		}))},
		{name: "a process resumed", recorded: recorded(sysmon, 10, map[string]string{
			"SourceImage": `C:\Temp\a.exe`, "SourceUser": `LAB\ann`, "TargetImage": `C:\Windows\System32\b.exe`, "TargetUser": `NT AUTHORITY\SYSTEM`,
			"GrantedAccess": "0x800", "CallTrace": `C:\x\ntdll.dll+1a|C:\x\dbgcore.dll+2b|UNKNOWN(0000000000000000)`,
		}), other: []string{"CallTrace"}},
		{name: "a file", recorded: recorded(sysmon, 11, by(map[string]string{"TargetFilename": `C:\Users\ann\x;y&z.lnk`}))},
		{name: "a file on a share", recorded: recorded(sysmon, 11, by(map[string]string{"TargetFilename": `\\files\c$\x.exe`}))},
		{name: "a file by the kernel's own process", recorded: recorded(sysmon, 11, map[string]string{"Image": "System", "TargetFilename": `C:\x.exe`})},
		{name: "a key made", recorded: recorded(sysmon, 12, by(map[string]string{"EventType": "CreateKey", "TargetObject": `HKU\S-1-5-21-1\a\b`}))},
		{name: "a key deleted", recorded: recorded(sysmon, 12, by(map[string]string{"EventType": "DeleteKey", "TargetObject": `HKLM\System\a\{b}`}))},
		{name: "a value deleted", recorded: recorded(sysmon, 12, by(map[string]string{"EventType": "DeleteValue", "TargetObject": `HKCR\x\y`}))},
		{name: "a text set", recorded: recorded(sysmon, 13, by(map[string]string{"EventType": "SetValue", "TargetObject": `HKLM\SOFTWARE\a\b/c`, "Details": `%TEMP%\x.exe -a`}))},
		{name: "a number set", recorded: recorded(sysmon, 13, by(map[string]string{"TargetObject": `HKLM\SOFTWARE\a\b`, "Details": "DWORD (0x0000002a)"}))},
		{name: "a long number set", recorded: recorded(sysmon, 13, by(map[string]string{"TargetObject": `HKLM\SOFTWARE\a\b`, "Details": "QWORD (0x00000001-0x0000002a)"}))},
		{name: "bytes set", recorded: recorded(sysmon, 13, by(map[string]string{"TargetObject": `HKLM\SOFTWARE\a\(Default)`, "Details": "Binary Data"}))},
		{name: "nothing set", recorded: recorded(sysmon, 13, by(map[string]string{"TargetObject": `\REGISTRY\A\{1}\Root\b`, "Details": "(Empty)"}))},
		{name: "a key renamed", recorded: recorded(sysmon, 14, by(map[string]string{"TargetObject": `HKLM\SOFTWARE\a`, "NewName": `HKLM\SOFTWARE\b`}))},
		{name: "a stream", recorded: recorded(sysmon, 15, by(map[string]string{"TargetFilename": `C:\a\b.iso:Zone.Identifier`}))},
		{name: "a pipe made", recorded: recorded(sysmon, 17, by(map[string]string{"EventType": "CreatePipe", "PipeName": `\a\b.42`}))},
		{name: "a pipe without a name", recorded: recorded(sysmon, 17, by(map[string]string{"PipeName": "<Anonymous Pipe>"}))},
		{name: "a pipe opened", recorded: recorded(sysmon, 18, by(map[string]string{"EventType": "ConnectPipe", "PipeName": `\lsass`}))},
		{name: "a filter", recorded: recorded(sysmon, 19, map[string]string{"Name": `"f"`, "Query": `"SELECT *"`, "User": `LAB\ann`, "Operation": "Created"})},
		{name: "a consumer", recorded: recorded(sysmon, 20, map[string]string{"Name": `"c"`, "Type": "Command Line", "Destination": `"x.exe"`})},
		{name: "a binding", recorded: recorded(sysmon, 21, map[string]string{"Consumer": `"c"`, "Filter": `"f"`})},
		{name: "a name asked for", recorded: recorded(sysmon, 22, by(map[string]string{"QueryName": "a-b.example.org"}))},
		{name: "a file deleted", recorded: recorded(sysmon, 23, by(map[string]string{"TargetFilename": `C:\a\b.log`})), other: []string{"EventID"}},
		{name: "a program made", recorded: recorded(sysmon, 29, by(map[string]string{"TargetFilename": `C:\a\b.exe`}))},
		{name: "a file by a process that has ended", recorded: recorded(sysmon, 11, map[string]string{"Image": "<unknown process>", "TargetFilename": `C:\a`})},
		{name: "what Sysmon says of itself", recorded: recorded(sysmon, 255, map[string]string{"ID": "x", "Description": "Failed"})},
		{name: "an audited start", recorded: recorded("Security", 4688, subject(map[string]string{
			"NewProcessName": `C:\a\b.exe`, "CommandLine": "b.exe -x", "ParentProcessName": `C:\c.exe`, "MandatoryLabel": "S-1-16-12288",
		})), other: []string{"SubjectUserName", "SubjectDomainName"}},
		{name: "an audited value", recorded: recorded("Security", 4657, subject(map[string]string{
			"ObjectName": `\REGISTRY\MACHINE\SOFTWARE\a`, "ObjectValueName": "b", "NewValue": "c", "NewValueType": "%%1873", "ProcessName": `C:\b.exe`,
		}))},
		{name: "an audited file", recorded: recorded("Security", 4663, subject(map[string]string{
			"ObjectType": "File", "ObjectName": `C:\a\b`, "AccessMask": "0x2", "ProcessName": `C:\b.exe`,
		}))},
		{name: "an audited key", recorded: recorded("Security", 4663, subject(map[string]string{
			"ObjectType": "Key", "ObjectName": `\REGISTRY\MACHINE\SYSTEM\a`, "AccessMask": "0x2", "ProcessName": `C:\b.exe`,
		}))},
		{name: "a service, audited", recorded: recorded("Security", 4697, subject(map[string]string{
			"ServiceName": "svc", "ServiceFileName": `C:\a.exe -k`, "ServiceType": "0x10", "ServiceStartType": "2", "ServiceAccount": "LocalSystem",
		}))},
		{name: "a task made", recorded: recorded("Security", 4698, subject(map[string]string{"TaskName": `\a\b`}))},
		{name: "a task deleted", recorded: recorded("Security", 4699, subject(map[string]string{"TaskName": `\a`}))},
		{name: "a task disabled", recorded: recorded("Security", 4701, subject(map[string]string{"TaskName": `\a`, "TaskContent": "<Task><Settings><Enabled>false</Enabled></Settings></Task>"})), other: []string{"TaskContent"}},
		{name: "a task changed", recorded: recorded("Security", 4702, subject(map[string]string{"TaskName": `\a`, "TaskContentNew": "<Task/>\n"})), other: []string{"TaskContentNew"}},
		{name: "a task disabled whose definition does not say so", recorded: recorded("Security", 4701, subject(map[string]string{"TaskName": `\a`}))},
		{name: "a task enabled by leaving out that it is not", recorded: recorded("Security", 4700, subject(map[string]string{"TaskName": `\a`, "TaskContent": "<Task><Settings><Hidden>true</Hidden></Settings></Task>"})), other: []string{"TaskContent"}},
		{name: "a start by the system's own account, in German", recorded: recorded(sysmon, 1, map[string]string{
			"Image": `C:\x.exe`, "User": `NT-AUTORITÄT\SYSTEM`, "LogonId": "0x3e7", "IntegrityLevel": "System",
		})},
		{name: "how grave a program calls what it says", recorded: reenact.RecordedEvent{
			Channel: "Application", Provider: "MSMQ", ID: 2027, Level: "2", Data: map[string]string{"Level": "2"}, Sources: logevent.WindowsLogSources("Application", 2027),
		}},
		{name: "an account made", recorded: recorded("Security", 4720, subject(map[string]string{
			"TargetUserName": "new$", "TargetDomainName": "LAB", "SamAccountName": "new$", "PrivilegeList": "-",
		}))},
		{name: "a member of a group", recorded: recorded("Security", 4732, subject(map[string]string{"MemberName": "-", "TargetUserName": "Administrators", "TargetSid": "S-1-5-32-544"}))},
		{name: "an object changed", recorded: recorded("Security", 5136, subject(map[string]string{
			"ObjectDN": "CN=x,DC=lab", "ObjectClass": "user", "AttributeLDAPDisplayName": "servicePrincipalName", "AttributeValue": "a/b", "OperationType": "%%14674",
		}))},
		{name: "a share entered", recorded: recorded("Security", 5140, subject(map[string]string{"ShareName": `\\*\ADMIN$`, "ObjectType": "File"}))},
		{name: "a pipe of this host, opened from another", recorded: recorded("Security", 5145, subject(map[string]string{"ShareName": `\\*\IPC$`, "RelativeTargetName": "atsvc"}))},
		{name: "Security cleared", recorded: recorded("Security", 1102, subject(map[string]string{}))},
		{name: "another log cleared", recorded: recorded("System", 104, subject(map[string]string{"Channel": "Windows PowerShell"}))},
		{name: "a service that starts at boot", recorded: recorded("System", 7045, map[string]string{
			"ServiceName": `a "b" c`, "ImagePath": `\SystemRoot\x.sys`, "ServiceType": "kernel mode driver", "StartType": "boot start", "AccountName": "LocalSystem",
		})},
		{name: "what the service control manager says", recorded: recorded("System", 7036, map[string]string{"param1": "a", "param2": "stopped"})},
		{name: "a task in the scheduler's own log", recorded: recorded(scheduler, 106, map[string]string{"TaskName": `\a`, "UserContext": `LAB\ann`})},
		{name: "a task disabled, in its own log", recorded: recorded(scheduler, 142, map[string]string{"TaskName": `\a`, "UserName": "System"})},
		{name: "a script", recorded: recorded(powershell, 4104, map[string]string{"ScriptBlockText": "iex \"$(id)\"\n`whoami`", "Path": `C:\x.ps1`})},
		{name: "a classic start", recorded: recorded("Windows PowerShell", 400, map[string]string{"Data": "[Available, None, HostVersion=2.0]"})},
		{name: "what another program says", recorded: recorded("Application", 1033, map[string]string{"Data": "a product"})},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := performed(t, test.recorded)
			made, ok := p.Counterpart(0)
			require.True(t, ok, "no event of its kind among %v", p.Records[0].Events)
			assert.NotEqual(t, event.Declared, made.Provenance)
			for name, value := range test.recorded.Data {
				if !contains(test.other, name) {
					assert.Equal(t, value, reenact.Text(made.Fields[name]), name)
				}
			}
		})
	}
}

func contains(all []string, wanted string) bool {
	for _, name := range all {
		if name == wanted {
			return true
		}
	}
	return false
}

// performed has one recorded event performed in memory, with all that goes with
// it: proof and undo.
func performed(t *testing.T, e reenact.RecordedEvent) reenact.Execution {
	t.Helper()
	day := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	now := func() time.Time { return day }
	replay := reenact.Convert(reenact.Recording{Dir: "own", Name: "own", Count: 1, Events: []reenact.RecordedEvent{e}}, target())
	require.Empty(t, replay.Limit())
	replayer := reenact.Replayer{Runner: inRunner(fake.Lab{Now: now, ClaimObserved: true}), Run: "run", On: target().Host, Assets: 1}
	all, err := replayer.ReplayAll(t.Context(), []reenact.Replay{replay})
	require.NoError(t, err)
	require.Empty(t, all[0].Records[0].Outcome.StandInErrors)
	require.NotEmpty(t, all[0].Records[0].Outcome.Proofs)
	for _, proof := range all[0].Records[0].Outcome.Proofs {
		require.True(t, proof.Proven(), "%+v", proof)
	}
	return all[0]
}

// What the lab cannot do is said, and is not re-enacted.
func TestAnEventThatCannotBeReproducedHasItsReason(t *testing.T) {
	t.Parallel()
	for _, e := range []reenact.RecordedEvent{
		recorded(sysmon, 3, by(map[string]string{"DestinationPort": "7070", "Initiated": "false"})),
		recorded(sysmon, 8, by(map[string]string{})),
		recorded(sysmon, 9, by(map[string]string{})),
		recorded(sysmon, 25, by(map[string]string{})),
		recorded(sysmon, 28, by(map[string]string{})),
		recorded("Security", 4624, subject(map[string]string{})),
		recorded("Security", 4648, subject(map[string]string{})),
		recorded("Security", 4662, subject(map[string]string{})),
		recorded("Security", 4663, subject(map[string]string{"ObjectType": "File", "AccessMask": "0x1", "ObjectName": `C:\a`, "ProcessName": `C:\b`})),
	} {
		replay := reenact.Convert(reenact.Recording{Name: "own", Events: []reenact.RecordedEvent{e}}, target())
		assert.Contains(t, replay.Limit(), "not reproducible", "%s %d", e.Channel, e.ID)
		assert.Empty(t, replay.Steps[0].Plan.Processes)
	}
}
