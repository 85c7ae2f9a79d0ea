package cli

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
)

// languagePage returns the page of a word of the language of scenarios, and its JSON
// document.
func languagePage(word string) (page report.Page, shown []manual.Page) {
	shown = manual.Find(word)
	for i, found := range shown {
		title := found.Title
		if found.Kind != manual.Topic {
			title = fmt.Sprintf("%s (%s)", found.Name, found.Kind)
		}
		if i == 0 {
			page.Title = title
		} else {
			page.Text += "\n# " + title + "\n\n"
		}
		page.Text += found.Text
	}
	if word == manual.Overview {
		page.Text = strings.TrimRight(page.Text, "\n") + "\n\n" + languageContents()
	}
	return page, shown
}

// languageContents lists the topics and blocks.
func languageContents() string {
	out := "`ringer show WORD` shows one of these, or a keyword, attribute or function:\n\n"
	for _, row := range listLanguage() {
		if row.Name != manual.Overview {
			out += fmt.Sprintf("- `%s`: %s\n", row.Name, row.Title)
		}
	}
	return out
}

// listLanguage lists the topics of the manual and the blocks of the language.
func listLanguage() []listRow {
	rows := []listRow{}
	for _, page := range manual.Contents() {
		rows = append(rows, listRow{Name: page.Name, Kind: page.Kind, Title: page.Lead})
	}
	return rows
}
