package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

const project = "../.."

// documents are the project's Markdown files.
func documents(t *testing.T) []string {
	t.Helper()
	found := []string{filepath.Join(project, "README.md")}
	for _, folder := range []string{".github", "cmd", "emulation", "lab", "scenarios"} {
		require.NoError(t, filepath.WalkDir(filepath.Join(project, folder), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(path) == ".md" && filepath.Base(filepath.Dir(path)) != "testdata" {
				found = append(found, path)
			}
			return err
		}))
	}
	return found
}

// examples returns the HCL that a document shows.
func examples(t *testing.T, document string) []string {
	t.Helper()
	text, err := os.ReadFile(document)
	require.NoError(t, err)
	var found []string
	for _, block := range regexp.MustCompile("(?s)```hcl\n(.*?)```").FindAllSubmatch(text, -1) {
		found = append(found, string(block[1]))
	}
	return found
}

// Whoever copies an example gets what is valid and formatted. One without a scenario
// block is valid beside the first scenario of LANGUAGE.md.
func TestEveryExampleIsValidAndFormatted(t *testing.T) {
	t.Parallel()
	loaded, broken := sigma.LoadFS(scenarios.FS, "rules")
	require.Empty(t, broken)
	rules, problems := detect.NewSigma(loaded)
	require.Empty(t, problems)
	first := examples(t, filepath.Join(project, "scenarios/LANGUAGE.md"))[0]
	seen := 0
	for _, document := range documents(t) {
		for _, example := range examples(t, document) {
			seen++
			whole := complete(t, example, first)
			in := fstest.MapFS{"example.hcl": {Data: []byte(whole)}}
			set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, in, "example.hcl")
			require.Empty(t, problems, "%s:\n%s", document, whole)
			_, problems = plan.Build(set.Scenarios[0], watchedRules{rules, set.Detectors}, telemetry.Channels, time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC))
			require.Empty(t, problems, "%s:\n%s", document, whole)
			formatted, problems := scenario.Format(document, []byte(example))
			require.Empty(t, problems)
			assert.Equal(t, example, string(formatted), document)
		}
	}
	assert.Greater(t, seen, 25, "the documents have examples")
}

// watchedRules are rules beside outside detectors: those of an example, and one that
// examples name.
type watchedRules struct {
	*detect.Sigma
	detectors []scenario.Detector
}

func (r watchedRules) OutsideDetectors() []outside.Detector {
	all := []outside.Detector{{Name: "falco.host"}}
	for _, d := range r.detectors {
		all = append(all, d.Detector)
	}
	return all
}

// complete adds to an example those blocks of a scenario that it does not have itself.
func complete(t *testing.T, example, whole string) string {
	t.Helper()
	own := map[string]bool{}
	for _, block := range blocks(t, example) {
		own[blockName(block)] = true
	}
	for _, block := range blocks(t, whole) {
		if !own[blockName(block)] {
			example += "\n" + string(block.Range().SliceBytes([]byte(whole))) + "\n"
		}
	}
	return example
}

func blocks(t *testing.T, text string) []*hclsyntax.Block {
	t.Helper()
	file, problems := hclsyntax.ParseConfig([]byte(text), "example.hcl", hcl.InitialPos)
	require.Empty(t, problems, text)
	return file.Body.(*hclsyntax.Body).Blocks
}

// blockName is what a scenario can have once: a name of a type, and one scenario.
func blockName(block *hclsyntax.Block) string {
	if block.Type == "scenario" || len(block.Labels) == 0 {
		return block.Type
	}
	return block.Type + " " + block.Labels[len(block.Labels)-1]
}

// Every place that a document points at is there.
func TestTheDocumentsLinksLead(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	links := 0
	for _, document := range documents(t) {
		text, err := os.ReadFile(document)
		require.NoError(t, err)
		for _, found := range link.FindAllSubmatch(text, -1) {
			links++
			assert.FileExists(t, filepath.Join(filepath.Dir(document), string(found[1])), document)
		}
	}
	assert.Greater(t, links, 40, "the documents have links")
}

// A newcomer who copies the README's example has one step to perform.
func TestTheReadmesScenarioStandsAlone(t *testing.T) {
	t.Parallel()
	text := examples(t, filepath.Join(project, "README.md"))[0]
	assert.Equal(t, text, complete(t, text, strings.TrimSpace(text)))
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, fstest.MapFS{"mail.hcl": {Data: []byte(text)}}, "mail.hcl")
	require.Empty(t, problems)
	assert.Len(t, set.Scenarios[0].Steps, 1)
}
