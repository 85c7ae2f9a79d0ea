package scenario_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/hcl/v2"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// seeds are all sources under testdata.
func seeds(f *testing.F) {
	f.Helper()
	archives, err := filepath.Glob("testdata/*/*.txtar")
	require.NoError(f, err)
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		require.NoError(f, err)
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".hcl") {
				f.Add(file.Data)
			}
		}
	}
}

// FuzzLoad asks of any bytes: no panic, every range in its file, and a scenario
// that is valid just when nothing is wrong with it.
func FuzzLoad(f *testing.F) {
	seeds(f)
	f.Add([]byte("\xef\xbb\xbfscenario \"bom\" {}"))
	f.Add([]byte("scenario \"x\" {}\nlocals { a = " + strings.Repeat("[", 300) + " }"))
	f.Add([]byte("scenario \"x\" {}\nlocals { a = " + strings.Repeat("!", 300) + "true }"))
	f.Fuzz(func(t *testing.T, text []byte) {
		folder := fstest.MapFS{"main.hcl": &fstest.MapFile{Data: text}}
		set, problems := scenario.LoadFS(scenario.Options{Vocabulary: vocabulary}, folder, "main.hcl")
		for _, problem := range problems {
			require.NotEmpty(t, problem.Summary)
			for _, at := range []*hcl.Range{problem.Subject, problem.Context} {
				inside(t, text, at)
			}
		}
		var out bytes.Buffer
		require.NoError(t, hcl.NewDiagnosticTextWriter(&out, set.Files, 78, false).WriteDiagnostics(problems))
		for _, scenario := range set.Scenarios {
			require.Equal(t, !problems.HasErrors(), scenario.Valid, "%s", out.String())
			writeScenario(&out, scenario)
		}
	})
}

func inside(t *testing.T, text []byte, at *hcl.Range) {
	t.Helper()
	if at == nil {
		return
	}
	require.Equal(t, "main.hcl", at.Filename)
	require.GreaterOrEqual(t, at.Start.Line, 1)
	require.LessOrEqual(t, 0, at.Start.Byte)
	require.LessOrEqual(t, at.Start.Byte, at.End.Byte)
	require.LessOrEqual(t, at.End.Byte, len(text))
}

// FuzzFormat asks that formatting twice is formatting once, and that the
// meaning stays: the same tokens, comments included.
func FuzzFormat(f *testing.F) {
	seeds(f)
	f.Add([]byte("a   =  1 # why\n  b = [ 1,\n2 ]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		once, problems := scenario.Format("main.hcl", text)
		if problems.HasErrors() {
			require.Nil(t, once)
			return
		}
		twice, problems := scenario.Format("main.hcl", once)
		require.False(t, problems.HasErrors(), "%s", problems)
		require.Equal(t, string(once), string(twice))
		require.Equal(t, strip(text), strip(once))
	})
}

// strip leaves out what formatting may change.
func strip(text []byte) string {
	return strings.Join(strings.Fields(string(text)), "")
}
