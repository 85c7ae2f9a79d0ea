package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

const spoken18 = `# A file whose layout is its author's own.
scenario "old" {
  attack = "18.1" # what it was written for
}

locals {
  of = { first = { technique = "T1070.001" } } # an object's key
}

step "event_log_clear" "clear" {
  technique   =   "T1070.001"
  with { note = "T1070.001 in a text" }
}

dynamic "step" {
  for_each = ["T1562.002"] # not said to be techniques
  content { technique = true ? "T1562.002" : "T1505.003" }
}

behaviour "stops" {
  attack = [
    "T1562.001", # the first
    "T1562.012",
  ]
}
behaviour "doubles" {
  attack = ["T1562.001", "T1562", "T1562.006", "T1070.004"]
}
`

const spoken19 = `# A file whose layout is its author's own.
scenario "old" {
  attack = "19.0" # what it was written for
}

locals {
  of = { first = { technique = "T1685.005" } } # an object's key
}

step "event_log_clear" "clear" {
  technique   =   "T1685.005"
  with { note = "T1070.001 in a text" }
}

dynamic "step" {
  for_each = ["T1562.002"] # not said to be techniques
  content { technique = true ? "T1685.001" : "T1505.003" }
}

behaviour "stops" {
  attack = [
    "T1685", # the first
    "T1685.004",
  ]
}
behaviour "doubles" {
  attack = ["T1685", "T1070.004"]
}
`

func TestSpeakRewritesIDsAndNothingElse(t *testing.T) {
	t.Parallel()
	got, problems := scenario.Speak("old.hcl", []byte(spoken18), attack.V19)
	require.Empty(t, problems)
	assert.Equal(t, spoken19, string(got))
	again, problems := scenario.Speak("old.hcl", got, attack.V19)
	require.Empty(t, problems)
	assert.Equal(t, spoken19, string(again), "once more changes nothing")
}

func TestSpeakGuessesNothing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text, want, warns string
		to                      attack.Version
	}{
		{"one of several", `technique = "T1685"`, `technique = "T1685"`, "ATT&CK 18.1 has several in the place of T1685: T1562, T1562.001, T1562.006. Write the one that is meant.", attack.V18},
		{"the only one", `technique = "T1685.005"`, `technique = "T1070.001"`, "", attack.V18},
		{"none", `technique = "T1682"`, `technique = "T1682"`, "ATT&CK 18.1 has nothing in the place of T1682.", attack.V18},
		{"of no version", `technique = "T9999"`, `technique = "T9999"`, "ATT&CK 19.0 has nothing in the place of T9999.", attack.V19},
		{"revoked before", `technique = "T1100"`, `technique = "T1505.003"`, "", attack.V19},
		{"deprecated", `technique = "T1034"`, `technique = "T1034"`, "", attack.V19},
		{"a version from elsewhere", "scenario \"a\" {\n  attack = var.version\n}", "scenario \"a\" {\n  attack = var.version\n}",
			"\"attack\" is not written out here: set it to \"19.0\" where its value comes from.", attack.V19},
		{"the version is added", "scenario \"a\" {\n}", "scenario \"a\" {\n  attack = \"18.1\"\n}", "", attack.V18},
		{"the version is added in a line", `scenario "a" { title = "b" }`, "scenario \"a\" {\n  attack = \"18.1\"\n title = \"b\" \n}", "", attack.V18},
		{"the default is not", "scenario \"a\" {\n}", "scenario \"a\" {\n}", "", attack.V19},
		{"another release of the year", "scenario \"a\" {\n  attack = \"19.2\"\n}", "scenario \"a\" {\n  attack = \"19.2\"\n}", "", attack.V19},
		{"a behaviour speaks the current one", "behaviour \"a\" {\n  attack = [\"T1685.005\"]\n}", "behaviour \"a\" {\n  attack = [\"T1685.005\"]\n}", "", attack.V18},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, problems := scenario.Speak("main.hcl", []byte(test.text), test.to)
			require.False(t, problems.HasErrors(), problems)
			assert.Equal(t, test.want, string(got))
			if test.warns == "" {
				assert.Empty(t, problems)
				return
			}
			require.Len(t, problems, 1)
			assert.Equal(t, test.warns, problems[0].Detail)
		})
	}
	got, problems := scenario.Speak("main.hcl", []byte("scenario {"), attack.V19)
	assert.True(t, problems.HasErrors())
	assert.Nil(t, got)
}

// FuzzSpeak asks of any bytes: no panic, warnings with a place in the file, and a text
// that still parses and is the same when it is rewritten once more.
func FuzzSpeak(f *testing.F) {
	seeds(f)
	f.Add([]byte(spoken18))
	f.Add([]byte("\xef\xbb\xbfscenario \"bom\" {}"))
	f.Add([]byte("scenario \"a\" { technique = [\"T1562\", \"T1562.001\", { technique = [\"T1562.006\", \"T1685\"] }] }"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, version := range attack.Versions() {
			got, problems := scenario.Speak("main.hcl", text, version)
			if problems.HasErrors() {
				require.Nil(t, got)
				return
			}
			for _, problem := range problems {
				inside(t, text, problem.Subject)
			}
			again, problems := scenario.Speak("main.hcl", got, version)
			require.False(t, problems.HasErrors(), "%s\n%v", got, problems)
			require.Equal(t, string(got), string(again))
		}
	})
}
