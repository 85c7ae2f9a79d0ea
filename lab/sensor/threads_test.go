//go:build linux && amd64

package sensor_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

func TestATreeWithMoreThreadsThanItMayHaveIsEnded(t *testing.T) {
	t.Parallel()
	s := sensor.Sensor{MaxThreads: 1} // a Go program has more
	began := time.Now()
	_, err := s.Trace(patient(t), pendingExec(t, folder(t), "hang"), func(event.Observation) {})
	skipUnsupported(t, err)
	var many *sensor.TooManyThreadsError
	require.ErrorAs(t, err, &many)
	assert.Equal(t, 1, many.Limit)
	assert.Less(t, time.Since(began), 30*time.Second, "it would hang for an hour")
}
