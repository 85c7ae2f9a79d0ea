package auditd

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
)

// events are the records of each event of a log.
func events(t testing.TB, log string) []string {
	c := NewCutter(cut.NewLines(bufio.NewReader(strings.NewReader(log)), 1<<16))
	var all []string
	for {
		p, err := c.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		all = append(all, string(p.Text))
	}
}

func TestTheRecordsOfAnEventAreJoined(t *testing.T) {
	t.Parallel()
	got := events(t, `type=SYSCALL msg=audit(1.0:1): a
type=SYSCALL msg=audit(1.0:2): b
type=EXECVE msg=audit(1.0:1): c
type=PROCTITLE msg=audit(1.0:2): d
type=USER_AUTH msg=audit(1.0:3): e
type=CWD msg=audit(1.0:1): f
type=EOE msg=audit(1.0:1):
type=EOE msg=audit(1.0:2):
`)
	assert.Equal(t, []string{
		"type=SYSCALL msg=audit(1.0:1): a\ntype=EXECVE msg=audit(1.0:1): c\ntype=CWD msg=audit(1.0:1): f",
		"type=SYSCALL msg=audit(1.0:2): b\ntype=PROCTITLE msg=audit(1.0:2): d",
		"type=USER_AUTH msg=audit(1.0:3): e",
	}, got)
}

func TestValuesAreDecoded(t *testing.T) {
	t.Parallel()
	v, err := Parse(`node=host type=SYSCALL msg=audit(1604994496.155:92733): syscall=59 a0=55 comm="sh" exe=2F746D702F6120622E7368 pid=7 key=(null)` + "\x1d" + `SYSCALL=execve UID="root"
type=EXECVE msg=audit(1604994496.155:92733): argc=3 a0="sh" a1=2D63 a2_len=8 a2[0]=6563686F a2[1]=2078
type=PATH msg=audit(1604994496.155:92733): item=0 name="/bin/sh"
type=PATH msg=audit(1604994496.155:92733): item=1 name="/lib/ld.so"
type=PROCTITLE msg=audit(1604994496.155:92733): proctitle=7368002D63006563686F2078`)
	require.NoError(t, err)
	fields := v.Fields(0)
	for name, want := range map[string]any{
		"type": []any{"SYSCALL", "EXECVE", "PATH", "PROCTITLE"}, "node": "host", "exe": "/tmp/a b.sh", "SYSCALL": "execve", "UID": "root", "a0": []any{"55", "sh"}, "a1": "-c",
		"a2": "echo x", "name": []any{"/bin/sh", "/lib/ld.so"}, "proctitle": "sh -c echo x", "CommandLine": "sh -c echo x", "Image": "/tmp/a b.sh", "ProcessId": "7",
		"timestamp": "1604994496.155", "key": "(null)",
	} {
		assert.Equal(t, want, fields[name], name)
	}
	v, err = Parse(`type=USER_CMD msg=audit(1.0:9): pid=1 msg='cwd="/root" cmd=6C73202D6C exe="/usr/bin/sudo" res=success'`)
	require.NoError(t, err)
	assert.Equal(t, "ls -l", v.Said("cmd"))
	assert.Equal(t, "success", v.Said("res"))
	_, err = Parse("Nov 10 host sshd[1]: x")
	assert.ErrorIs(t, err, errNoRecord)
}

// FuzzParse holds: whatever the log, reading it ends, and every line is of one event.
func FuzzParse(f *testing.F) {
	f.Add("type=EXECVE msg=audit(1.0:1): argc=1 a0=\"x\" a1[0]=41\ntype=EOE msg=audit(1.0:1):\n")
	f.Fuzz(func(t *testing.T, log string) {
		lines := 0
		for _, e := range events(t, log) {
			lines += strings.Count(e, "\n") + 1
			_, _ = Parse(e)
		}
		require.LessOrEqual(t, lines, strings.Count(log, "\n")+1)
	})
}
