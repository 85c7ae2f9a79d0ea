package manual

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Page is the description of one word of the language, or of a topic.
type Page struct {
	// Name is the word. It can have several pages, such as that of a block and that of an
	// attribute.
	Name string `json:"name"`
	// Kind is what it is: "topic", "block", "fault" and the like for a kind of that
	// block, "function", "keyword" or "attribute".
	Kind string `json:"kind"`
	// Title is its heading; no two topics or blocks have the same.
	Title string `json:"title"`
	// Lead says in few words what it is about; empty where that is the whole text.
	Lead string `json:"lead,omitempty"`
	// Text is Markdown: paragraphs, lists, indented lists in them, code, and links.
	Text string `json:"text"`
}

// The kinds of page besides kinds of blocks.
const (
	Topic = "topic"
	Block = "block"
	// LibraryBlock is a block of a library.
	LibraryBlock = "library block"
	Function     = "function"
	Keyword      = "keyword"
	Attribute    = "attribute"
)

// Overview is the name of the first page.
const Overview = "language"

// Pages returns all pages, in the order of the manual: topics, blocks, those of a library, functions,
// keywords, attributes.
var Pages = sync.OnceValue(func() []Page {
	return slices.Concat(topics(), blockPages(scenario.Language()), libraryPages(), functionPages(), libraryFunctions(), keywordPages(scenario.Language()), attributePages(scenario.Language()))
})

// Find returns the pages of a word; none if the language does not have it. Links are as
// a terminal shows them.
func Find(word string) []Page {
	var found []Page
	for _, page := range Pages() {
		if page.Name == word {
			page.Text = forTerminal(page.Text)
			found = append(found, page)
		}
	}
	return found
}

// Contents returns the pages that are worth listing: topics, blocks and kinds of blocks.
func Contents() []Page {
	pages := append(pagesOf(Topic), documentedBlocks()...)
	for i := range pages {
		pages[i].Lead = forTerminal(pages[i].Lead)
	}
	return pages
}

// Words returns the words that have a page, each once.
func Words() []string {
	var words []string
	for _, page := range Pages() {
		words = append(words, page.Name)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// links are references such as [expect], those to other documents such as
// [README](../README.md), and code, in which there is neither.
var links = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("(?s)```.*?```|`[^`]*`|\\[[^]`]+\\]\\([^)]*\\)|\\[[a-z_ ]+\\]")
})

// replaceLinks replaces each link by what write makes of the page that it is to, and
// each link to another document by what elsewhere makes of it.
func replaceLinks(text string, write func(Page) string, elsewhere func(string) string) string {
	return links().ReplaceAllStringFunc(text, func(found string) string {
		switch {
		case found[0] == '`':
			return found
		case strings.HasSuffix(found, ")"):
			return elsewhere(found)
		}
		return write(linked(strings.Trim(found, "[]")))
	})
}

// forTerminal returns text with its links as a terminal shows them.
func forTerminal(text string) string {
	return replaceLinks(text, terminalLink, func(link string) string {
		title, _, _ := strings.Cut(link[1:], "](")
		return `"` + title + `"`
	})
}

// forDocument returns text with its links as Markdown.
func forDocument(text string) string {
	return replaceLinks(text, markdownLink, func(link string) string { return link })
}

// linked returns the topic of that name or the block with that heading. It panics if
// there is none, as a link is part of the program.
func linked(name string) Page {
	i := slices.IndexFunc(Pages(), func(p Page) bool {
		return p.Kind == Topic && p.Name == name || p.Kind != Topic && p.Title == name
	})
	if i < 0 {
		panic(fmt.Sprintf("manual: a link to %q, which has no page", name))
	}
	return Pages()[i]
}

func terminalLink(to Page) string {
	if to.Kind == Topic {
		return "`ringer show " + to.Name + "`"
	}
	return "`" + to.Name + "`"
}

// firstSentence returns what a list of pages says of one.
func firstSentence(text string) string {
	sentence, _, more := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), "\n", " "), ". ")
	if more {
		return sentence + "."
	}
	return sentence
}
