package importer_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"github.com/hashicorp/hcl/v2"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/importer"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden is the file of an archive that holds what should come out.
const golden = "want"

// formatOf is the format of an archive, by its name.
func formatOf(t testing.TB, name string) importer.Format {
	t.Helper()
	name = strings.TrimSuffix(filepath.Base(name), ".txtar")
	if name == "builder" {
		name = "attack-flow"
	}
	format, ok := importer.FormatNamed(name)
	require.True(t, ok, name)
	return format
}

// TestGolden imports each archive under testdata as a folder.
func TestGolden(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			folder, want := fstest.MapFS{}, ""
			for _, file := range archive.Files {
				if file.Name == golden {
					want = string(file.Data)
					continue
				}
				folder[file.Name] = &fstest.MapFile{Data: file.Data}
			}
			format := formatOf(t, name)
			files, err := format.ReadFolder(folder)
			require.NoError(t, err)
			got := imported(t, format, files)
			assert.Equal(t, got, imported(t, format, files), "the same files give the same scenarios")
			if *update {
				archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == golden })
				archive.Files = append(archive.Files, txtar.File{Name: golden, Data: []byte(got)})
				require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
				return
			}
			assert.Equal(t, want, got)
		})
	}
}

// imported imports files, checks what came of them, and returns it as text.
func imported(t testing.TB, format importer.Format, files []importer.File) string {
	t.Helper()
	plans, problems := format.Read(files)
	written, more := importer.Convert(plans, scenarios.Library())
	var out strings.Builder
	for _, problem := range append(problems, more...) {
		fmt.Fprintf(&out, "not imported: %s\n", problem)
	}
	for _, s := range written {
		checkWritten(t, s)
		fmt.Fprintf(&out, "%s: %d steps, %d mapped (%d by technique, %d re-enacted), %d gaps\n%s\n", s.Name, s.Steps, s.Mapped, s.ByTechnique, s.Reenacted, s.Gaps, s.Text)
	}
	return out.String()
}

// checkWritten holds a scenario file to what is promised of each: it is valid, has the
// counts that are told, and nothing in it commands a terminal.
func checkWritten(t testing.TB, s importer.Scenario) {
	t.Helper()
	require.True(t, bytes.HasPrefix(s.Text, []byte(importer.Mark)))
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, fstest.MapFS{"s.hcl": {Data: s.Text}}, "s.hcl")
	require.Len(t, set.Scenarios, 1, "%s", s.Text)
	read := set.Scenarios[0]
	_, more := plan.Build(read, nil, telemetry.Channels, time.Unix(0, 0))
	for _, problem := range append(problems, more...) {
		require.NotEqual(t, hcl.DiagError, problem.Severity, "%s\n%s", problem, s.Text)
	}
	require.Equal(t, s.Name, read.Name.Text)
	require.Len(t, read.Gaps, s.Gaps)
	require.Equal(t, s.Steps, s.Mapped+s.Gaps)
	require.GreaterOrEqual(t, len(read.Steps), s.Mapped)
	for _, r := range string(s.Text) {
		require.True(t, r == '\n' || unicode.IsPrint(r), "%q", r)
	}
}

// The public corpora are read where RINGER_CORPORA names a folder with one folder a
// format: attack-flow, atomic, caldera and ctid.
func TestThePublicCorporaAreImported(t *testing.T) {
	t.Parallel()
	corpora := os.Getenv("RINGER_CORPORA")
	if corpora == "" {
		t.Skip("RINGER_CORPORA names no folder of corpora")
	}
	for _, format := range importer.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			t.Parallel()
			folder, err := userfile.OpenFolder(path.Join(corpora, format.Name))
			if os.IsNotExist(err) {
				t.Skip("it is not there")
			}
			require.NoError(t, err)
			defer folder.Close()
			files, err := format.ReadFolder(folder)
			require.NoError(t, err)
			plans, problems := format.Read(files)
			written, more := importer.Convert(plans, scenarios.Library())
			assert.Empty(t, more)
			assert.NotEmpty(t, written)
			var steps, mapped, gaps int
			for _, s := range written {
				checkWritten(t, s)
				steps, mapped, gaps = steps+s.Steps, mapped+s.Mapped, gaps+s.Gaps
			}
			t.Logf("%s: %d files, %d not read, %d scenarios, %d steps, %d mapped, %d gaps", format.Name, len(files), len(problems), len(written), steps, mapped, gaps)
		})
	}
}

func TestTooManyStepsAreRefused(t *testing.T) {
	t.Parallel()
	format, _ := importer.FormatNamed("ctid")
	var text strings.Builder
	text.WriteString("- emulation_plan_details: {id: x, adversary_name: y}\n")
	for i := range scenario.MaxSteps + 1 {
		fmt.Fprintf(&text, "- {id: s%d, name: s}\n", i)
	}
	plans, problems := format.Read([]importer.File{{Name: "plan.yaml", Text: []byte(text.String())}})
	assert.Empty(t, plans)
	require.Len(t, problems, 1)
	assert.ErrorContains(t, problems[0], "plan.yaml: it has 2001 steps; at most 2000 can be imported")
}

// Aliases of YAML that unfold without end, and nesting without end, are refused.
func TestYAMLThatUnfoldsIsRefused(t *testing.T) {
	t.Parallel()
	format, _ := importer.FormatNamed("atomic")
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for i := 'b'; i <= 'i'; i++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", i-1), 9), ","))
	}
	bomb += "attack_technique: T1003\natomic_tests: *i\n"
	for _, text := range []string{bomb, strings.Repeat("[", 200_000)} {
		plans, problems := format.Read([]importer.File{{Name: "x.yaml", Text: []byte(text)}})
		assert.Empty(t, plans)
		assert.Len(t, problems, 1)
	}
}

// FuzzImport asks of any bytes, in each format: no panic, and what is written is valid.
func FuzzImport(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		require.NoError(f, err)
		format := formatOf(f, name)
		for _, file := range archive.Files {
			if file.Name != golden {
				f.Add(slices.IndexFunc(importer.Formats(), func(other importer.Format) bool { return other.Name == format.Name }), file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, format int, text []byte) {
		formats := importer.Formats()
		if format < 0 || format >= len(formats) {
			return
		}
		imported(t, formats[format], []importer.File{{Name: "file", Text: text}})
	})
}
