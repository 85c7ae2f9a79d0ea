package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What several machines performed is what one would have, and is not performed again.
func TestLivePartsOfARunAreTheWholeAndAreReused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	at := func(args ...string) *ran {
		out := recorded(t, filepath.Join(folder, "runs"), args...)
		require.Equal(t, 0, out.code, out.stderr.String())
		return out
	}
	of := []string{"naikon", "host_exchange", "host_iis"}
	with := func(args ...string) []string { return append(append([]string{"run", "--json"}, of...), args...) }
	whole := parse(t, at(with("--no-history")...))
	var merge []string
	for _, part := range []string{"1/2", "2/2"} {
		file := filepath.Join(folder, part[:1]+".ringer")
		at(with("--no-history", "--shard", part, "--record", file)...)
		merge = append(merge, file)
	}
	merged := filepath.Join(folder, "merged.ringer")
	at(append([]string{"merge", "--out", merged}, merge...)...)
	assert.Equal(t, verdictsOf(whole), verdictsOf(parse(t, at("replay", "--json", merged))))

	out := at(with("--reuse")...)
	again := parse(t, out)
	assert.Equal(t, verdictsOf(whole), verdictsOf(again))
	for _, scenario := range again.Scenarios {
		assert.NotEmpty(t, scenario.Reused, "%s has not changed", scenario.Name)
	}
	assert.Empty(t, containers(t, out.pid))
	var left struct {
		Runs []struct{ Reused, Detected int }
	}
	require.NoError(t, json.Unmarshal(at("history", "--json").stdout.Bytes(), &left))
	require.Len(t, left.Runs, 2, "the merged one, and the one that performed nothing")
	assert.Equal(t, 3, left.Runs[0].Reused)
	assert.Equal(t, left.Runs[1].Detected, left.Runs[0].Detected)
}
