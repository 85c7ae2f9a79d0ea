package sigmahqtest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// told is a test that takes down how it would have ended.
type told struct {
	testing.TB
	skipped, failed bool
}

func (t *told) Helper()               {}
func (t *told) Skip(...any)           { t.skipped = true }
func (t *told) Skipf(string, ...any)  { t.skipped = true }
func (t *told) Fatalf(string, ...any) { t.failed = true }

func TestATestIsSkippedOnlyWhereNothingIsNamed(t *testing.T) {
	whole, empty := t.TempDir(), t.TempDir()
	for _, folder := range append(RuleFolders(whole), Recordings(whole)) {
		require.NoError(t, os.Mkdir(folder, 0o700))
	}
	for _, name := range []string{"behaviours.json", "verdicts.csv"} {
		require.NoError(t, os.WriteFile(filepath.Join(whole, name), nil, 0o600))
	}
	for _, test := range []struct {
		name, value     string
		skipped, failed bool
	}{
		{"skipped where it is not set", "", true, false},
		{"well where it is one", whole, false, false},
		{"broken where it is none", empty, false, true},
		{"broken where it depends on the working folder", "somewhere", false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv(Variable, test.value)
			t.Setenv(ReportedVariable, test.value)
			for _, find := range []func(testing.TB) string{Folder, Reported} {
				how := &told{}
				find(how)
				assert.Equal(t, test.skipped, how.skipped)
				assert.Equal(t, test.failed, how.failed)
			}
		})
	}
	assert.Contains(t, Needed, Variable)
	assert.Contains(t, Needed, Repository)
	assert.Contains(t, Needed, Commit)
}
