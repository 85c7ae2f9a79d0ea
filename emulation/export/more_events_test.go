package export_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
)

// moreRecords are events that the library leaves none of, with the fields that
// their logs write.
func moreRecords() []export.Record {
	const (
		cmd  = `C:\Windows\System32\cmd.exe`
		guid = "AC15E118-DB80-6B0B-0000-000000000001"
	)
	type fields = map[string]any
	acting := func(id int, more fields) fields {
		all := fields{
			"Channel": "Microsoft-Windows-Sysmon/Operational", "Provider_Name": "Microsoft-Windows-Sysmon", "EventID": id,
			"Computer": "OPS03.carrier.example", "RuleName": "-", "UtcTime": "2026-11-29 08:00:00.000", "ProcessGuid": guid, "ProcessId": 1001,
			"Image": cmd, "User": `CARRIER\ops02`,
		}
		for name, v := range more {
			all[name] = v
		}
		return all
	}
	security := func(id int, more fields) fields {
		all := fields{
			"Channel": "Security", "Provider_Name": "Microsoft-Windows-Security-Auditing", "EventID": id, "Computer": "OPS03.carrier.example",
			"SubjectUserSid": "S-1-5-18", "SubjectUserName": "SYSTEM", "SubjectDomainName": "NT AUTHORITY", "SubjectLogonId": "0x3e7",
		}
		for name, v := range more {
			all[name] = v
		}
		return all
	}
	target := fields{"TargetUserName": "ops01", "TargetDomainName": "CARRIER", "TargetSid": "S-1-5-21-1-2-3-1105"}
	hashes := "MD5=26C4D1C7B4C4545A74A4343F51E55CAE,SHA256=2121F37380A3257425F523AD5DC774CAD9E8064A3BAC4B1D00AB000000000000,IMPHASH=0"
	windows := func(service, category string, f fields) export.Record {
		return export.Record{
			Event: event.Event{Sources: []event.LogSource{{Product: "windows", Service: service, Category: category}}, Fields: f},
			Host:  export.Host{Name: "OPS03", Platform: effect.Windows, Kind: "workstation"},
		}
	}
	linux := func(service, category string, f fields) export.Record {
		return export.Record{
			Event: event.Event{Sources: []event.LogSource{{Product: "linux", Service: service, Category: category}}, Fields: f},
			Host:  export.Host{Name: "BILL01", Platform: effect.Linux, Kind: "billing"},
		}
	}
	connect := fields{
		"Protocol": "tcp", "Initiated": "true", "SourceIp": "10.20.4.9", "SourcePort": 50411, "SourceHostname": "OPS03.carrier.example",
		"SourceIsIpv6": "false", "DestinationIp": "2001:db8::7", "DestinationPort": 443, "DestinationHostname": "-", "DestinationIsIpv6": "true",
		"SourcePortName": "-", "DestinationPortName": "https",
	}
	two := fields{
		"SourceImage": cmd, "SourceProcessId": 1001, "SourceProcessGUID": guid, "SourceUser": `CARRIER\ops02`, "TargetImage": cmd,
		"TargetProcessId": 1002, "TargetProcessGUID": "AC15E118-DB80-6B0B-0000-000000000002", "TargetUser": `NT AUTHORITY\SYSTEM`,
		"GrantedAccess": "0x800", "CallTrace": "ntdll.dll+9d4c4", "Image": "-", "ProcessId": "-", "ProcessGuid": "-", "User": "-",
	}
	user := fields{"type": "USER_LOGIN", "pid": 812, "uid": 0, "auid": 1000, "ses": 3, "op": "login", "acct": "ops", "exe": "/usr/sbin/sshd",
		"hostname": "192.0.2.7", "addr": "192.0.2.7", "terminal": "/dev/pts/0", "res": "success"}
	audit := func(kind string) fields {
		all := fields{}
		for name, v := range user {
			all[name] = v
		}
		all["type"] = kind
		return all
	}
	all := []export.Record{
		windows("sysmon", "network_connection", acting(3, connect)),
		windows("sysmon", "driver_load", acting(6, fields{"ImageLoaded": `C:\Windows\System32\drivers\beep.sys`, "Hashes": hashes, "Signed": "true", "Signature": "Microsoft Windows", "SignatureStatus": "Valid"})),
		windows("sysmon", "create_remote_thread", acting(8, two)),
		windows("sysmon", "process_access", acting(10, two)),
		windows("sysmon", "registry_rename", acting(14, fields{"EventType": "RenameKey", "TargetObject": `HKLM\SOFTWARE\A`, "NewName": `HKLM\SOFTWARE\B`})),
		windows("sysmon", "registry_add", acting(12, fields{"EventType": "CreateKey", "TargetObject": "HKLM"})),
		windows("sysmon", "create_stream_hash", acting(15, fields{"TargetFilename": `C:\a.txt:Zone.Identifier`, "Contents": "[ZoneTransfer]", "Hash": "Unknown", "CreationUtcTime": "2026-11-29 08:00:00.000"})),
		windows("sysmon", "pipe_created", acting(17, fields{"EventType": "CreatePipe", "PipeName": `\lsass`})),
		windows("sysmon", "pipe_created", acting(18, fields{"EventType": "ConnectPipe", "PipeName": `\lsass`})),
		windows("sysmon", "wmi_event", acting(20, fields{"EventType": "WmiConsumerEvent", "Operation": "Created", "Name": "n", "Type": "Command Line", "Destination": "cmd /c x"})),
		windows("sysmon", "dns_query", acting(22, fields{"QueryName": "mail.carrier.example", "QueryStatus": "1460", "QueryResults": "-"})),
		windows("sysmon", "file_executable_detected", acting(29, fields{"TargetFilename": `C:\x.exe`})),
		windows("sysmon", "sysmon_status", fields{"Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 16, "Configuration": `C:\c.xml`}),
		windows("security", "process_creation", security(4688, fields{
			"NewProcessId": "0x3f0", "NewProcessName": cmd, "CommandLine": "cmd /c whoami", "ProcessId": "0x3e8", "ParentProcessName": `C:\Windows\explorer.exe`,
			"MandatoryLabel": "S-1-16-12288", "Image": cmd, "ParentImage": `C:\Windows\explorer.exe`, "User": `NT AUTHORITY\SYSTEM`, "IntegrityLevel": "High", "LogonId": "0x3e7",
		})),
		windows("security", "", security(4657, fields{"ObjectName": `\REGISTRY\MACHINE\SOFTWARE\A`, "ObjectValueName": "Run", "NewValue": "x", "NewValueType": "%%1873", "ProcessId": "0x3e8", "ProcessName": cmd})),
		windows("security", "", security(4663, fields{"ObjectType": "File", "ObjectName": `D:\Plans\a.txt`, "AccessMask": "0x2", "ProcessId": "0x3e8", "ProcessName": cmd})),
		windows("security", "", security(4768, fields{"TargetUserName": "ops01", "TargetDomainName": "CARRIER", "ServiceName": "krbtgt", "IpAddress": "::ffff:10.20.4.9", "IpPort": "50412"})),
		windows("security", "", security(4769, fields{"TargetUserName": "ops01", "ServiceName": "MAIL02$", "IpAddress": "-"})),
		windows("security", "", security(5136, fields{"ObjectDN": "CN=x", "AttributeLDAPDisplayName": "member"})),
		windows("taskscheduler", "", fields{"Channel": "Microsoft-Windows-TaskScheduler/Operational", "EventID": 140, "TaskName": `\A`, "UserName": "ops02"}),
		windows("taskscheduler", "", fields{"Channel": "Microsoft-Windows-TaskScheduler/Operational", "EventID": 142, "TaskName": `\A`, "UserName": "ops02"}),
		windows("system", "", fields{"Channel": "System", "EventID": 7045, "ServiceName": "only a name"}),
		linux("sysmon", "network_connection", acting(3, connect)),
		linux("auditd", "", fields{"type": "SOCKADDR", "saddr_fam": "inet", "laddr": "127.0.0.1", "lport": 443, "saddr": "020001BB7F0000010000000000000000"}),
		linux("auditd", "", fields{"type": "SYSCALL", "SYSCALL": "connect", "syscall": 42, "arch": "x86_64", "success": "no", "exit": -111, "pid": 5, "ppid": 1}),
		linux("auditd", "", fields{"type": "USER_MGMT", "op": "changing user", "acct": "ops"}),
		linux("", "dns", fields{"query": "mail.carrier.example", "src_ip": "127.0.0.1"}),
	}
	all[len(all)-1].Event.Sources = []event.LogSource{{Category: "dns"}}
	for _, id := range []int{4700, 4701, 4702} {
		all = append(all, windows("security", "", security(id, fields{"TaskName": `\A`, "TaskContent": "<Task/>"})))
	}
	for _, id := range []int{4722, 4723, 4724, 4725, 4726, 4738, 4740, 4767, 4781, 4727, 4730, 4732, 4733} {
		all = append(all, windows("security", "", security(id, target)))
	}
	for _, kind := range []string{"USER_LOGIN", "USER_LOGOUT", "USER_AUTH", "DEL_USER", "ADD_GROUP", "DEL_GROUP", "ACCT_LOCK", "ACCT_UNLOCK", "USER_CHAUTHTOK"} {
		all = append(all, linux("auditd", "", audit(kind)))
	}
	for i := range all {
		r := &all[i]
		r.Scenario, r.Behaviour, r.Technique, r.Attack = "more", "by_hand", "T1036.005", "18.1"
		r.Actor = export.Actor{Name: "naikon", Group: "G0019", Title: "Naikon"}
		r.Event.ID, r.Event.Time, r.Event.Provenance = fmt.Sprintf("host-%d", i+1), day, event.Translated
		r.Event.Lineage = event.Lineage{Asset: "host", Step: "step", Process: 7, Seen: []uint64{uint64(i + 1)}}
		r.Event.FieldProvenance = map[string]event.Provenance{"User": event.Stated}
		r.Alerts = []export.Rule{{ID: "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11", Title: "A", Level: "high"}, {Title: "Without an Id"}}
	}
	return all
}

// allRecords are the library's and those that it leaves none of.
func allRecords(t testing.TB) []export.Record {
	t.Helper()
	return append(append([]export.Record{}, shipped(t)...), moreRecords()...)
}

func TestEveryFormatSaysWhatItIs(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, f := range export.Formats() {
		assert.NotEmpty(t, f.Title)
		assert.LessOrEqual(t, len(f.Title), 80)
		assert.False(t, names[f.Name])
		names[f.Name] = true
		_, errStream := export.New(f.Name, nil, export.Run{})
		_, errFolder := export.NewFolder(f.Name, nil, export.Run{})
		if f.Folder {
			assert.EqualError(t, errStream, fmt.Sprintf("format %q is a folder: name a folder to write it to", f.Name))
			assert.NoError(t, errFolder)
		} else {
			assert.NoError(t, errStream)
			assert.EqualError(t, errFolder, fmt.Sprintf("format %q is a single file, not a folder", f.Name))
		}
	}
	assert.Len(t, names, 8)
	_, err := export.New("ocfs", nil, export.Run{})
	assert.EqualError(t, err, `there is no format "ocfs". Did you mean "ocsf"? Expected one of: jsonl, winlogbeat, ecs, ocsf, otlp, auditd, rsigma, sigmahq`)
	_, err = export.NewFolder("splunk", nil, export.Run{})
	assert.EqualError(t, err, `there is no format "splunk". Expected one of: jsonl, winlogbeat, ecs, ocsf, otlp, auditd, rsigma, sigmahq`)
}
