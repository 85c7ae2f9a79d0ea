//go:build linux

package witness

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

func number(name string) int {
	return slices.IndexFunc(calls, func(c call) bool { return c.name == name })
}

// taken reads lines as the script prints them, after which it counts acts.
func taken(t *testing.T, told int, lines ...string) ([]Act, error) {
	t.Helper()
	r := newRecord()
	r.readLine([]byte(`{"type": "attached_probes", "data": {"probes": 60}}`))
	for _, line := range append([]string{"begin"}, lines...) {
		data, err := json.Marshal(line + "\n")
		require.NoError(t, err)
		r.readLine(fmt.Appendf(nil, `{"type": "printf", "data": %s}`, data))
	}
	r.readLine(fmt.Appendf(nil, `{"type": "map", "data": {"@told": %d}}`, told))
	r.readLine([]byte(`{"type": "printf", "data": "end\n"}`))
	return r.finish()
}

func TestTheKernelsRecordIsRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxString-1)
	hex := func(text string) string { return strings.ReplaceAll(fmt.Sprintf("% x", text), " ", "") }
	acts, err := taken(t, 6,
		"first 10 500 ringer", "exec 11 500 42 1 0 500", "comm 11 500 ringer", "file 11 500 a file", "path 11 500 /ringer", "argv 11 500 0 "+hex("/ringer\x00agent\x00"),
		"first 15 600 not this one", // it failed
		"exec 21 600 42 12 1 600", "path 21 600 /asset/c/sh",
		"argv 21 600 0 "+hex("/ringer\x00standin\x00/asset/"), "argv 21 600 1 "+hex("c/sh\x00-c\x00a b\x00"),
		"first 20 600 "+`s"h\`, // read late, from another processor
		fmt.Sprintf("call 30 600 42 12 1 %d %d", number("renameat2"), 0), "path 30 600 "+long, "more 30 600 path tail", "to 30 600 a b", "more 30 600 to junk",
		fmt.Sprintf("call 32 600 42 12 1 %d %d", number("connect"), 16), `address 32 600 \x02\x00\x00\x50\x7f\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00`,
		fmt.Sprintf("call 31 600 42 12 1 %d %d", number("openat"), unix.O_WRONLY|unix.O_TRUNC), "path 31 600 x",
		fmt.Sprintf("call 33 900 43 12 1 %d %d", number("unlinkat"), unix.AT_REMOVEDIR), "path 33 900 x",
	)
	require.NoError(t, err)
	require.Len(t, acts, 6)
	assert.Equal(t, []string{"/ringer", "agent"}, acts[0].Argv)
	assert.Equal(t, Process{500, 12}, acts[1].Process)
	assert.Equal(t, []string{"ringer", "a file"}, []string{acts[0].Comm, acts[0].File})
	assert.Equal(t, []string{"/ringer", "standin", "/asset/c/sh", "-c", "a b"}, acts[1].Argv)
	asked, done := acts[1].withoutInterpreter()
	assert.True(t, done)
	assert.Equal(t, []string{`s"h\`, "-c", "a b"}, asked.Argv)
	assert.Equal(t, long+"tail", acts[2].Path)
	assert.Equal(t, "a b", acts[2].To, "what follows a short string in memory is none of it")
	assert.Equal(t, []event.Kind{event.Truncate, event.PipeOpen}, acts[3].Kinds)
	assert.Equal(t, netip.MustParseAddrPort("127.0.0.1:80"), acts[4].Remote)
	assert.Equal(t, []event.Kind{event.Rmdir}, acts[5].Kinds)
	assert.Zero(t, acts[5].Process.Asset, "nobody saw that container begin")
}

func TestARecordThatIsNotWholeIsNone(t *testing.T) {
	t.Parallel()
	act := []string{fmt.Sprintf("call 31 600 42 12 1 %d 0", number("rmdir")), "path 31 600 x"}
	_, err := taken(t, 1, act...)
	require.NoError(t, err)
	_, err = taken(t, 2, act...)
	assert.ErrorContains(t, err, "the kernel recorded 2 acts, but 1 were received")
	_, err = taken(t, 1, append(act, "path 99 600 of nothing")...)
	assert.ErrorContains(t, err, "unexpected format")

	lost := newRecord()
	lost.readLine([]byte(`{"type": "lost_events", "data": {"events": 7}}`))
	lost.readLine([]byte(`{"type": "printf", "data": "end\n"}`))
	_, err = lost.finish()
	assert.ErrorContains(t, err, `the kernel's record is incomplete: {"events": 7}`)

	_, err = newRecord().finish()
	assert.ErrorContains(t, err, "the kernel's record is incomplete: its end is missing")
}

func TestAnExecutionWhoseArgumentsAreNotKnownIsNotReported(t *testing.T) {
	t.Parallel()
	acts, err := taken(t, 2,
		"exec 11 500 42 1 0 500", "path 11 500 /ringer", "argv 11 500 0 6",
		"first 20 600 a", "exec 21 600 42 12 1 600", "path 21 600 /a", "argv 21 600 0 61", "cut 21 600",
	)
	require.NoError(t, err)
	assert.Equal(t, "its arguments could not be read", acts[0].Broken)
	assert.Equal(t, "its arguments are longer than is read", acts[1].Broken)
	assert.False(t, acts[1].matches(told{Seen: Seen{0, event.Observation{Kind: event.Exec, Path: "/a", Argv: []string{"a"}}}, parent: 1}))
}

func TestTheScriptAsksForEveryCall(t *testing.T) {
	t.Parallel()
	text := script(4026531836)
	for _, recorded := range calls {
		assert.Contains(t, text, "tracepoint:syscalls:sys_enter_"+recorded.name+" /")
		assert.Contains(t, text, "tracepoint:syscalls:sys_exit_"+recorded.name+" /")
	}
	assert.NotContains(t, text, "%!")
}
