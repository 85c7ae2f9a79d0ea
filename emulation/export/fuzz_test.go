package export_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
)

// jsonFormats are those that write one value of JSON a line; ocsf writes a line
// more for each alert.
var jsonFormats = []string{"jsonl", "winlogbeat", "ecs", "ocsf", "otlp"}

// checkLines holds what a format writes of a record to one JSON object a line.
func checkLines(t *testing.T, r export.Record) {
	t.Helper()
	for _, name := range jsonFormats {
		for _, shape := range []event.Shape{event.Native, event.EDR} {
			text, left := written(t, name, about(shape), r)
			want := 1
			if name == "ocsf" {
				want += len(r.Alerts)
			}
			for _, l := range left {
				want -= l.Count
			}
			lines := strings.SplitAfter(text, "\n")
			require.Empty(t, lines[len(lines)-1], "the last line ends")
			require.Len(t, lines, want+1, name)
			for _, line := range lines[:want] {
				require.True(t, json.Valid([]byte(line)), "%s: %s", name, line)
				require.Equal(t, byte('{'), line[0])
			}
		}
	}
	text, _ := written(t, "auditd", about(event.Native), r)
	require.LessOrEqual(t, strings.Count(text, "\n"), 1)
	for _, name := range []string{"rsigma", "sigmahq"} {
		writtenFolder(t, name, about(event.EDR), r)
	}
}

// FuzzAnyEventIsOneLineOfJSON gives events any fields that JSON can say.
func FuzzAnyEventIsOneLineOfJSON(f *testing.F) {
	for _, r := range append(moreRecords(), sampled(shipped(f))[:200]...) {
		fields, err := json.Marshal(r.Event.Fields)
		require.NoError(f, err)
		source := r.Event.Sources[0]
		f.Add(fields, source.Product, source.Service, source.Category, r.Event.Time.UnixNano(), r.Scenario)
	}
	f.Add([]byte(`{"@timestamp":1,"logsource":[],"ringer":{},"a.b":{"c":[null,{}]},"":"","Channel":{},"EventID":[1]}`), "windows", "sysmon", "", int64(-1), "\xff/..")
	f.Add([]byte(`{"type":"EXECVE","a0":"\u2028","a1":1e400,"argc":-0.0,"a2":"\u0000\n"}`), "linux", "auditd", "", int64(math.MaxInt64), "")
	f.Fuzz(func(t *testing.T, text []byte, product, service, category string, at int64, scenario string) {
		in := json.NewDecoder(bytes.NewReader(text))
		in.UseNumber()
		var fields map[string]any
		if in.Decode(&fields) != nil {
			return
		}
		rule := export.Rule{ID: scenario, Title: product, Level: category}
		checkLines(t, export.Record{
			Event: event.Event{
				ID: service, Time: time.Unix(0, at), Sources: []event.LogSource{{Category: category, Product: product, Service: service}},
				Fields: fields, Joined: map[string]any{product: scenario, "Image": category}, Provenance: event.Stated,
				FieldProvenance: map[string]event.Provenance{category: event.Declared}, Lineage: event.Lineage{Asset: scenario, Step: service},
			},
			Scenario: scenario, Host: export.Host{Name: product, Platform: effect.Platform(product)}, Technique: service, Alerts: []export.Rule{rule, rule},
		})
	})
}

func TestValuesThatJSONHasNoWordForAreTexts(t *testing.T) {
	t.Parallel()
	round := map[string]any{}
	round["again"] = round
	r := export.Record{Event: event.Event{
		Time:    time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC),
		Sources: []event.LogSource{{Product: "windows", Service: "sysmon"}},
		Fields: map[string]any{
			"Channel": "x", "EventID": 1, "nan": math.NaN(), "infinite": float32(math.Inf(-1)), "number": json.Number("0x1"), "bad": "\xff",
			"complex": complex(1, 2), "time": time.Unix(0, 0), "big": uint64(math.MaxUint64), "bytes": []byte("a"), "round": round,
		},
	}}
	checkLines(t, r)
	text, _ := written(t, "jsonl", about(event.Native), r)
	line := decodedLine(t, text)
	delete(line, "round")
	delete(line, "ringer")
	assert.Equal(t, map[string]any{
		"@timestamp": "12026-01-01T00:00:00Z", "logsource": []any{map[string]any{"product": "windows", "service": "sysmon"}},
		"Channel": "x", "EventID": json.Number("1"), "nan": "NaN", "infinite": "-Inf", "number": "0x1", "bad": "\ufffd",
		"complex": "(1+2i)", "time": "1970-01-01T00:00:00Z", "big": json.Number("18446744073709551615"), "bytes": "[97]",
	}, line)
	assert.Contains(t, text, "(nested too deeply)")
}

// What a field has that takes one of the names of a line is not lost.
func TestAFieldWithANameOfTheLineIsKept(t *testing.T) {
	t.Parallel()
	r := export.Record{Event: event.Event{Time: day, Fields: map[string]any{"ringer": "a", "logsource": "b", "@timestamp": "c", "d": "e"}}}
	text, _ := written(t, "jsonl", about(event.Native), r)
	line := decodedLine(t, text)
	assert.Equal(t, "2026-11-29T08:00:00Z", line["@timestamp"])
	assert.Equal(t, "e", line["d"])
	assert.NotContains(t, line, "logsource")
	assert.Equal(t, map[string]any{"ringer": "a", "logsource": "b", "@timestamp": "c"}, line["ringer"].(map[string]any)["fields"])
	text, _ = written(t, "ocsf", about(event.Native), r)
	said := decodedLine(t, text)["unmapped"].(map[string]any)["ringer"].(map[string]any)
	assert.Equal(t, map[string]any{"ringer": "a"}, said["fields"])
	assert.Equal(t, runID, said["run"])
}
