package behaviour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/behaviour"
)

// What a library's expressions make is bounded as in a scenario, and told once.
func TestAnEndlessExpressionIsReported(t *testing.T) {
	t.Parallel()
	file, problems := behaviour.Parse("library.hcl", []byte(`
locals {
  rows  = [for x in range(1024) : [for y in range(1024) : [for z in range(1024) : x]]]
  after = "not evaluated"
}
`))
	require.Empty(t, problems)
	_, problems = behaviour.Read(file)
	require.Len(t, problems, 1)
	assert.Equal(t, "Too much to evaluate", problems[0].Summary)
	assert.Equal(t, 3, problems[0].Subject.Start.Line)
}
