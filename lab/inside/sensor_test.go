//go:build linux

package inside_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/lab/inside"
	"github.com/ringer-lab/ringer/lab/sensor"
)

func TestTheSensorsProcessorIsTheOneThatItCanTraceOn(t *testing.T) {
	t.Parallel()
	assert.Equal(t, sensor.Supported, runtime.GOARCH == inside.SensorArchitecture)
}
