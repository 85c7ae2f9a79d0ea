package reader_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// What other tools were reported to lose or to take for something else, in the threads
// named: each is one event with these fields, of this log source.
func TestWhatOtherToolsLost(t *testing.T) {
	t.Parallel()
	for thread, c := range map[string]struct {
		text, source string
		fields       map[string]string
	}{
		"osquery/osquery#4364: windows_events": {
			`{"name":"windows_events","hostIdentifier":"X","calendarTime":"Fri May  4 06:51:26 2018 UTC","unixTime":1525416686,"columns":{"data":"{\"EventData\":{\"Image\":\"C:\\\\cmd.exe\",\"TargetImage\":\"C:\\\\lsass.exe\"}}","datetime":"2018-05-04T06:51:25.0Z","eventid":"10","keywords":"-1","level":"4","provider_guid":"","provider_name":"Microsoft-Windows-Sysmon","source":"Microsoft-Windows-Sysmon/Operational","task":"10","time":"1525416685"},"action":"added"}`,
			"windows/process_access/sysmon", map[string]string{"Image": `C:\cmd.exe`, "TargetImage": `C:\lsass.exe`, "EventID": "10"},
		},
		"osquery/osquery#8298: windows_eventlog": {
			`{"channel":"Security","computer_name":"H","data":"{\"EventData\":{\"SubjectUserName\":\"eve\"}}","datetime":"2024-03-15T01:02:03Z","eventid":"4624","provider_name":"Microsoft-Windows-Security-Auditing","level":"0"}`,
			"windows/*/security", map[string]string{"SubjectUserName": "eve", "EventID": "4624", "Computer": "H"},
		},
		"sumeshi/evtx2es#12: 1102 has user data": {
			`{"Event":{"System":{"EventID":1102,"Channel":"Security","Provider":{"#attributes":{"Name":"Microsoft-Windows-Eventlog"}}},"UserData":{"LogFileCleared":{"#attributes":{"xmlns":"x"},"SubjectUserName":"eve","SubjectDomainName":"D"}}}}`,
			"windows/*/security", map[string]string{"SubjectUserName": "eve"},
		},
		"philhagen/sof-elk#259: EvtxECmd with one value": {
			`{"ChunkNumber":3847,"Computer":"H","Payload":"{\"EventData\":{\"Data\":{\"@Name\":\"ServiceName\",\"#text\":\"evil\"}}}","Channel":"System","Provider":"Service Control Manager","EventId":7045,"EventRecordId":"21804189","ProcessId":7608,"Keywords":"Classic","TimeCreated":"2022-10-25T07:48:00.0218984+00:00","RecordNumber":1}`,
			"windows/*/system", map[string]string{"ServiceName": "evil", "Provider_Name": "Service Control Manager"},
		},
		"omerbenamram/evtx#53: qualifiers beside the id": {
			`{"Event":{"EventData":{"Binary":"4D"},"System":{"Channel":"Application","Computer":"H","EventID":{"#attributes":{"Qualifiers":16384},"#text":4111},"Provider":{"#attributes":{"Name":"MSDTC"}},"TimeCreated":{"#attributes":{"SystemTime":"2018-08-09 07:21:00.046087 UTC"}}}}}`,
			"windows/*/application", map[string]string{"EventID": "4111", "Provider_Name": "MSDTC", "Binary": "4D"},
		},
		"omerbenamram/evtx: values of one name are numbered": {
			`{"Event":{"EventData":{"Data":"a","Data_1":"b","Data_2":"c"},"System":{"Channel":"Application","EventID":4111,"Provider":{"#attributes":{"Name":"MSDTC"}}}}}`,
			"windows/*/application", map[string]string{"EventID": "4111", "Data": "[a b c]"},
		},
		"omerbenamram/evtx#24: XML with a declaration and blanks": {
			"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\">\n  <System>\n    <Provider Name=\"ESENT\">\n    </Provider>\n    <EventID Qualifiers=\"0\">916</EventID>\n    <TimeCreated SystemTime=\"2018-08-09 07:21:00.046087 UTC\">\n    </TimeCreated>\n    <Channel>Application</Channel>\n  </System>\n  <EventData>\n    <Data>svchost</Data>\n    <Binary></Binary>\n  </EventData>\n</Event>\n",
			"windows/*/application", map[string]string{"EventID": "916", "Provider_Name": "ESENT", "Data": "svchost"},
		},
		"Velocidex/velociraptor-sigma-rules#24: names with blanks": {
			`<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Windows Defender"/><EventID>1116</EventID><Channel>Microsoft-Windows-Windows Defender/Operational</Channel></System><EventData><Data Name="Threat Name">TrojanDownloader:PowerShell</Data><Data Name="Unused"/></EventData></Event>`,
			"windows/*/windefend", map[string]string{"ThreatName": "TrojanDownloader:PowerShell"},
		},
		"threathunters-io/laurel: a record of auditd in JSON": {
			`{"ID":"1632476402.103:18123","NODE":"host","SYSCALL":{"arch":"0xc000003e","syscall":"execve","success":"yes","exe":"/usr/bin/cat","comm":"cat","key":"exec"},"EXECVE":{"argc":2,"ARGV":["cat","/etc/shadow"]},"PROCTITLE":{"ARGV":["cat","/etc/shadow"]}}`,
			"linux/*/auditd", map[string]string{"type": "[SYSCALL EXECVE PROCTITLE]", "a0": "cat", "a1": "/etc/shadow", "exe": "/usr/bin/cat", "proctitle": "cat /etc/shadow", "key": "exec"},
		},
		"slackhq/go-audit: messages of one event": {
			`{"sequence":1226433,"timestamp":"1459447820.313","messages":[{"type":1300,"data":"arch=c000003e syscall=59 success=yes exe=\"/bin/cat\" comm=\"cat\""},{"type":1309,"data":"argc=2 a0=\"cat\" a1=\"/etc/shadow\""}]}`,
			"linux/*/auditd", map[string]string{"type": "[SYSCALL EXECVE]", "a0": "cat", "a1": "/etc/shadow", "exe": "/bin/cat"},
		},
		"Sysmon for Linux in journald": {
			`{"__REALTIME_TIMESTAMP":"1700000000000000","SYSLOG_IDENTIFIER":"sysmon","_HOSTNAME":"h","MESSAGE":"<Event><System><Provider Name=\"Linux-Sysmon\" Guid=\"{x}\"/><EventID>1</EventID><Channel>Linux-Sysmon/Operational</Channel></System><EventData><Data Name=\"Image\">/bin/sh</Data></EventData></Event>"}`,
			"linux/process_creation/sysmon", map[string]string{"Image": "/bin/sh"},
		},
		"CloudTrail of EventBridge": {
			`{"version":"0","id":"1","detail-type":"AWS API Call via CloudTrail","source":"aws.iam","account":"1","time":"2024-01-01T00:00:00Z","region":"us-east-1","detail":{"eventVersion":"1.08","userIdentity":{"type":"Root"},"eventTime":"2024-01-01T00:00:00Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"us-east-1"}}`,
			"aws/*/cloudtrail", map[string]string{"eventName": "CreateUser"},
		},
		"CloudTrail of CloudWatch Logs": {
			`{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"CloudTrail","logStream":"x","logEvents":[{"id":"1","timestamp":1704067200000,"message":"{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"Root\"},\"eventTime\":\"2024-01-01T00:00:00Z\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"CreateUser\",\"awsRegion\":\"us-east-1\"}"}]}`,
			"aws/*/cloudtrail", map[string]string{"eventName": "CreateUser"},
		},
		"Microsoft 365 as Purview exports it": {
			"RecordId,CreationDate,RecordType,Operation,UserId,AuditData\n1,2024-01-01T00:00:00Z,15,UserLoggedIn,eve@x,\"{\"\"CreationTime\"\":\"\"2024-01-01T00:00:00\"\",\"\"Operation\"\":\"\"New-InboxRule\"\",\"\"Workload\"\":\"\"Exchange\"\",\"\"OrganizationId\"\":\"\"o\"\",\"\"UserId\"\":\"\"eve@x\"\"}\"\n",
			"m365/*/exchange", map[string]string{"Operation": "New-InboxRule"},
		},
		"EvtxECmd as CSV": {
			"RecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,ProcessId,ThreadId,Computer,Payload\n1,2,2024-01-01 00:00:00.1234567,7045,Info,Service Control Manager,System,1,2,H,\"{\"\"EventData\"\":{\"\"Data\"\":[{\"\"@Name\"\":\"\"ServiceName\"\",\"\"#text\"\":\"\"evil\"\"}]}}\"\n",
			"windows/*/system", map[string]string{"ServiceName": "evil", "EventID": "7045"},
		},
		"XML of Logstash": {
			`{"@version":"1","@timestamp":"2024-01-01T00:00:00Z","message":"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID><Channel>Microsoft-Windows-Sysmon/Operational</Channel></System><EventData><Data Name='Image'>C:\\cmd.exe</Data></EventData></Event>"}`,
			"windows/process_creation/sysmon", map[string]string{"Image": `C:\cmd.exe`},
		},
		"Auditbeat": {
			`{"@timestamp":"2024-01-01T00:00:00Z","event":{"module":"auditd","category":["process"],"action":"executed"},"auditd":{"message_type":"syscall","data":{"syscall":"execve","a0":"55","tty":"pts0"},"result":"success"},"process":{"executable":"/bin/cat","name":"cat","args":["cat","/etc/shadow"]}}`,
			"linux/*/auditd", map[string]string{"exe": "/bin/cat", "comm": "cat"},
		},
	} {
		t.Run(thread, func(t *testing.T) {
			t.Parallel()
			events, skipped := reader.All([]byte(c.text))
			require.Empty(t, skipped)
			require.Len(t, events, 1)
			var sources []string
			for _, source := range events[0].LogSources {
				sources = append(sources, source.String())
			}
			assert.Contains(t, sources, c.source, fmt.Sprint(events[0].Fields))
			for field, want := range c.fields {
				assert.Equal(t, want, said(events[0].Fields[field]), "%s of %v", field, events[0].Fields)
			}
		})
	}
}
