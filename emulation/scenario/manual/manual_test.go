package manual_test

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var update = flag.Bool("update", false, "rewrite scenarios/LANGUAGE.md")

const document = "../../../scenarios/LANGUAGE.md"

func TestTheDocumentIsWhatTheLanguageSays(t *testing.T) {
	t.Parallel()
	if *update {
		require.NoError(t, os.WriteFile(document, []byte(manual.Markdown()), 0o644))
	}
	committed, err := os.ReadFile(document)
	require.NoError(t, err)
	assert.Equal(t, string(committed), manual.Markdown(), "go test ./emulation/scenario/manual -update writes it")
}

// section returns the part of the document below the heading of a block; if several
// blocks have that name, the parts of all.
func section(t *testing.T, document, name string) string {
	t.Helper()
	var found strings.Builder
	for _, part := range regexp.MustCompile(`(?m)^##+ `).Split(document, -1) {
		heading, below, _ := strings.Cut(part, "\n")
		if heading == name || strings.HasPrefix(heading, name+" in ") {
			found.WriteString(below)
		}
	}
	require.NotEmpty(t, found.String(), "there is no heading %q", name)
	return found.String()
}

func TestEveryAttributeOfEveryBlockIsInItsSection(t *testing.T) {
	t.Parallel()
	document := manual.Markdown()
	for _, block := range schema.All(scenario.Language()) {
		found := section(t, document, block.Name)
		for _, attribute := range block.Attributes {
			assert.Contains(t, found, "\n- `"+attribute.Name+"` (", block.Name)
			for _, choice := range attribute.Choices {
				assert.Contains(t, found, "\n  - `"+choice.Name+"`: ", block.Name)
			}
		}
		assert.Contains(t, found, strings.TrimSpace(block.Example))
	}
	for _, f := range scenario.Functions() {
		assert.Contains(t, document, "\n- `"+f.Name+"`: ")
	}
}

func TestEveryLinkLeadsToAHeading(t *testing.T) {
	t.Parallel()
	document := manual.Markdown()
	headings := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(document, -1) {
		name := strings.ToLower(heading[1])
		name = strings.ReplaceAll(regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(name, ""), " ", "-")
		assert.False(t, headings[name], "two headings have the anchor %s", name)
		headings[name] = true
	}
	links := regexp.MustCompile(`\]\(#([^)]*)\)`).FindAllStringSubmatch(document, -1)
	assert.Greater(t, len(links), 40)
	for _, link := range links {
		assert.True(t, headings[link[1]], link[1])
	}
}

func TestEveryWordHasAPage(t *testing.T) {
	t.Parallel()
	for word, kinds := range map[string][]string{
		"language":      {manual.Topic},
		"functions":     {manual.Topic},
		"expect":        {manual.Block},
		"source":        {manual.Block},
		"clock_skew":    {"fault"},
		"known_gap":     {manual.Topic, manual.Keyword},
		"native":        {manual.Keyword},
		"join":          {manual.Function},
		"until":         {manual.Attribute},
		"title":         {manual.Function, manual.Attribute},
		"nothing_of_it": nil,
	} {
		var found []string
		for _, page := range manual.Find(word) {
			found = append(found, page.Kind)
			assert.NotContains(t, page.Text, "](", "a terminal has no links")
			assert.NotEmpty(t, page.Title)
		}
		assert.Equal(t, kinds, found, word)
	}
	assert.Contains(t, manual.Words(), "expect")
	for _, word := range manual.Words() {
		assert.NotEmpty(t, manual.Find(word), word)
	}
}
