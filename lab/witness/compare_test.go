//go:build linux

package witness

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// bash, curl are two processes of one asset, other is one of another asset.
var (
	bash  = Process{77, 12}
	curl  = Process{77, 15}
	other = Process{99, 12}
)

var ours = map[int]effect.Platform{77: effect.Linux, 99: effect.Linux}

// both are the same acts as both records have them.
func both() (acts []Act, seen []Seen) {
	remote := netip.MustParseAddrPort("127.0.0.1:80")
	names, parents := map[Process]string{bash: "bash", curl: "curl", other: "id"}, map[Process]int{bash: 1, curl: bash.PID, other: 1}
	key := func(p Process) uint64 { return uint64(1000*p.Asset + p.PID) }
	act := func(of Process, call string, kind event.Kind, path, to string) {
		acts = append(acts, Act{
			Process: of, Parent: parents[of], Comm: names[of], File: names[of], Call: call, Kinds: []event.Kind{kind}, Path: path, To: to,
		})
		parent := uint64(0)
		if of == curl {
			parent = key(bash)
		}
		seen = append(seen, Seen{of.Asset, event.Observation{PID: of.PID, Process: key(of), Parent: parent, Kind: kind, Path: path, To: to}})
	}
	act(bash, "exec", event.Exec, "/usr/bin/bash", "")
	acts[0].Argv, seen[0].Argv = []string{"bash", "-c", "curl"}, []string{"bash", "-c", "curl"}
	act(bash, "openat", event.Create, "/tmp/a", "")
	act(other, "exec", event.Exec, "/usr/bin/id", "")
	act(bash, "renameat2", event.Rename, "/tmp/a", "/tmp/b")
	act(curl, "exec", event.Exec, "/usr/bin/curl", "")
	act(curl, "connect", event.Connect, "", "")
	acts[5].Remote, seen[5].Socket = remote, &event.Socket{Protocol: "tcp", Remote: remote}
	act(bash, "unlinkat", event.Unlink, "/tmp/b", "")
	act(bash, "unlinkat", event.Unlink, "/tmp/b", "") // twice the same
	act(bash, "symlinkat", event.Symlink, "/tmp/l", "b")
	return acts, seen
}

func TestTwoRecordsOfTheSameActsDoNotDiffer(t *testing.T) {
	t.Parallel()
	acts, seen := both()
	compared := Compare(ours, acts, seen)
	assert.Zero(t, compared.Differences(), compared)
	assert.Equal(t, len(acts), compared.Compared)
	assert.Empty(t, compared.Excluded)
}

func TestAnActThatOneRecordLacksIsReported(t *testing.T) {
	t.Parallel()
	acts, seen := both()
	for i := range acts {
		t.Run(fmt.Sprintf("not reported: %s", acts[i]), func(t *testing.T) {
			t.Parallel()
			compared := Compare(ours, acts, slices.Delete(slices.Clone(seen), i, i+1))
			require.Len(t, compared.Missing, 1)
			assert.Equal(t, acts[i].String(), compared.Missing[0].String())
			assert.Empty(t, compared.Extra)
			assert.Equal(t, len(acts)-1, compared.Compared)
		})
		t.Run(fmt.Sprintf("not recorded: %s", seen[i]), func(t *testing.T) {
			t.Parallel()
			compared := Compare(ours, slices.Delete(slices.Clone(acts), i, i+1), seen)
			require.Len(t, compared.Extra, 1)
			assert.Equal(t, seen[i], compared.Extra[0].Seen)
			assert.Empty(t, compared.Missing)
		})
	}
}

func TestAnObservationThatSaysSomethingElseTellsNoAct(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(acts []Act, seen []Seen){
		"another argument":         func(_ []Act, seen []Seen) { seen[0].Argv = []string{"bash", "-c", "wget"} },
		"an argument fewer":        func(_ []Act, seen []Seen) { seen[0].Argv = seen[0].Argv[:2] },
		"another path":             func(_ []Act, seen []Seen) { seen[1].Path = "/tmp/c" },
		"another kind":             func(_ []Act, seen []Seen) { seen[1].Kind = event.Mkdir },
		"another new name":         func(_ []Act, seen []Seen) { seen[3].To = "/tmp/c" },
		"another address":          func(acts []Act, _ []Seen) { acts[5].Remote = netip.MustParseAddrPort("127.0.0.1:81") },
		"another target":           func(_ []Act, seen []Seen) { seen[8].To = "/tmp/b" },
		"another process":          func(_ []Act, seen []Seen) { seen[6].PID = 16 },
		"another asset":            func(_ []Act, seen []Seen) { seen[2].Asset = bash.Asset },
		"another order":            func(_ []Act, seen []Seen) { seen[1], seen[3] = seen[3], seen[1] },
		"another parent":           func(acts []Act, _ []Seen) { acts[5].Parent = 1 },
		"another name":             func(acts []Act, _ []Seen) { acts[6].Comm = "sh" },
		"another file":             func(acts []Act, _ []Seen) { acts[6].File = "ringer" },
		"a path that was not read": func(acts []Act, _ []Seen) { acts[1].Broken = "its path could not be read" },
		"the end of another name":  func(acts []Act, _ []Seen) { acts[1].Path = "mp/a" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acts, seen := both()
			change(acts, seen)
			compared := Compare(ours, acts, seen)
			assert.Len(t, compared.Missing, 1)
			assert.Len(t, compared.Extra, 1)
		})
	}
}

