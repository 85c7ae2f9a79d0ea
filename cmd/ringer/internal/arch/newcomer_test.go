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
const newcomer = `behaviour "newcomer_note" {
  attack    = ["T1074.001"]
  actors    = ["naikon"]
  platform  = windows
  hosts     = ["workstation"]
  phase     = collection
  summary   = "a program leaves a note in a public folder"
  footprint = "one text file; a file event of the program"
  source    = "ours, to show that it takes one file"

  argument "name" {
    doc     = "the note's file name"
    like    = "*.txt"
    default = "note.txt"
  }

  process "writer" {
    image    = "C:\\Windows\\notepad.exe"
    user     = host.accounts.user
    resident = true
    write {
      path    = "C:\\Users\\Public\\${arg.name}"
      content = inert("a note")
    }
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
		"scenarios/library/behaviours/newcomer_note.hcl": newcomer, "newcomer.hcl": newcomersScenario,
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
