package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// What the README tells a newcomer to copy must be right as it stands there.
func TestTheReadmesScenarioIsValidAndFormatted(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	found := regexp.MustCompile("(?s)```hcl\n(.*?)```").FindSubmatch(text)
	require.NotNil(t, found)
	path := filepath.Join(t.TempDir(), "mail.hcl")
	require.NoError(t, os.WriteFile(path, found[1], 0o600))
	set, problems := scenario.Load(scenario.Options{}, path)
	require.Empty(t, problems)
	assert.Len(t, set.Scenarios[0].Steps, 1)
	formatted, problems := scenario.Format(path, found[1])
	require.Empty(t, problems)
	assert.Equal(t, string(found[1]), string(formatted))
}

// Every place that the README points at is there.
func TestTheReadmesLinksLead(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	links := regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllSubmatch(text, -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		assert.FileExists(t, filepath.Join("../..", string(link[1])))
	}
}
