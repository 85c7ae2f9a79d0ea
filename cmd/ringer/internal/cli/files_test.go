package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAReportThatFailsLeavesTheOlderOne(t *testing.T) {
	t.Parallel()
	const older = `<testsuites name="ringer"></testsuites>`
	path := filepath.Join(t.TempDir(), "junit.xml")
	read := func() string {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		return string(content)
	}
	require.NoError(t, os.WriteFile(path, []byte(older), 0o600))
	c := &command{State: &State{}}
	file, err := c.openOutput("--junit", path, junitFile)
	require.NoError(t, err)

	err = file.write(func(w io.Writer) error { _, _ = io.WriteString(w, "<half"); return errors.New("broke") })
	require.EqualError(t, err, "write "+path+": broke")
	assert.Equal(t, older, read())

	require.NoError(t, os.WriteFile(path, []byte("mine"), 0o600))
	err = file.write(func(w io.Writer) error { _, err := io.WriteString(w, older); return err })
	require.ErrorContains(t, err, path+": it is a file of another kind (text/plain) and not a JUnit report written by ringer")
	assert.Equal(t, "mine", read(), "it became somebody's own while the run went on")

	require.NoError(t, os.Remove(path))
	require.NoError(t, file.write(func(w io.Writer) error { _, err := io.WriteString(w, older); return err }))
	assert.Equal(t, older, read())
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestANameThatWasForgotten(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"": "empty", "--strict": "flag", "-": "flag", "mine.hcl": "scenario", "naikon": "scenario of the library",
		"report.xml": "", "./naikon": "", "/dev/stdout": "",
	} {
		var file outputName
		err := file.Set(value)
		if want == "" {
			require.NoError(t, err, value)
			assert.Equal(t, value, file.String())
			continue
		}
		require.Error(t, err, value)
		assert.True(t, strings.Contains(err.Error(), want), "%s: %v", value, err)
		assert.Empty(t, file.String())
	}
}
