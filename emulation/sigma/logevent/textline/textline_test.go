package textline

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSyslog(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]map[string]any{
		"<34>Oct 11 22:14:15 mymachine su[5]: 'su root' failed": {"facility": "auth", "severity": "2", "timestamp": "Oct 11 22:14:15", "hostname": "mymachine", "appname": "su", "procid": "5", "message": "'su root' failed"},
		"Oct  1 22:14:15 host CRON[1]: (root) CMD (x)":          {"timestamp": "Oct  1 22:14:15", "hostname": "host", "appname": "CRON", "procid": "1", "message": "(root) CMD (x)"},
		`<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 ID47 [a@1 x="1 \"2\]" y="z"] hello`: {"facility": "20", "severity": "5", "timestamp": "2003-08-24T05:14:15.000003-07:00", "hostname": "192.0.2.1",
			"appname": "myproc", "procid": "8710", "msgid": "ID47", "a@1": map[string]any{"x": `1 "2]`, "y": "z"}, "message": "hello"},
		"<13>1 2003-08-24T05:14:15Z - - - - - only":              {"facility": "user", "severity": "5", "timestamp": "2003-08-24T05:14:15Z", "message": "only"},
		"2024-01-01T08:00:00.123456+00:00 host kernel: it stops": {"timestamp": "2024-01-01T08:00:00.123456+00:00", "hostname": "host", "appname": "kernel", "message": "it stops"},
	} {
		assert.True(t, IsSyslog(line), line)
		v, ok := Syslog(line)
		assert.True(t, ok, line)
		assert.Equal(t, want, v.Any(), line)
	}
	for _, line := range []string{"", "<>", "<999>x", "hello world", "a: b", "2024-01-01T08:00:00Z", "<Event>"} {
		assert.False(t, IsSyslog(line), line)
	}
}

func TestKeyValue(t *testing.T) {
	t.Parallel()
	v, ok := KeyValue(`<189>date=2019-05-10 time=11:37:47 msg="a \"b\" c" empty= last=x`)
	assert.True(t, ok)
	assert.Equal(t, map[string]any{"date": "2019-05-10", "time": "11:37:47", "msg": `a "b" c`, "empty": "", "last": "x"}, v.Any())
	assert.True(t, IsKeyValue("a=1 b=2 c=3"))
	assert.False(t, IsKeyValue("a=1 b=2"))
	assert.False(t, IsKeyValue("some text a=1 b=2 c=3"))
}

// FuzzLine holds: whatever the line, reading it ends.
func FuzzLine(f *testing.F) {
	f.Add(`<165>1 2003-08-24T05:14:15Z h a 1 I [a x="1\"]"] m`)
	f.Add("Oct 11 22:14:15 h su[5]: x")
	f.Add(`a="b\" c=d`)
	f.Fuzz(func(t *testing.T, line string) {
		if v, ok := Syslog(line); ok {
			assert.NotNil(t, v.Any())
		}
		KeyValue(line)
		if IsSyslog(line) || IsKeyValue(line) {
			assert.NotEmpty(t, line)
		}
	})
}
