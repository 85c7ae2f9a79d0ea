package arch_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newcomer is a behaviour as somebody adds it by the guide in
// emulation/behaviour/doc.go.
const newcomer = `package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[newcomerNote](About{
	Name:      "newcomer_note",
	Technique: "T1074.001",
	Actors:    []string{"naikon"},
	Assets:    []string{"workstation"},
	Platform:  effect.Windows,
	Phase:     "collection",
	Summary:   "a program leaves a note in a public folder",
	Footprint: "one text file; a file event of the program",
	Undo:      "delete the note",
	Source:    "ours, to show that it takes one file",
})

type newcomerNote struct {
	Name string ` + "`arg:\"name\" doc:\"the note's file name\" like:\"*.txt\" default:\"note.txt\"`" + `
}

// Plan writes text.
func (n newcomerNote) Plan(on asset.Host) effect.StepPlan {
	note := effect.Write{Path: ` + "`C:\\Users\\Public\\`" + ` + n.Name, Content: artifact.Marked("a note")}
	writer := windowsProgram(` + "`C:\\Windows\\notepad.exe`, `notepad.exe`" + `, note)
	return effect.StepPlan{
		Processes: []effect.Process{asResident(writer, on.Account("user"))},
		Checks:    []effect.Check{effect.ContentIs{Path: note.Path, Content: note.Content}},
	}
}
`

const newcomersScenario = `scenario "newcomer" {
  title = "A behaviour of one's own"
}

actor "naikon" {
  group = "G0019"
}

asset "workstation" "desk" {}

step "newcomer_note" "note" {
  by        = actor.naikon
  on        = asset.desk
  technique = "T1074.001"

  with {
    name = "mine.txt"
  }
}
`

// TestABehaviourIsOneFileAndOneFixture adds one to a copy of the project, with no
// other file changed: the fixture is written, all tests of the vocabulary and
// the library hold, and list, show and validate know it.
func TestABehaviourIsOneFileAndOneFixture(t *testing.T) {
	t.Parallel()
	if os.Getenv("RINGER_BINARY") == "" {
		t.Skip("compiles the project once more: `make test` has the time for it, and gives RINGER_BINARY")
	}
	project := filepath.Join(t.TempDir(), "ringer")
	for _, folder := range []string{"cmd", "emulation", "lab", "scenarios"} {
		require.NoError(t, os.CopyFS(filepath.Join(project, folder), os.DirFS(filepath.Join(root(t), folder))))
	}
	for name, text := range map[string]string{
		"go.mod": read(t, "go.mod"), "go.sum": read(t, "go.sum"),
		"emulation/behaviour/newcomer_note.go": newcomer, "newcomer.hcl": newcomersScenario,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(project, name), []byte(text), 0o600))
	}
	run := func(args ...string) string {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = project
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "go %v\n%s", args, out)
		return string(out)
	}
	run("test", "./emulation/behaviour", "-run", "TestEveryBehaviourDoesWhatItsFixtureSays/newcomer_note", "-update")
	assert.FileExists(t, filepath.Join(project, "emulation/behaviour/testdata/newcomer_note.json"))
	run("test", "-short", "./emulation/behaviour", "./emulation/coverage", "./emulation/evasion", "./scenarios")
	run("build", "-o", "ringer", "./cmd/ringer")
	ringer := func(args ...string) string {
		out, err := exec.CommandContext(t.Context(), filepath.Join(project, "ringer"), args...).CombinedOutput()
		require.NoError(t, err, "ringer %v\n%s", args, out)
		return string(out)
	}
	assert.Contains(t, ringer("list", "behaviours"), "newcomer_note")
	assert.Contains(t, ringer("show", "newcomer_note"), "the note's file name")
	assert.Contains(t, ringer("validate", filepath.Join(project, "newcomer.hcl")), "Valid: 1 scenario")
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), name))
	require.NoError(t, err)
	return string(text)
}
