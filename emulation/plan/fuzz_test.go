package plan_test

import (
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// FuzzBuild asks of any bytes: no panic, every range in its file, and a plan
// just when nothing is wrong.
func FuzzBuild(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		require.NoError(f, err)
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		_, plans, problems := build(t, fstest.MapFS{"main.hcl": &fstest.MapFile{Data: text}})
		for _, problem := range problems {
			require.NotNil(t, problem.Subject, problem.Summary)
			require.Equal(t, "main.hcl", problem.Subject.Filename)
			require.LessOrEqual(t, problem.Subject.Start.Byte, problem.Subject.End.Byte)
			require.LessOrEqual(t, problem.Subject.End.Byte, len(text))
		}
		for _, plan := range plans {
			require.Equal(t, !problems.HasErrors(), plan != nil)
		}
	})
}
