package manual

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// Markdown returns the manual as one document, scenarios/LANGUAGE.md.
func Markdown() string {
	var out text
	out.WriteString("<!-- Written by `go test ./emulation/scenario/manual -update` from what the decoder declares: change it there. -->\n\n")
	topics, blocks := pagesOf(Topic), documentedBlocks()
	writePage(&out, "# ", topics[0])
	out.paragraph("## Contents")
	for _, page := range topics[1:] {
		fmt.Fprintf(&out, "- %s\n", markdownLink(page))
	}
	out.paragraph("- [Blocks](#blocks)")
	for _, page := range topics[1:] {
		writePage(&out, "## ", page)
	}
	out.paragraph("## Blocks")
	for _, page := range blocks {
		fmt.Fprintf(&out, "- %s: %s\n", markdownLink(page), replaceLinks(page.Lead, markdownLink))
	}
	out.paragraph("\nWords in capitals stand for what you write. Whatever is not described here is an error.")
	for _, page := range blocks {
		writePage(&out, "### ", page)
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}

func pagesOf(kind string) []Page {
	var found []Page
	for _, page := range Pages() {
		if page.Kind == kind {
			found = append(found, page)
		}
	}
	return found
}

// documentedBlocks are the pages of blocks and of their kinds.
func documentedBlocks() []Page {
	var found []Page
	for _, page := range Pages() {
		switch page.Kind {
		case Topic, Function, Keyword, Attribute:
		default:
			found = append(found, page)
		}
	}
	return found
}

func writePage(out *text, level string, page Page) {
	out.paragraph(level + page.Title)
	out.paragraph(strings.TrimSpace(replaceLinks(page.Text, markdownLink)))
}

func markdownLink(to Page) string {
	title := to.Title
	if to.Kind != Topic {
		title = "`" + title + "`"
	}
	return fmt.Sprintf("[%s](#%s)", title, anchor(to.Title))
}

// punctuation is what an anchor on GitHub does not have.
var punctuation = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^a-z0-9 _-]`) })

// anchor returns the anchor of a heading as GitHub makes it.
func anchor(title string) string {
	return strings.ReplaceAll(punctuation().ReplaceAllString(strings.ToLower(title), ""), " ", "-")
}