func TestAPathIsComparedAsFarAsItIsGiven(t *testing.T) {
	t.Parallel()
	for given, same := range map[string]bool{
		"": true, "/asset/c/tmp/a": true, "/asset//c/./tmp/a/": true, "tmp/a": true, "./a": true, "a": true,
		"/tmp/a": false, "mp/a": false, "b": false, "/asset/c/tmp": false,
	} {
		assert.Equal(t, same, samePath(given, "/asset/c/tmp/a"), given)
	}
}

// A program of a Windows host is a script to the kernel; one of a Linux host is none.
func TestAScriptIsReadAsOneOnWindowsAlone(t *testing.T) {
	t.Parallel()
	const file = "/asset/c/Windows/System32/sc.exe"
	first := "sc"
	acts := []Act{{
		Process: bash, Parent: 1, Comm: "sc.exe", File: "ringer", Call: "exec", Kinds: []event.Kind{event.Exec}, Path: file,
		Argv: []string{"/ringer", "standin", file, "query"}, asked: &first,
	}}
	seen := []Seen{{bash.Asset, event.Observation{PID: bash.PID, Process: 1, Kind: event.Exec, Path: file, Argv: []string{"sc", "query"}}}}
	compared := Compare(map[int]effect.Platform{77: effect.Windows}, acts, seen)
	assert.Zero(t, compared.Differences(), compared)
	assert.Equal(t, 1, compared.Rewritten)
	assert.Contains(t, compared.String(), "read as scripts: 1 programs of Windows hosts")

	compared = Compare(map[int]effect.Platform{77: effect.Linux}, acts, seen)
	assert.Equal(t, 2, compared.Differences())
	assert.Zero(t, compared.Rewritten)

	acts[0].asked = nil
	compared = Compare(map[int]effect.Platform{77: effect.Windows}, acts, seen)
	require.Len(t, compared.Missing, 1)
	assert.Equal(t, "its arguments could not be read", compared.Missing[0].Broken)
}

func TestWhatIsLeftOutHasAName(t *testing.T) {
	t.Parallel()
	acts := []Act{
		{Process: Process{77, 1}, Call: "exec", Path: "/ringer"},
		{Process: Process{77, 1}, Call: "mkdirat", Path: "/etc"},
		{Process: Process{77, 7}, Parent: 1, Call: "exec", Path: "/service/usr/sbin/nginx"},
		{Process: Process{77, 8}, Parent: 7, Call: "openat", Path: "/var/log/nginx/access.log"},
		{Process: Process{77, 9}, Parent: 1, Call: "exec", Path: "/proc/self/exe"},
		{Process: Process{77, 9}, Parent: 1, Call: "exec", Path: "/asset/.canary/root/canary"},
		{Process: Process{77, 9}, Parent: 1, Call: "unlinkat", Path: "/asset/.canary/root/flown"},
		{Process: Process{77, 12}, Parent: 1, Call: "exec", Path: "/proc/self/exe"},
		{Process: Process{55, 12}, Parent: 1, Call: "unlinkat", Path: "/tmp/of-another-run"},
	}
	for _, kept := range []Act{
		{Process: Process{77, 12}, Parent: 1, Call: "exec", Path: "/proc/self/exe"}, // not its first
		{Process: Process{77, 13}, Parent: 12, Call: "exec", Path: "/proc/self/exe"},
		{Process: Process{77, 13}, Parent: 12, Call: "exec", Path: "/usr/sbin/nginx"},
		{Process: Process{77, 13}, Parent: 12, Call: "unlinkat", Path: "/dev/null"},
		{Process: Process{77, 13}, Parent: 12, Call: "mkdirat", Path: "/etc/.canary/"},
	} {
		compared := Compare(ours, append(slices.Clone(acts), kept), []Seen{
			{77, event.Observation{PID: 12, Kind: event.Fork}}, {77, event.Observation{PID: 12, Kind: event.Line}},
		})
		assert.Equal(t, map[Exclusion]int{agentActs: 2, serviceActs: 2, launchCopies: 2, canaryActs: 2, otherKinds: 2}, compared.Excluded)
		require.Len(t, compared.Missing, 1, "%s is nobody's but a step's", kept)
		assert.Equal(t, kept.Path, compared.Missing[0].Path)
		assert.Empty(t, compared.Extra)
		assert.Contains(t, compared.String(), "left out: 2 × a real service's acts: ")
		assert.Contains(t, compared.String(), "the sensor did not report: "+kept.String())
	}
}

func TestEveryKindIsComparedOrLeftOutByName(t *testing.T) {
	t.Parallel()
	for _, kind := range []event.Kind{
		event.Exec, event.Create, event.Write, event.Truncate, event.Rename, event.Unlink, event.Mkdir, event.Rmdir, event.Link,
		event.Symlink, event.Chmod, event.Utimes, event.Pipe, event.PipeOpen, event.Connect,
	} {
		assert.Nil(t, exclusionOf(Seen{77, event.Observation{Kind: kind}}), kind)
	}
	for _, kind := range []event.Kind{
		event.Fork, event.Exit, event.Content, event.Chown, event.Attribute, event.Map, event.Accept, event.Bind, event.Send,
		event.Signal, event.Refused, event.Line,
	} {
		assert.Equal(t, &otherKinds, exclusionOf(Seen{77, event.Observation{Kind: kind}}), kind)
	}
}
