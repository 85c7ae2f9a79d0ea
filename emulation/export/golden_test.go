package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
)

// oneOfEachKind are the first events of each kind, as ECS's event.action names it.
func oneOfEachKind(t *testing.T) []export.Record {
	t.Helper()
	records := allRecords(t)
	text, _ := written(t, "ecs", about(event.Native), records...)
	var some []export.Record
	seen := map[any]bool{}
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		kind := decodedLine(t, line)["event"].(map[string]any)["action"]
		if !seen[kind] {
			r := records[i]
			if r.Scenario == "more" && len(some)%8 != 0 {
				r.Alerts = nil
			}
			some = append(some, r)
		}
		seen[kind] = true
	}
	require.Greater(t, len(some), 55)
	return some
}

func TestOneEventOfEachKindIsWrittenAsInItsGolden(t *testing.T) {
	t.Parallel()
	records := oneOfEachKind(t)
	alerted := slices.DeleteFunc(slices.Clone(records), func(r export.Record) bool { return len(r.Alerts) == 0 })
	for _, f := range export.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			var text strings.Builder
			var left []export.Left
			if f.Folder {
				var files memory
				files, left = writtenFolder(t, f.Name, about(event.EDR), alerted...)
				for _, name := range slices.Sorted(maps.Keys(files)) {
					fmt.Fprintf(&text, "-- %s --\n%s", name, readable(t, name, files[name].String()))
				}
			} else {
				var out string
				out, left = written(t, f.Name, about(event.Native), records...)
				text.WriteString(readable(t, f.Name+".json", out))
			}
			for _, l := range left {
				fmt.Fprintf(&text, "left: %d %s\n", l.Count, l.Reason)
			}
			name := filepath.Join("testdata", f.Name+".golden")
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(text.String()), 0o644))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			assert.Equal(t, string(want), text.String())
		})
	}
}

// readable is JSON with lines of its own, and other text with the character that
// auditd parts its fields by made visible. OTLP, which is five lines for a value,
// stays as it is.
func readable(t *testing.T, name, text string) string {
	t.Helper()
	if !strings.HasSuffix(name, "json") || strings.HasPrefix(name, "auditd") || strings.HasPrefix(name, "otlp") {
		return strings.ReplaceAll(text, "\x1d", "^]")
	}
	var out bytes.Buffer
	for line := range strings.Lines(text) {
		require.NoError(t, json.Indent(&out, []byte(line), "", " "))
	}
	return out.String()
}

func TestEveryFormatIsDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("FORMATS.md")
	require.NoError(t, err)
	for _, f := range export.Formats() {
		assert.Contains(t, string(text), "\n## "+f.Name+"\n")
		assert.Contains(t, string(text), "\n| `"+f.Name+"` |")
	}
}

func BenchmarkWrite(b *testing.B) {
	records := shipped(b)
	for _, f := range export.Formats() {
		if f.Folder {
			continue
		}
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w, err := export.New(f.Name, io.Discard, about(event.EDR))
				require.NoError(b, err)
				for _, r := range records {
					require.NoError(b, w.Write(r))
				}
				require.NoError(b, w.Close())
			}
			b.ReportMetric(float64(b.N*len(records))/b.Elapsed().Seconds(), "events/s")
		})
	}
}
