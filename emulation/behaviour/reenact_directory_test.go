package behaviour_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/scenarios"
)

func TestEveryChangeOfTheDirectoryCanBeAskedFor(t *testing.T) {
	t.Parallel()
	reenact, ok := scenarios.Library().Behaviour("reenact")
	require.True(t, ok)
	at := slices.IndexFunc(reenact.Arguments, func(a argument.Argument) bool { return a.Name == "directory" })
	require.GreaterOrEqual(t, at, 0)
	what := slices.IndexFunc(reenact.Arguments[at].Arguments, func(a argument.Argument) bool { return a.Name == "what" })
	assert.ElementsMatch(t, slices.Collect(maps.Keys(artifact.DirectoryChangeEvents())), reenact.Arguments[at].Arguments[what].OneOf)
}
