package cli

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/reenact"
)

// A recording that was performed in part says so, also where that was enough.
func TestFindingsTellWhatWasLeftOut(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := &command{State: &State{Stdout: &out}}
	require.NoError(t, c.printFindings(reenactResult{Recordings: 4, Detected: 2, Seconds: 1.26, Findings: []reenact.Finding{
		{Recording: "a", Detected: true},
		{Recording: "b", Detected: true, Omitted: []string{"event_2: a logon", "event_5: a logon"}},
		{Recording: "c", Reason: "a logon", Limit: true},
		{Recording: "d", Reason: "event_1: disk full"},
	}}))
	assert.Equal(t, `partly b: detected without 2 of its events: event_2: a logon
limit c: a logon
missed d: event_1: disk full
2 of 4 recordings re-enacted and detected in 1.3s
`, out.String())
}
