//go:build linux

package agent

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/lab/wire"
)

// The runner has its own list, and believes no other.
func TestAnAgentTriesWhatTheRunnerLists(t *testing.T) {
	t.Parallel()
	var names []string
	for _, trial := range probesOn([]string{"/no/such/asset"}, ofAssets) {
		names = append(names, trial.name)
	}
	assert.Equal(t, wire.Probes(), names)
}
