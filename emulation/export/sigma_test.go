package export_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
)

// decoded reads an export as `ringer sigma match` reads it.
func decoded(t testing.TB, text string) []*logevent.Event {
	t.Helper()
	decoder := reader.New(strings.NewReader(text), reader.Options{})
	var events []*logevent.Event
	for {
		e, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			return events
		}
		require.NoError(t, err)
		events = append(events, e)
	}
}

func matching(set *sigma.Set, e *logevent.Event) []string {
	ids := []string{}
	for _, rule := range set.Match(e, nil) {
		ids = append(ids, rule.ID)
	}
	return ids
}

func alertsOf(set *sigma.Set, events []*logevent.Event) []string {
	session := set.NewSession()
	var found []string
	add := func(alerts []sigma.Alert) {
		for _, alert := range alerts {
			found = append(found, alert.Rule.ID)
		}
	}
	for _, e := range events {
		add(session.Feed(e))
	}
	add(session.Close())
	return found
}

func TestTheSameRulesAlertOnJSONLinesAsOnTheEvents(t *testing.T) {
	t.Parallel()
	records, set := shipped(t), ruleSet(t)
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		text, left := written(t, "jsonl", about(shape), records...)
		assert.Empty(t, left)
		read := decoded(t, text)
		require.Len(t, read, len(records))
		given, alerting := make([]*logevent.Event, len(records)), 0
		for i := range records {
			given[i] = detect.EventOf(&records[i].Event, shape)
			want := matching(set, given[i])
			alerting += len(want)
			require.Equal(t, want, matching(set, read[i]), "%s %v", shape, records[i].Event)
			require.Equal(t, given[i].LogSources, read[i].LogSources)
			require.True(t, given[i].Time.Equal(read[i].Time), "%v", read[i].Fields)
		}
		assert.Greater(t, alerting, 100)
		assert.Equal(t, alertsOf(set, given), alertsOf(set, read), "correlations included")
	}
}

func TestTheSameRulesAlertOnWinlogbeatsEventsAsOnTheEvents(t *testing.T) {
	t.Parallel()
	records, set := shipped(t), ruleSet(t)
	var windows []export.Record
	for _, r := range records {
		if r.Event.Sources[0].Product == "windows" {
			windows = append(windows, r)
		}
	}
	for _, shape := range []event.Shape{event.Native, event.EDR} {
		text, left := written(t, "winlogbeat", about(shape), records...)
		assert.Equal(t, []export.Left{{Reason: "events of other logs than the Windows event log", Count: len(records) - len(windows)}}, left)
		read := decoded(t, text)
		require.Len(t, read, len(windows))
		alerting := 0
		for i := range windows {
			want := matching(set, detect.EventOf(&windows[i].Event, shape))
			alerting += len(want)
			assert.Equal(t, want, matching(set, read[i]), "%s %v\n%v", shape, windows[i].Event, read[i])
			assert.True(t, windows[i].Event.Time.Equal(read[i].Time))
		}
		assert.Greater(t, alerting, 100)
	}
}
