package format_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/outside/format"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestEachFormatIsRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, format, text string
		is                 []outside.Alert
		ignored            int
	}{
		{
			"Falco", "falco",
			`{"time":"2026-11-30T10:00:00.123456789Z","rule":"Schedule Cron Jobs","priority":"Notice","source":"syscall","hostname":"node-7","output":"…","uuid":"u1","output_fields":{"container.id":"0123456789ab","proc.name":"sh","proc.exepath":"/usr/bin/sh","proc.cmdline":"sh -c x","proc.pname":"sshd","proc.vpid":12,"fd.name":"/etc/cron.d/x"}}`,
			[]outside.Alert{{
				ID: "u1", Rule: "Schedule Cron Jobs", Severity: "Notice", Time: at("2026-11-30T10:00:00.123456789Z"), Precision: 1, Host: "node-7", Container: "0123456789ab",
				Process: "sh", Exe: "/usr/bin/sh", Args: "sh -c x", Parent: "sshd", PID: 12, Path: "/etc/cron.d/x",
			}}, 0,
		},
		{
			"Falco, of a connection", "falco", `{"uuid":"u2","rule":"R","output_fields":{"fd.name":"10.0.0.1:4000->10.0.0.2:443"}}`,
			[]outside.Alert{{ID: "u2", Rule: "R", From: netip.MustParseAddrPort("10.0.0.1:4000"), To: netip.MustParseAddrPort("10.0.0.2:443")}}, 0,
		},
		{
			"Tetragon, of a policy", "tetragon",
			`{"process_kprobe":{"process":{"exec_id":"a","pid":7,"binary":"/usr/bin/tee","arguments":"/etc/cron.d/x","docker":"0123456789abcde"},"parent":{"binary":"/usr/bin/bash"},"function_name":"security_file_permission","args":[{"file_arg":{"path":"/etc/cron.d/x"}},{"int_arg":2}],"policy_name":"cron-files"},"node_name":"node-7","time":"2026-11-30T10:00:00.5Z"}`,
			[]outside.Alert{{
				Rule: "cron-files", Time: at("2026-11-30T10:00:00.5Z"), Precision: 100 * time.Millisecond, Host: "node-7", Container: "0123456789abcde",
				Process: "tee", Exe: "/usr/bin/tee", Args: "/usr/bin/tee /etc/cron.d/x", Parent: "/usr/bin/bash", Path: "/etc/cron.d/x",
			}}, 0,
		},
		{
			"Tetragon, of a process", "tetragon", `{"process_exec":{"process":{"binary":"/usr/bin/id"}},"time":"2026-11-30T10:00:00Z"}`,
			[]outside.Alert{{Rule: "process_exec", Time: at("2026-11-30T10:00:00Z"), Precision: time.Second, Process: "id", Exe: "/usr/bin/id"}}, 0,
		},
		{
			"Wazuh", "wazuh",
			`{"timestamp":"2026-11-30T11:00:00.123+0100","rule":{"level":7,"description":"File added","id":"554","firedtimes":3},"agent":{"id":"001","name":"billing01"},"id":"1.2","syscheck":{"path":"/etc/cron.d/x","sha256_after":"ab"},"data":{"audit":{"command":"tee","exe":"/usr/bin/tee","execve":{"a0":"tee","a1":"/etc/cron.d/x"}}}}`,
			[]outside.Alert{{
				ID: "1.2", Rule: "File added", RuleID: "554", Severity: "7", Time: at("2026-11-30T10:00:00.123Z"), Precision: time.Millisecond, Host: "billing01",
				Process: "tee", Exe: "/usr/bin/tee", Args: "tee /etc/cron.d/x", Path: "/etc/cron.d/x", SHA256: "ab",
			}}, 0,
		},
		{
			"Suricata", "suricata",
			`{"timestamp":"2026-11-30T10:00:00.000001+0000","event_type":"flow"}` + "\n" +
				`{"timestamp":"2026-11-30T10:00:00.000001+0000","flow_id":9,"event_type":"alert","src_ip":"127.0.0.1","src_port":4000,"dest_ip":"127.0.0.2","dest_port":443,"proto":"TCP","alert":{"signature_id":2001,"signature":"ET X","severity":1}}`,
			[]outside.Alert{{
				Rule: "ET X", RuleID: "2001", Severity: "1", Time: at("2026-11-30T10:00:00.000001Z"), Precision: time.Microsecond,
				From: netip.MustParseAddrPort("127.0.0.1:4000"), To: netip.MustParseAddrPort("127.0.0.2:443"),
			}}, 1,
		},
		{
			"Elastic, as a search answers", "elastic",
			`{"took":1,"hits":{"total":{"value":2},"hits":[{"_id":"e1","_source":{"@timestamp":"2026-11-30T10:05:00.000Z","kibana.alert.original_time":"2026-11-30T10:00:00.250Z","kibana.alert.rule.name":"Cron","kibana.alert.severity":"low","host":{"name":"billing01"},"process":{"name":"tee","args":["tee","/etc/cron.d/x"],"parent":{"name":"bash"}},"file.path":"/etc/cron.d/x","kibana.alert.suppression.docs_count":4}},{"_id":"e2","_source":{"kibana.alert.rule.name":"Block","kibana.alert.building_block_type":"default"}}]}}`,
			[]outside.Alert{{
				ID: "e1", Rule: "Cron", Severity: "low", Time: at("2026-11-30T10:00:00.25Z"), Precision: time.Millisecond, Host: "billing01", Process: "tee", Args: "tee /etc/cron.d/x",
				Parent: "bash", Path: "/etc/cron.d/x", Count: 4,
			}}, 1,
		},
		{
			"Splunk, as a job exports", "splunk",
			`{"preview":true,"result":{"search_name":"early"}}` + `{"preview":false,"result":{"_time":"1796032800.250","search_name":"Cron","event_id":"s1","dest":"billing01","process_name":"tee","process":"tee /etc/cron.d/x","urgency":"high","file_path":"/etc/cron.d/x"}}`,
			[]outside.Alert{{
				ID: "s1", Rule: "Cron", Severity: "high", Time: time.Unix(1796032800, 250e6).UTC(), Precision: time.Millisecond, Host: "billing01", Process: "tee", Args: "tee /etc/cron.d/x", Path: "/etc/cron.d/x",
			}}, 1,
		},
		{
			"osquery, of files and of processes", "osquery",
			`{"name":"cron_files","hostIdentifier":"billing01","unixTime":1796032800,"action":"added","columns":{"target_path":"/etc/cron.d/x"}}
			{"name":"processes","hostIdentifier":"billing01","action":"added","columns":{"path":"/usr/bin/tee","cmdline":"tee x"}}
			{"name":"processes","hostIdentifier":"billing01","action":"removed","columns":{"path":"/usr/bin/tee","cmdline":"tee x"}}`,
			[]outside.Alert{
				{Rule: "cron_files", Time: time.Unix(1796032800, 0).UTC(), Precision: time.Second, Host: "billing01", Path: "/etc/cron.d/x"},
				{Rule: "processes", Host: "billing01", Exe: "/usr/bin/tee", Args: "tee x"},
			}, 1,
		},
		{
			"OCSF", "ocsf",
			`[{"class_uid":1007,"time":1},{"class_uid":2004,"time":1796032800250,"severity":"High","count":2,"finding_info":{"uid":"o1","title":"t","analytic":{"type_id":1,"name":"Cron","uid":"r1"}},"device":{"hostname":"billing01"},"evidences":[{"process":{"name":"tee","cmd_line":"tee x","file":{"path":"/usr/bin/tee"},"parent_process":{"name":"bash"}},"file":{"path":"/etc/cron.d/x"},"dst_endpoint":{"ip":"10.0.0.2","port":443}}]}]`,
			[]outside.Alert{{
				ID: "o1", Rule: "Cron", RuleID: "r1", Severity: "High", Time: time.Unix(1796032800, 250e6).UTC(), Precision: time.Millisecond, Host: "billing01", Count: 2,
				Process: "tee", Exe: "/usr/bin/tee", Args: "tee x", Parent: "bash", Path: "/etc/cron.d/x", To: netip.MustParseAddrPort("10.0.0.2:443"),
			}}, 1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			reader, err := format.New(test.format, nil, "")
			require.NoError(t, err)
			read := reader.Read([]byte(test.text))
			for i := range read.Alerts {
				require.NotEmpty(t, read.Alerts[i].ID)
				if i < len(test.is) && test.is[i].ID == "" {
					read.Alerts[i].ID = ""
				}
			}
			assert.Equal(t, format.Read{Alerts: test.is, Ignored: test.ignored}, read)
		})
	}
}

