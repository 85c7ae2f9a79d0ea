package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/lab/wire"
)

// TestEveryThreatNamesATest holds lab/THREATS.md to what there is: each line of its tables
// names tests of this project, and attempts that the agent makes; and each attempt is
// named.
func TestEveryThreatNamesATest(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(project, "lab", "THREATS.md"))
	require.NoError(t, err)
	tests, named := testsOfProject(t), map[string]bool{}
	quoted := regexp.MustCompile("`([^`]+)`")
	lines := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---") || strings.HasSuffix(line, "| shown by |\n") {
			continue
		}
		lines++
		shown := 0
		for _, match := range quoted.FindAllStringSubmatch(line, -1) {
			if strings.HasPrefix(match[1], "Test") {
				shown++
				assert.True(t, tests[match[1]], "%s is no test: %s", match[1], line)
				continue
			}
			matched := false
			for _, attempt := range wire.Probes() {
				if like(match[1], attempt) {
					matched, named[attempt] = true, true
				}
			}
			assert.True(t, matched, "%q is no attempt: %s", match[1], line)
		}
		assert.Positive(t, shown, "no test: %s", line)
	}
	assert.Greater(t, lines, 60)
	for _, attempt := range wire.Probes() {
		assert.True(t, named[attempt], "no threat is named for the attempt to %s", attempt)
	}
}

// like reports whether a text is as a pattern has it, in which * stands for anything.
func like(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return regexp.MustCompile("^" + strings.Join(parts, ".*") + "$").MatchString(text)
}

// testsOfProject are the names of all tests.
func testsOfProject(t *testing.T) map[string]bool {
	t.Helper()
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	all := map[string]bool{}
	for _, folder := range []string{"cmd", "emulation", "lab"} {
		err := fs.WalkDir(os.DirFS(project), folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path.Base(name), "_test.go") {
				return err
			}
			text, err := os.ReadFile(filepath.Join(project, name))
			for _, match := range declared.FindAllSubmatch(text, -1) {
				all[string(match[1])] = true
			}
			return err
		})
		require.NoError(t, err)
	}
	return all
}
