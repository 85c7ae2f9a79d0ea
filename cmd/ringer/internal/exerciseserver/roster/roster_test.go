package roster_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/roster"
)

func TestTeamsAreReadFromBlocksAndLines(t *testing.T) {
	t.Parallel()
	want := []roster.Team{{Name: "Blue", Members: []string{"Ann", "Bob"}}, {Name: "Green", Members: []string{"Zoë"}}}
	for name, text := range map[string]string{
		"teams.hcl": "team \"Blue\" {\n  members = [\"Ann\", \"Bob\"]\n}\nteam \"Green\" { members = [\"Zoë\"] }\n",
		"teams.txt": "# our people\n\nBlue: Ann, Bob\r\n  Green:Zoë,\n",
	} {
		teams, problems := roster.Parse(name, []byte(text))
		require.Empty(t, problems, name)
		assert.Equal(t, want, teams, name)
	}
}

func TestWhatIsWrongWithTeamsIsSaid(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ file, text, want string }{
		"nothing":                   {"t.txt", "", "must name at least one team"},
		"no members":                {"t.txt", "Blue", `such as "Blue: Ann, Bob"; found "Blue"`},
		"a team twice":              {"t.txt", "Blue: Ann\nblue: Bob", `t.txt:2,1-10: Team named twice`},
		"a member twice":            {"t.txt", "Blue: Ann, ann", "Member named twice"},
		"no name":                   {"t.txt", ": Ann", "must not be empty"},
		"too long":                  {"t.txt", "Blue: " + strings.Repeat("x", 100), "at most 80 are allowed"},
		"a control":                 {"t.txt", "Blue: A\x1bnn", "must not have the character U+001B"},
		"too many members":          {"t.txt", "Blue: " + strings.Repeat("a, ", 60), "at most 50 are allowed"},
		"too many teams":            {"t.txt", strings.Repeat("x:\n", 501), "at most 500 are allowed"},
		"not HCL":                   {"t.hcl", "team {", "t.hcl:1"},
		"another block":             {"t.hcl", `crew "Blue" {}`, `Blocks of type "crew" are not expected here`},
		"members of the wrong kind": {"t.hcl", `team "Blue" { members = 5 }`, "list of string required"},
	} {
		_, problems := roster.Parse(test.file, []byte(test.text))
		require.True(t, problems.HasErrors(), name)
		assert.Contains(t, problems.Errs()[0].Error()+problems.Error(), test.want, name)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"Blue: Ann, Bob", "team \"Blue\" { members = [\"Ann\"] }", ":", "team \"\" {}", "\xff: a"} {
		f.Add("t.txt", text)
		f.Add("t.hcl", text)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		teams, problems := roster.Parse(name, []byte(text))
		if problems.HasErrors() {
			return
		}
		if len(teams) == 0 {
			t.Error("no team and no problem")
		}
		for _, team := range teams {
			if strings.TrimSpace(team.Name) == "" || strings.ContainsAny(team.Name, "\n\r\x00") {
				t.Errorf("team %q", team.Name)
			}
		}
	})
}
