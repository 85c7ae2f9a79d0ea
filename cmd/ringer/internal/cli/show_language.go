package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
)

// languagePage returns the page of a word of the language of scenarios, and its JSON
// document; ok is false if the language does not have it.
func languagePage(word string) (page report.Page, shown []manual.Page, ok bool) {
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
	return page, shown, len(shown) > 0
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

// findWord returns the page of a word of the language, also of one that is the name of
// an item of a list. It fails with a usage error for any other.
func findWord(word string) (report.Page, any, error) {
	page, shown, ok := languagePage(word)
	if !ok {
		return report.Page{}, nil, usageError{fmt.Errorf("the language of scenarios has no word %q.%s\n\"ringer show language\" lists its blocks", word, didYouMean(word, manual.Words()))}
	}
	return page, shown, nil
}

// addWord adds to the page of an item how to see the word of the language with the
// same name.
func addWord(page *report.Page, name string) {
	var kinds []string
	for _, found := range manual.Find(name) {
		kinds = append(kinds, found.Kind)
	}
	if len(kinds) > 0 {
		page.Add("language", fmt.Sprintf("%s is also a word of the language (%s): ringer show language %s", name, strings.Join(slices.Compact(kinds), ", "), name))
	}
}

// listLanguage lists the topics of the manual and the blocks of the language.
func listLanguage() []listRow {
	rows := []listRow{}
	for _, page := range manual.Contents() {
		rows = append(rows, listRow{Name: page.Name, Kind: page.Kind, Title: page.Lead})
	}
	return rows
}
