//go:build linux

package detector

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// printed are lines as bpftrace makes JSON of them.
func printed(t *testing.T, lines ...string) string {
	t.Helper()
	var out strings.Builder
	for _, line := range lines {
		text, err := json.Marshal(line + "\n")
		require.NoError(t, err)
		fmt.Fprintf(&out, "{\"type\": \"printf\", \"data\": %s}\n", text)
	}
	return out.String()
}

var container = strings.Repeat("0a", 32)

func cronLines(at string) []string {
	var all []string
	for _, line := range []string{
		"rule %s 7 1", "pid %s 7 4711", "inner %s 7 12", "comm %s 7 a b", "ppid %s 7 4700", "parent %s 7 bash", "path %s 7 /etc/cron.d/a \"b\"",
		`args %s 7 \x63\x70\x00\x61\x20\x62\x00`, "cgroup %s 7 ", "group %s 7 docker-" + container + ".scope", "host %s 7 BILL01", "done %s 7",
	} {
		all = append(all, fmt.Sprintf(line, at))
	}
	return all
}

func TestAlertsAreLinesOfTheirSchema(t *testing.T) {
	t.Parallel()
	booted := time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)
	first, second := cronLines("1000000000"), cronLines("2500000000")
	text := printed(t, "ready") + "{\"type\": \"attached_probes\", \"data\": {\"probes\": 38}}\n"
	for i := range first { // two processors print at once
		text += printed(t, first[i], strings.Replace(second[i], " 7", " 8", 1))
	}
	var out bytes.Buffer
	began := 0
	require.NoError(t, read(strings.NewReader(text), reader{booted: booted, pending: map[string]*Alert{}}, &out, func() { began++ }))
	assert.Equal(t, 1, began)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 2)
	var alert Alert
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &alert))
	assert.Equal(t, Alert{
		Time: booted.Add(time.Second), Rule: "cron_file", Host: "BILL01", Container: container, Cgroup: "docker-" + container + ".scope",
		PID: 4711, InnerPID: 12, ParentPID: 4700, Comm: "a b", Parent: "bash", Path: `/etc/cron.d/a "b"`, Args: []string{"cp", "a b"},
	}, alert)

	text2, err := os.ReadFile("alert.schema.json")
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text2))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("alert.schema.json", document))
	schema, err := compiler.Compile("alert.schema.json")
	require.NoError(t, err)
	for _, line := range lines {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(value))
	}
}

func TestWhatIsNoAlertIsAnError(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"not JSON\n": "invalid character",
		"{\"type\": \"lost_events\", \"data\": {\"events\": 3}}\n": "the kernel lost events",
		printed(t, "rule 1 7 9"):                                   "unknown rule",
		printed(t, "rule 1 7"):                                     "unknown rule",
		printed(t, "pid 1 7 4"):                                    "it is of no alert",
		printed(t, "word"):                                         "expected a word",
		printed(t, "rule x 7 1"):                                   "invalid syntax",
		printed(t, "rule 1 7 1", "pid 1 7 x"):                      "invalid syntax",
		printed(t, "rule 1 7 1", "colour 1 7 x"):                   "unknown word",
		printed(t, "rule 1 7 1", `args 1 7 \x6`):                   "odd length",
	} {
		var out bytes.Buffer
		assert.ErrorContains(t, read(strings.NewReader(text), reader{pending: map[string]*Alert{}}, &out, func() {}), want)
		assert.Empty(t, out.String())
	}
}

// A rule of the program has a name, and all that it prints is read.
func TestTheProgramPrintsWhatIsRead(t *testing.T) {
	t.Parallel()
	for i := range ruleNames {
		assert.Contains(t, program, fmt.Sprintf("@rule[tid] = (uint64)%d;", i+1))
	}
	assert.NotContains(t, program, fmt.Sprintf("@rule[tid] = (uint64)%d;", len(ruleNames)+1))
	for _, line := range cronLines("1") {
		word, _, _ := strings.Cut(line, " ")
		assert.Contains(t, program, `printf("`+word+` %lu %d`)
	}
	assert.Less(t, strings.Count(program, "\n"), 60, "it is small enough to be read at once")
}

// Whatever is printed, it is an alert, a part of one or an error.
func FuzzPrinted(f *testing.F) {
	for _, line := range cronLines("1") {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := reader{pending: map[string]*Alert{"1 7": {}}}
		alert, err := r.printed(text)
		assert.True(t, alert == nil || err == nil)
		assert.LessOrEqual(t, len(r.pending), 2)
	})
}
