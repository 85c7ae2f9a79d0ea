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
		if page.Kind != LibraryBlock {
			fmt.Fprintf(&out, "  - %s: %s\n", markdownLink(page), forDocument(page.Lead))
		}
	}
	out.WriteString("- [Blocks of a library](#blocks-of-a-library)\n")
	for _, page := range pagesOf(LibraryBlock) {
		fmt.Fprintf(&out, "  - %s: %s\n", markdownLink(page), forDocument(page.Lead))
	}
	writeContents(&out, after)
	out.WriteString("- [Functions of a library](#functions-of-a-library)\n\n")
	for _, page := range before {
		writePage(&out, "## ", page)
	}
	out.paragraph("## Blocks")
	out.paragraph("Words in capitals stand for what you write. A block, label or attribute that is not described here is an error.")
	for _, page := range documentedBlocks() {
		if page.Kind != LibraryBlock {
			writePage(&out, "### ", page)
		}
	}
	out.paragraph("## Blocks of a library")
	out.paragraph(forDocument("See [libraries]. An example of an act stands in a process, and one of a check in `prove`."))
	for _, page := range pagesOf(LibraryBlock) {
		writePage(&out, "### ", page)
	}
	for _, page := range after {
		writePage(&out, "## ", page)
	}
	out.paragraph("## Functions of a library")
	out.paragraph("The blocks of a library can call these as well. `file_content(path)` is the content of a file that the host has before.")
	for _, page := range libraryFunctions() {
		out.WriteString("- " + page.Text)
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
