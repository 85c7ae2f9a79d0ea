package send

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship"
)

// Whatever a server answers, each entry has a fate or the batch is sent again.
func FuzzAnswers(f *testing.F) {
	f.Add([]byte(`{"errors":true,"items":[{"create":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"x"}}},{"create":{"status":201}}]}`), 200)
	f.Add([]byte(`{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"too old"}}`), 200)
	f.Add([]byte(`{"partialSuccess":{"rejectedLogRecords":-1}}`), 200)
	f.Add([]byte(`{"text":"Success","code":0,"ackId":7}`), 200)
	f.Add([]byte(`{"acks":{"7":true}}`), 200)
	f.Add([]byte(`{"text":"Invalid data format","code":6,"invalid-event-number":1}`), 400)
	f.Add([]byte(`<html>`), 503)
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		outcomes, err := bulkOutcomes(body, 2)
		require.Equal(t, err == nil, len(outcomes) == 2)
		for _, outcome := range outcomes {
			require.NotEqual(t, outcome.Fate == ship.Delivered || outcome.Fate == ship.Already, outcome.Reason != "")
		}
		rejected, _, err := otlpRejected(body, 5)
		require.True(t, rejected >= 0 && rejected <= 5 && (err == nil || rejected == 0))
		if _, err := hecSaid(answer{status: status, body: body}); err == nil {
			require.True(t, status >= 200 && status < 300)
		}
		if acked, err := hecAcked(body, 7); acked {
			require.NoError(t, err)
		}
	})
}

// What was kept between processes is used as it is, or refused.
func FuzzCursor(f *testing.F) {
	f.Add(`{"channel":"0198f2a0-0000-7000-8000-000000000001","ack":3,"count":500}`)
	f.Add("1234")
	f.Fuzz(func(t *testing.T, cursor string) {
		h := &hec{}
		if h.Resume(cursor) == nil && cursor != "" {
			again := &hec{}
			require.NoError(t, again.Resume(h.Cursor()))
			require.Equal(t, h.pending, again.pending)
		}
	})
}
