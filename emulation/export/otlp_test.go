package export_test

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/ringer-lab/ringer/emulation/event"
)

// TestTheCollectorReadsEveryLine reads with the collector's own reader, which takes
// the JSON of the protocol and passes over names that it does not know: written
// again by it, nothing may be missing.
func TestTheCollectorReadsEveryLine(t *testing.T) {
	t.Parallel()
	records := sampled(shipped(t))
	text, left := written(t, "otlp", about(event.EDR), records...)
	assert.Empty(t, left)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	require.Len(t, lines, len(records))
	for i, r := range records {
		read, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs([]byte(lines[i]))
		require.NoError(t, err, lines[i])
		require.Equal(t, 1, read.LogRecordCount())
		resource := read.ResourceLogs().At(0)
		record := resource.ScopeLogs().At(0).LogRecords().At(0)
		assert.True(t, r.Event.Time.Equal(record.Timestamp().AsTime()))
		trace, span := record.TraceID(), record.SpanID()
		assert.Equal(t, strings.ReplaceAll(runID, "-", ""), hex.EncodeToString(trace[:]))
		assert.False(t, span.IsEmpty())
		fields := r.Event.Shaped(event.EDR)
		assert.Equal(t, slices.Sorted(maps.Keys(fields)), slices.Sorted(maps.Keys(record.Body().Map().AsRaw())))
		for name, v := range record.Body().Map().All() {
			if text, ok := fields[name].(string); ok {
				require.Equal(t, text, v.Str())
			}
		}
		said := record.Attributes().AsRaw()
		assert.Equal(t, r.Event.Provenance.String(), said["ringer.provenance"])
		assert.Equal(t, r.Event.Lineage.Step, said["ringer.step"])
		assert.Equal(t, r.Scenario, said["ringer.scenario"])
		rules, _ := said["ringer.rules"].([]any)
		assert.Len(t, rules, len(r.Alerts))
		provenances, _ := said["ringer.field_provenance"].(map[string]any)
		for name, provenance := range r.Event.FieldProvenance {
			if _, written := fields[name]; written {
				assert.Equal(t, provenance.String(), provenances[name])
			}
		}
		name, _ := resource.Resource().Attributes().Get("host.name")
		assert.Equal(t, pcommon.ValueTypeStr, name.Type())
		assert.Equal(t, r.Host.Name, name.Str())
		again, err := (&plog.JSONMarshaler{}).MarshalLogs(read)
		require.NoError(t, err)
		assert.JSONEq(t, lines[i], string(again))
	}
}
