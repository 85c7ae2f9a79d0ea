package logline_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/artifact/logline"
)

func TestWhatADaemonWritesIsRead(t *testing.T) {
	t.Parallel()
	for _, line := range []logline.Syslog{
		{Hostname: "WEB01", Program: "sshd", PID: "902", Message: "Accepted publickey for ops"},
		{Hostname: "WEB01", Program: "sudo", Message: "ops : TTY=pts/0 [1]: x"},
	} {
		back, ok := logline.DecodeSyslog(trimmed(line.Encode()))
		assert.True(t, ok)
		assert.Equal(t, line, back)
	}
	audit := logline.Audit{Type: "ADD_USER", Fields: `pid=4121 uid=0 msg='op=adding user acct="sync" res=success'`}
	back, ok := logline.DecodeAudit(trimmed(audit.Encode()))
	assert.True(t, ok)
	assert.Equal(t, audit, back)
	assert.Equal(t, map[string]string{"pid": "4121", "uid": "0", "op": "adding user", "acct": "sync", "res": "success"}, back.Values())
	for _, query := range []string{"", "a=b"} {
		access := logline.Access{
			Client: "192.0.2.1", Method: "GET", Path: "/a.php", Query: query, Status: "200", Bytes: "64", Referer: "-", UserAgent: "Mozilla/5.0 (x)",
		}
		line, ok := logline.DecodeAccess(trimmed(access.Encode()))
		assert.True(t, ok)
		assert.Equal(t, access, line)
	}
	statement := logline.Statement{Role: "billing", Database: "billing", Program: "psql", Text: "select 'a' < 'b';"}
	fields, _, ok := logline.DecodePostgreSQL(trimmed(statement.Encode()))
	assert.True(t, ok)
	assert.Equal(t, "statement: select 'a' < 'b';", fields["message"])
	assert.Equal(t, []any{"billing", "billing", "psql"}, []any{fields["user"], fields["dbname"], fields["application_name"]})
}

func TestARecordOfPgauditIsReadColumnByColumn(t *testing.T) {
	t.Parallel()
	fields, audit, ok := logline.DecodePostgreSQL(`{"user":"a","message":"AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.cdr_voice,select 1,<none>"}`)
	assert.True(t, ok)
	assert.Equal(t, "a", fields["user"])
	assert.Equal(t, "public.cdr_voice", audit["object_name"])
	_, audit, ok = logline.DecodePostgreSQL(`{"message":"AUDIT: SESSION,1"}`)
	assert.True(t, ok)
	assert.Empty(t, audit, "a record that is cut off is its message alone")
}

func trimmed(line []byte) string { return strings.TrimSuffix(string(line), "\n") }

// What a decoder recognises must be the same once it is encoded and decoded again.

func FuzzSyslog(f *testing.F) {
	f.Add("Mar  1 04:00:01 WEB01 CRON[811]: (root) CMD (run-parts)")
	f.Add("Mar  1 04:00:01 WEB01 a[b: c")
	f.Fuzz(func(t *testing.T, line string) {
		if read, ok := logline.DecodeSyslog(line); ok {
			again, ok := logline.DecodeSyslog(strings.TrimSuffix(string(read.Encode()), "\n"))
			assert.True(t, ok)
			assert.Equal(t, read, again)
		}
	})
}

func FuzzAudit(f *testing.F) {
	f.Add(`type=USER_CMD msg=audit(1614585600.000:1): pid=1 msg='cmd=ls exe="/bin/ls" res=success'`)
	f.Fuzz(func(t *testing.T, line string) {
		if read, ok := logline.DecodeAudit(line); ok {
			read.Values()
			again, ok := logline.DecodeAudit(strings.TrimSuffix(string(read.Encode()), "\n"))
			assert.True(t, ok)
			assert.Equal(t, read.Fields, again.Fields)
		}
	})
}

func FuzzAccess(f *testing.F) {
	f.Add(`192.0.2.31 - - [01/Mar/2021:07:59:58 +0000] "GET /a.php?b=c HTTP/1.1" 200 512 "-" "Mozilla/5.0"`)
	f.Fuzz(func(t *testing.T, line string) {
		if read, ok := logline.DecodeAccess(line); ok {
			again, ok := logline.DecodeAccess(strings.TrimSuffix(string(read.Encode()), "\n"))
			assert.True(t, ok)
			assert.Equal(t, read, again)
		}
	})
}

func FuzzPostgreSQL(f *testing.F) {
	f.Add(`{"user":"a","message":"statement: select 1"}`)
	f.Add(`{"message":"AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.cdr_voice,select 1,<none>"}`)
	f.Fuzz(func(t *testing.T, line string) {
		fields, audit, ok := logline.DecodePostgreSQL(line)
		if !ok {
			assert.Empty(t, fields)
		}
		for name, value := range audit {
			assert.NotEmpty(t, value, name)
		}
	})
}
