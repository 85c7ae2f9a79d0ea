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
	topics := pagesOf(Topic)
	before, after := topics[1:topicsBeforeBlocks], topics[topicsBeforeBlocks:]
	writePage(&out, "# ", topics[0])
	out.paragraph("## Contents")
	writeContents(&out, before)
	out.WriteString("- [Blocks](#blocks)\n")
	for _, page := range documentedBlocks() {
		fmt.Fprintf(&out, "  - %s: %s\n", markdownLink(page), forDocument(page.Lead))
	}
	writeContents(&out, after)
	out.WriteString("\n")
	for _, page := range before {
		writePage(&out, "## ", page)
	}
	out.paragraph("## Blocks")
	out.paragraph("Words in capitals stand for what you write. A block, label or attribute that is not described here is an error.")
	for _, page := range documentedBlocks() {
		writePage(&out, "### ", page)
	}
	for _, page := range after {
		writePage(&out, "## ", page)
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}

func writeContents(out *text, pages []Page) {
	for _, page := range pages {
		fmt.Fprintf(out, "- %s\n", markdownLink(page))
	}
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
	out.paragraph(strings.TrimSpace(forDocument(page.Text)))
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
