package main

import (
	"io/fs"
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

// Every place that a document points at is there.
func TestTheDocumentsLinksLead(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	documents := []string{"../../README.md"}
	for _, folder := range []string{"cmd", "emulation", "lab", "scenarios"} {
		require.NoError(t, filepath.WalkDir(filepath.Join("../..", folder), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(path) == ".md" && filepath.Base(filepath.Dir(path)) != "testdata" {
				documents = append(documents, path)
			}
			return err
		}))
	}
	links := 0
	for _, document := range documents {
		text, err := os.ReadFile(document)
		require.NoError(t, err)
		for _, found := range link.FindAllSubmatch(text, -1) {
			links++
			assert.FileExists(t, filepath.Join(filepath.Dir(document), string(found[1])), document)
		}
	}
	assert.Greater(t, links, 40, "the documents have links")
}
