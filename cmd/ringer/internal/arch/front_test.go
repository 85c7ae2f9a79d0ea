package arch_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// workflow is what is looked at in a workflow of GitHub.
type workflow struct {
	Name string
	On   any
	Jobs map[string]struct {
		RunsOn string `yaml:"runs-on"`
		Steps  []struct{ Uses, Run string }
	}
}

// code is what a document shows as code: a block or words between backquotes.
var code = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`")

// makeCall is a call of make, with all that follows it on the line.
var makeCall = regexp.MustCompile(`\bmake((?: +[\w=."'$()-]+)+)`)

// targetsIn are the make targets that a text calls.
func targetsIn(text string) []string {
	var targets []string
	for _, call := range makeCall.FindAllStringSubmatch(text, -1) {
		for word := range strings.FieldsSeq(call[1]) {
			if !regexp.MustCompile(`^[a-z][a-z-]*$`).MatchString(word) {
				break
			}
			targets = append(targets, word)
		}
	}
	return targets
}

// Whoever reads a document, or CI, calls what the Makefile has.
func TestEveryMakeTargetThatIsNamedIsThere(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, target := range regexp.MustCompile(`(?m)^([a-z][a-z-]*):`).FindAllStringSubmatch(read(t, "Makefile"), -1) {
		known[target[1]] = true
	}
	named := map[string][]string{}
	workflows, err := filepath.Glob(filepath.Join(root(t), ".github/workflows/*"))
	require.NoError(t, err)
	for _, path := range workflows {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		var of workflow
		require.NoError(t, yaml.Unmarshal(text, &of), path)
		assert.NotEmpty(t, of.Name, path)
		assert.NotEmpty(t, of.On, path)
		require.NotEmpty(t, of.Jobs, path)
		for name, job := range of.Jobs {
			assert.NotEmpty(t, job.RunsOn, "%s: %s", path, name)
			for _, step := range job.Steps {
				assert.NotEqual(t, step.Uses == "", step.Run == "", "%s: %s: a step uses an action or runs a command", path, name)
				named[filepath.Base(path)] = append(named[filepath.Base(path)], targetsIn(step.Run)...)
			}
		}
		assert.NotEmpty(t, named[filepath.Base(path)], "%s calls what a person calls", path)
	}
	assert.Len(t, named, 3, "check, docker and release")
	for _, document := range []string{"README.md", ".github/CONTRIBUTING.md", "scenarios/README.md"} {
		for _, shown := range code.FindAllString(read(t, document), -1) {
			named[document] = append(named[document], targetsIn(strings.ReplaceAll(shown, "`", ""))...)
		}
	}
	assert.NotEmpty(t, named["README.md"])
	assert.NotEmpty(t, named[".github/CONTRIBUTING.md"])
	for _, script := range []string{".ci/run", ".goreleaser.yaml"} {
		for line := range strings.Lines(read(t, script)) {
			if !strings.HasPrefix(strings.TrimSpace(line), "#") {
				named[script] = append(named[script], targetsIn(strings.TrimPrefix(line, "need make"))...)
			}
		}
		assert.NotEmpty(t, named[script], script)
	}
	for place, targets := range named {
		for _, target := range targets {
			assert.True(t, known[target], "%s names make %s, which the Makefile does not have", place, target)
		}
	}
}

func TestTheDescriptionOfAReleaseIsYAML(t *testing.T) {
	t.Parallel()
	var of struct {
		Version int
		Before  struct{ Hooks []string }
		Builds  []struct{ Goos, Goarch []string }
	}
	require.NoError(t, yaml.Unmarshal([]byte(read(t, ".goreleaser.yaml")), &of))
	assert.Equal(t, 2, of.Version)
	assert.Contains(t, of.Before.Hooks, "make inside", "ringer embeds what runs inside assets")
	require.Len(t, of.Builds, 1)
	assert.ElementsMatch(t, []string{"linux", "darwin", "windows"}, of.Builds[0].Goos)
	assert.ElementsMatch(t, []string{"amd64", "arm64"}, of.Builds[0].Goarch)
}
