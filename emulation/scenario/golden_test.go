package scenario_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/hcl/v2"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden is the file of a testdata archive that holds what should come out.
const golden = "want"

// TestGolden reads each archive under testdata as a folder and holds what comes
// of it, problems first, against the archive's last file. Its comment says what
// the case is about; a line `var NAME=VALUE` gives a variable.
func TestGolden(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			got, want := outcome(t, archive)
			if *update {
				rewrite(t, name, archive, got)
				return
			}
			assert.Equal(t, want, got)
		})
	}
}

func outcome(t *testing.T, archive *txtar.Archive) (got, want string) {
	t.Helper()
	folder := fstest.MapFS{}
	for _, file := range archive.Files {
		if file.Name == golden {
			want = string(file.Data)
			continue
		}
		folder[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	vars := map[string]string{}
	for line := range strings.Lines(string(archive.Comment)) {
		if given, ok := strings.CutPrefix(strings.TrimSpace(line), "var "); ok {
			name, value, _ := strings.Cut(given, "=")
			vars[name] = value
		}
	}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: vocabulary, Variables: vars}, folder, ".")
	var out bytes.Buffer
	require.NoError(t, hcl.NewDiagnosticTextWriter(&out, set.Files, 78, false).WriteDiagnostics(problems))
	for _, scenario := range set.Scenarios {
		if scenario.Valid {
			writeScenario(&out, scenario)
		}
	}
	for _, conditions := range set.Conditions {
		writeConditions(&out, conditions)
	}
	for _, ship := range set.Ships {
		text, err := json.Marshal(ship.Target)
		require.NoError(t, err)
		fmt.Fprintf(&out, "ship %s\n", text)
	}
	for _, exercise := range set.Exercises {
		writeExercise(&out, exercise)
	}
	return out.String(), want
}

func rewrite(t *testing.T, name string, archive *txtar.Archive, got string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == golden })
	archive.Files = append(archive.Files, txtar.File{Name: golden, Data: []byte(got)})
	require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
}

// writeScenario writes all that a scenario holds but its ranges.
func writeScenario(out *bytes.Buffer, s *scenario.Scenario) {
	fmt.Fprintf(out, "scenario %s (%s) %q ATT&CK %s %q\n", s.Name.Text, s.File, s.Title, s.Attack, s.References)
	for _, a := range s.Actors {
		fmt.Fprintf(out, "actor %s: %s %s\n", a.Name.Text, a.Group.ID, a.Title())
		if len(a.Aliases)+len(a.References) > 0 {
			fmt.Fprintf(out, "  also %q, reported in %q\n", a.Aliases, a.References)
		}
	}
	for _, a := range s.Assets {
		fmt.Fprintf(out, "asset %s: %s %s, protected %q\n", a.Name.Text, a.Kind.Name, a.Hostname, a.Protected)
	}
	for _, s := range s.Steps {
		fmt.Fprintf(out, "step %s: %s by %s on %s at %s (given: %t) after %v, %s\n", s.Name.Text, s.Behaviour.Name, s.By.Text, s.On.Text,
			s.At.Time, s.At.Given, texts(s.After), s.Technique)
		for _, name := range slices.Sorted(maps.Keys(s.Arguments)) {
			fmt.Fprintf(out, "  with %s = %#v\n", name, s.Arguments[name])
		}
		writeExpected(out, s.Expect)
	}
	for _, b := range s.Baselines {
		fmt.Fprintf(out, "baseline %s: %s on %s\n", b.Name.Text, b.Kind.Name, b.On.Text)
		writeExpected(out, b.Expect)
	}
	for _, g := range s.Gaps {
		fmt.Fprintf(out, "gap %s: %q %s, because %q\n", g.Name.Text, g.Title, g.Technique, g.Because)
	}
	writeConditions(out, s.Conditions)
}

func writeConditions(out *bytes.Buffer, c scenario.Conditions) {
	if !c.Valid {
		return
	}
	for _, p := range c.Profiles {
		fmt.Fprintf(out, "profile %s %q %s, back %s\n", p.Name.Text, p.Title, p.Shape, p.Lookback)
		for _, s := range p.Profile.Sources {
			fmt.Fprintf(out, "  source %+v\n", s)
		}
	}
	for _, f := range c.Faults {
		fmt.Fprintf(out, "fault %s %+v\n", f.Name.Text, f.Fault)
	}
}

// writeExercise writes all that an exercise holds but its ranges.
func writeExercise(out *bytes.Buffer, e *scenario.Exercise) {
	if !e.Valid {
		return
	}
	fmt.Fprintf(out, "exercise %s of %s (%s), resolved: %t\n", e.Name.Text, e.Of.Text, e.File, e.Resolved)
	document, err := json.MarshalIndent(e.Definition, "", "  ")
	if err != nil {
		fmt.Fprintln(out, err)
	}
	fmt.Fprintf(out, "%s\n", document)
}

func writeExpected(out *bytes.Buffer, all []scenario.Expect) {
	for _, e := range all {
		fmt.Fprintf(out, "  expect %s %s %s %s, %d to %d, because %q", e.Detector.Text, e.Rule.Text, e.Want, e.Shape, e.Least, e.Most, e.Because)
		if !e.Until.IsZero() {
			fmt.Fprintf(out, " until %s", e.Until.Format("2006-01-02"))
		}
		out.WriteString("\n")
	}
}

func texts(words []scenario.Identifier) []string {
	var all []string
	for _, w := range words {
		all = append(all, w.Text)
	}
	return all
}
