package scenario_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

func summaries(problems hcl.Diagnostics) []string {
	var all []string
	for _, problem := range problems {
		all = append(all, problem.Summary)
	}
	return all
}

func TestLoadReadsPathsOfTheMachine(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "one.hcl")
	require.NoError(t, os.WriteFile(file, []byte(`scenario "one" {}`), 0o644))
	for _, tc := range []struct {
		name  string
		paths []string
		want  []string // scenarios
		wrong []string // summaries
	}{
		{name: "a file", paths: []string{file}, want: []string{"one"}},
		{name: "a folder", paths: []string{folder}, want: []string{"one"}},
		{name: "a file named twice is read once", paths: []string{file, file, folder}, want: []string{"one"}, wrong: nil},
		{name: "a path that is not there is a problem, the rest is read", paths: []string{filepath.Join(folder, "none"), file}, want: []string{"one"}, wrong: []string{"Cannot read"}},
		{name: "a folder without a scenario is a problem", paths: []string{t.TempDir()}, wrong: []string{"No scenario"}},
		{name: "nothing is nothing"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			set, problems := scenario.Load(scenario.Options{Vocabulary: vocabulary}, tc.paths...)
			var names []string
			for _, scenario := range set.Scenarios {
				names = append(names, scenario.Name.Text)
			}
			assert.Equal(t, tc.want, names)
			assert.Equal(t, tc.wrong, summaries(problems))
		})
	}
}

func TestLoadRefusesWhatTheParserIsNotFor(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want string }{
		{"brackets", "a = " + strings.Repeat("[", 200_000), "Nested too deeply"},
		{"parentheses", "a = " + strings.Repeat("(", 1000), "Nested too deeply"},
		{"objects", "a = " + strings.Repeat("{a=", 1000), "Nested too deeply"},
		{"templates", "a = " + strings.Repeat("\"${", 1000), "Nested too deeply"},
		{"blocks", strings.Repeat("b {\n", 1000), "Nested too deeply"},
		{"signs", "a = " + strings.Repeat("!", 100_000) + "true", "Nested too deeply"},
		{"minus signs", "a = " + strings.Repeat("-", 100_000) + "1", "Nested too deeply"},
		{"another encoding", "a = \"p\xe4ge\"\nb = \"\xe4\"\n", "Not UTF-8"},
		{"UTF-16 without a mark", "a\x00=\x001\x00", "Not UTF-8"},
		{"a large file", strings.Repeat("#\n", 200_000), "File too large"},
		{"a long row of conditions is no problem by itself", "scenario \"x\" {}\nlocals { a = " + strings.Repeat("true?1:", 2000) + "1 }", ""},
		{"nor is a long sum", "scenario \"x\" {}\nlocals { a = " + strings.Repeat("1+", 4000) + "1 }", ""},
		{"conditions without end", "scenario \"x\" {}\nlocals { a = " + strings.Repeat("true?1:", 20_000) + "1 }", "Nested too deeply"},
		{"a sum without end", "scenario \"x\" {}\nlocals { a = " + strings.Repeat("1+", 60_000) + "1 }", "Nested too deeply"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			folder := fstest.MapFS{"main.hcl": &fstest.MapFile{Data: []byte(tc.text)}}
			_, problems := scenario.LoadFS(scenario.Options{Vocabulary: vocabulary}, folder, "main.hcl")
			var want []string
			if tc.want != "" {
				want = []string{tc.want}
			}
			assert.Equal(t, want, summaries(problems))
		})
	}
}

// What is read keeps its place, so that later checks can point at it.
func TestRangesPointAtTheWords(t *testing.T) {
	t.Parallel()
	const text = `scenario "places" {}
actor "panda" { group = "G0027" }
asset "exchange" "mail" {}
step "web_shell_drop" "first" {
  by = actor.panda
  on = asset.mail
}
step "web_shell_drop" "drop" {
  by    = actor.panda
  on    = asset.mail
  at    = "45d"
  after = [step.first]
  expect "sigma" "some-rule" {
    verdict = known_gap
    because = "so"
    until   = "2027-03-31"
  }
}
`
	folder := fstest.MapFS{"main.hcl": &fstest.MapFile{Data: []byte(text)}}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: vocabulary}, folder, "main.hcl")
	require.Empty(t, problems)
	at := func(r hcl.Range) string { return text[r.Start.Byte:r.End.Byte] }
	first := set.Scenarios[0]
	step := first.Steps[1]
	expect := step.Expect[0]
	assert.Equal(t, []string{
		`"places"`, `"panda"`, `"mail"`, `asset "exchange" "mail"`,
		`step "web_shell_drop" "drop"`, `"drop"`, "actor.panda", "asset.mail", `"45d"`, "step.first",
		`expect "sigma" "some-rule"`, `"sigma"`, `"some-rule"`, "known_gap", `"2027-03-31"`,
	}, []string{
		at(first.Name.Range), at(first.Actors[0].Name.Range), at(first.Assets[0].Name.Range), at(first.Assets[0].Range),
		at(step.Range), at(step.Name.Range), at(step.By.Range), at(step.On.Range), at(step.At.Range), at(step.After[0].Range),
		at(expect.Range), at(expect.Detector.Range), at(expect.Rule.Range), at(expect.WantRange), at(expect.UntilRange),
	})
}
