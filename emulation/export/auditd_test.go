package export_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
)

// auditRecords are the events of the library that auditd wrote.
func auditRecords(t testing.TB) []export.Record {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(shipped(t)), func(r export.Record) bool { return r.Event.Sources[0].Service != "auditd" })
}

// auditTool runs a reader of Debian's package auditd on an export.
func auditTool(t *testing.T, file, name string, args ...string) (stdout, stderr string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not there; it is in Debian's package auditd", name)
	}
	cmd := exec.CommandContext(t.Context(), name, append([]string{"-if", file}, args...)...)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	require.NoError(t, err, "%s", said.String())
	return string(out), said.String()
}

func TestAuditToolsReadAnExportAsAFile(t *testing.T) {
	t.Parallel()
	records := auditRecords(t)
	text, _ := written(t, "auditd", about(event.Native), shipped(t)...)
	require.Equal(t, len(records), strings.Count(text, "\n"))
	file := filepath.Join(t.TempDir(), "audit.log")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))

	acts, keys, programs, processes, exec := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, 0
	for _, r := range records {
		acts[fmt.Sprint(r.Scenario, r.Event.Lineage.Asset, r.Event.Lineage.Process, r.Event.Lineage.Seen)] = true
		if key, ok := r.Event.Fields["key"].(string); ok && key != "" {
			keys[key] = true
		}
		if program, ok := r.Event.Fields["exe"].(string); ok {
			programs[program] = true
		}
		if pid, ok := r.Event.Fields["pid"]; ok {
			processes[fmt.Sprint(pid)] = true
		}
		if r.Event.Fields["key"] == "exec" {
			exec++
		}
	}
	summary, _ := auditTool(t, file, "aureport", "--summary")
	for what, want := range map[string]int{
		"Number of events": len(acts), "Number of keys": len(keys), "Number of executables": len(programs), "Number of process IDs": len(processes),
	} {
		found := regexp.MustCompile(what + `: (\d+)`).FindStringSubmatch(summary)
		require.NotNil(t, found, "%s: %s", what, summary)
		assert.Equal(t, strconv.Itoa(want), found[1], what)
	}

	shown, said := auditTool(t, file, "ausearch", "--debug")
	assert.NotContains(t, shown+said, "Malformed")
	back, _ := auditTool(t, file, "ausearch", "--raw")
	raw := strings.Split(strings.TrimSuffix(back, "\n"), "\n")
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	slices.Sort(raw)
	slices.Sort(lines)
	assert.Equal(t, lines, raw, "every line comes back as it was written, with what ringer says")

	found, _ := auditTool(t, file, "ausearch", "-k", "exec", "--raw")
	assert.Equal(t, exec, strings.Count(found, `key="exec"`))
	interpreted, _ := auditTool(t, file, "ausearch", "-m", "EXECVE", "-i")
	assert.Contains(t, interpreted, "proctitle=journalctl --vacuum-time=1s")
	added, _ := auditTool(t, file, "ausearch", "-m", "ADD_USER", "-i")
	assert.Contains(t, added, "op=adding user acct=cdrsync exe=/usr/sbin/useradd")
}

func TestTextThatWouldEndAFieldOrLineIsWrittenInHexadecimal(t *testing.T) {
	t.Parallel()
	record := func(fields map[string]any) export.Record {
		return export.Record{Event: event.Event{
			Time: day, Sources: []event.LogSource{{Product: "linux", Service: "auditd"}}, Fields: fields, Provenance: event.Stated,
		}}
	}
	text, left := written(t, "auditd", about(event.Native),
		record(map[string]any{"type": "EXECVE", "argc": "2", "a0": "a\nb", "a1": `say "x"`}),
		record(map[string]any{"type": "USER_LOGIN", "pid": 1, "op": "it's\nover", "acct": "o p", "a b": 1, "list": []any{1}}),
		record(map[string]any{"type": "not a type"}), record(nil),
	)
	lines := strings.Split(text, "\n")
	require.Len(t, lines, 3)
	assert.Contains(t, lines[0], `type=EXECVE msg=audit(1795939200.000:1): argc=2 a0=610A62 a1=73617920227822`)
	assert.Contains(t, lines[1], `pid=1 msg='op=697427730A6F766572 acct=6F2070'`)
	assert.Equal(t, []export.Left{
		{Reason: "fields that are lists or objects", Count: 1},
		{Reason: "fields with a name that auditd cannot write", Count: 1},
		{Reason: "records of auditd without a type", Count: 2},
	}, left)
}
