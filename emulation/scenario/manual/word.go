package manual

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

// functionText is the entry of a function in a list.
func functionText(f scenario.Function) string {
	return fmt.Sprintf("%s `%s` is `%s`.", f.Doc, f.Example, f.Result)
}

func functionPages() []Page {
	var pages []Page
	for _, f := range scenario.Functions() {
		pages = append(pages, Page{Name: f.Name, Kind: Function, Title: f.Name, Text: functionText(f) + "\n"})
	}
	return pages
}

// keywordPages returns a page for each keyword: which attributes it can be given to,
// and what it means there.
func keywordPages(language []*schema.Block) []Page {
	var found words
	for _, block := range schema.All(language) {
		for _, attribute := range block.Attributes {
			for _, choice := range attribute.Choices {
				found.add(Keyword, choice.Name, fmt.Sprintf("- `%s = %s` in [%s]: %s\n", attribute.Name, choice.Name, block.Name, choice.Doc))
			}
		}
	}
	return found
}

// attributePages returns a page for each name of an attribute: the blocks that have it.
func attributePages(language []*schema.Block) []Page {
	var found words
	for _, block := range schema.All(language) {
		for _, attribute := range block.Attributes {
			found.add(Attribute, attribute.Name, fmt.Sprintf("In [%s]:\n\n%s\n", block.Name, entry(attribute)))
		}
	}
	return found
}

// words are pages of words that stand in several places.
type words []Page

func (w *words) add(kind, name, more string) {
	i := slices.IndexFunc(*w, func(p Page) bool { return p.Name == name })
	if i < 0 {
		*w = append(*w, Page{Name: name, Kind: kind, Title: name, Text: more})
		return
	}
	(*w)[i].Text += more
}