func TestAFreeMappingReadsAnyJSON(t *testing.T) {
	t.Parallel()
	reader, err := format.New(format.Free, map[string]string{
		"rule": "rule", "time": "time", "process": "comm", "parent": "parent", "file": "path", "args": "args", "container": "container.0.id",
	}, "found.alerts")
	require.NoError(t, err)
	read := reader.Read([]byte(`{"found":{"alerts":[{"time":1796032800,"rule":"cron_file_made","pid":4711,"comm":"tee","parent":"bash","path":"/etc/cron.d/x","args":["tee","/etc/cron.d/x"],"container":[{"id":"0123456789ab"}]},{"time":1},3]}} {`))
	require.Len(t, read.Alerts, 1)
	read.Alerts[0].ID = ""
	assert.Equal(t, outside.Alert{
		Rule: "cron_file_made", Time: time.Unix(1796032800, 0).UTC(), Precision: time.Second, Container: "0123456789ab", Process: "tee", Parent: "bash", Path: "/etc/cron.d/x", Args: "tee /etc/cron.d/x",
	}, read.Alerts[0])
	assert.Equal(t, 1, read.Ignored, "a record without a rule is no alert")
	assert.Equal(t, 2, read.Unreadable, "a number, and a value that ends too early")
	assert.Equal(t, "a record is not a JSON object", read.Problem, "the first")
}

