package scenario_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// Nothing can be read that is not in the schema, so whatever is in it must be
// described.
func TestEveryBlockAndAttributeIsDescribed(t *testing.T) {
	t.Parallel()
	require.NotEmpty(t, scenario.Language())
	for _, block := range schema.All(scenario.Language()) {
		t.Run(block.Name, func(t *testing.T) {
			t.Parallel()
			assert.NotEmpty(t, block.Doc)
			assert.NotEmpty(t, block.Example)
			assert.False(t, block.Least > 0 && block.Most == 0 && block.Such == "", "the message that it is missing needs an example")
			for _, label := range block.Labels {
				assert.NotEmpty(t, label.Doc, label.Name)
			}
			for _, attribute := range block.Attributes {
				assert.NotEmpty(t, attribute.Type, attribute.Name)
				assert.NotEmpty(t, attribute.Doc, attribute.Name)
				assert.False(t, attribute.Required && attribute.Default != "", "%s: what is required has no default", attribute.Name)
				assert.False(t, attribute.Required && attribute.Such == "", "%s: the message that it is missing needs an example", attribute.Name)
				named := attribute.Type == schema.Keyword || attribute.Type == schema.Counts || attribute.Type == schema.Shares || attribute.Type == schema.Texts
				assert.Equal(t, named, len(attribute.Choices) > 0, "%s: a keyword has choices", attribute.Name)
				assert.Equal(t, attribute.Type == schema.Reference || attribute.Type == schema.References || attribute.Type == schema.Targets, attribute.To != "", "%s: a reference is to something", attribute.Name)
				for _, choice := range attribute.Choices {
					assert.NotEmpty(t, choice.Doc, choice.Name)
				}
			}
		})
	}
}

func TestAnExampleHasEveryAttributeAndBlock(t *testing.T) {
	t.Parallel()
	for _, block := range schema.All(scenario.Language()) {
		file, problems := hclsyntax.ParseConfig([]byte(block.Example), block.Name, hcl.InitialPos)
		require.Empty(t, problems)
		found := map[string]bool{}
		collect(file.Body.(*hclsyntax.Body), block.Name, found)
		for _, attribute := range block.Attributes {
			assert.True(t, found[attribute.Name], "the example of %s lacks %s", block.Name, attribute.Name)
		}
		for _, inner := range block.Blocks {
			assert.True(t, found[inner.Name], "the example of %s lacks %s", block.Name, inner.Name)
		}
		formatted, problems := scenario.Format(block.Name, []byte(block.Example))
		require.Empty(t, problems)
		assert.Equal(t, block.Example, string(formatted))
		assert.True(t, strings.HasPrefix(block.Example, "\n"), "it begins below the quote")
		for line := range strings.Lines(block.Example) {
			assert.LessOrEqual(t, utf8.RuneCountInString(line), 76, "a terminal of 80 columns shows it whole: %s", line)
		}
	}
}

// collect notes which attributes and blocks are in blocks of that name, or of that
// kind.
func collect(body *hclsyntax.Body, name string, found map[string]bool) {
	for _, block := range body.Blocks {
		if block.Type == name || len(block.Labels) > 0 && block.Labels[0] == name {
			for attribute := range block.Body.Attributes {
				found[attribute] = true
			}
			for _, inner := range block.Body.Blocks {
				found[inner.Type] = true
			}
		}
		collect(block.Body, name, found)
	}
}