func TestWhatCannotBeAReaderSaysWhy(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		format string
		fields map[string]string
		items  string
		says   string
	}{
		{"flaco", nil, "", `there is no format "flaco". Did you mean "falco"?`},
		{format.Free, nil, "", "must be told where the rule is"},
		{format.Free, map[string]string{"rule": "a", "proces": "b"}, "", `an alert has no field "proces". Did you mean "process"?`},
		{format.Free, map[string]string{"rule": "a..b"}, "", `"a..b" is not a path`},
		{"elastic", nil, "hits.", `"hits." is not a path`},
	} {
		_, err := format.New(test.format, test.fields, test.items)
		assert.ErrorContains(t, err, test.says)
	}
}

func TestTheSameRecordHasTheSameID(t *testing.T) {
	t.Parallel()
	reader, err := format.New("suricata", nil, "")
	require.NoError(t, err)
	read := reader.Read([]byte(`{"event_type":"alert","alert":{"signature":"A"},"flow_id":1}{"flow_id":1,"event_type":"alert","alert":{"signature":"A"}}{"flow_id":2,"event_type":"alert","alert":{"signature":"A"}}`))
	require.Len(t, read.Alerts, 3)
	assert.Equal(t, read.Alerts[0].ID, read.Alerts[1].ID)
	assert.NotEqual(t, read.Alerts[0].ID, read.Alerts[2].ID)
}

func TestNoMoreIsReadThanTheLimits(t *testing.T) {
	t.Parallel()
	reader, err := format.New("falco", nil, "")
	require.NoError(t, err)
	many := []byte("[")
	for range format.MostRecords + 1 {
		many = append(many, `{"rule":"R"},`...)
	}
	read := reader.Read(append(many, "{}]"...))
	assert.Len(t, read.Alerts, format.MostRecords)
	assert.Equal(t, 1, read.Unreadable)
	read = reader.Read(make([]byte, format.MostBytes+1))
	assert.Equal(t, 1, read.Unreadable)
	assert.Contains(t, read.Problem, "more than")
}
