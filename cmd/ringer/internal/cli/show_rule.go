package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/scenarios"
)

// shownRule is what `show RULE --json` prints.
type shownRule struct {
	ID string `json:"id"`
	// Spelling is what a scenario can call it, the easiest to read.
	Spelling       string   `json:"spelling,omitempty"`
	Title          string   `json:"title"`
	Description    string   `json:"description,omitempty"`
	Level          string   `json:"level,omitempty"`
	Status         string   `json:"status,omitempty"`
	Author         string   `json:"author,omitempty"`
	Tags           []string `json:"tags,omitempty"`
	LogSource      string   `json:"logsource"`
	Fields         []string `json:"fields"`
	FalsePositives []string `json:"false_positives,omitempty"`
	File           string   `json:"file"`
	Line           int      `json:"line"`
	// Detection is the section as written; of a correlation or a filter that.
	Detection string `json:"detection,omitempty"`
}

func rulePage(r *sigma.Rule, spelling, text string) (report.Page, shownRule) {
	shown := shownRule{
		ID: r.ID, Spelling: spelling, Title: r.Title, Description: strings.TrimSpace(r.Description), Level: r.Level, Status: r.Status, Author: r.Author,
		Tags: r.Tags, LogSource: r.LogSource.String(), Fields: r.Fields(), FalsePositives: r.FalsePositives, File: r.File, Line: max(1, r.Line),
		Detection: detection(text),
	}
	page := report.Page{Title: shown.Title, Lead: shown.Description, Source: shown.Detection}
	page.Add("id", shown.ID)
	page.Add("in scenarios", shown.Spelling)
	page.Add("level", shown.Level)
	page.Add("status", shown.Status)
	page.Add("author", shown.Author)
	page.Add("log source", shown.LogSource)
	page.Add("reads", strings.Join(shown.Fields, ", "))
	page.Add("tags", strings.Join(shown.Tags, ", "))
	page.Add("false positives", strings.Join(shown.FalsePositives, "; "))
	page.Add("file", fmt.Sprintf("%s:%d", shown.File, shown.Line))
	return page, shown
}

// detection returns the section of a rule's YAML that says what it looks for, as
// written.
func detection(text string) string {
	var section []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		key, _, _ := strings.Cut(line, ":")
		switch begins := slices.Contains([]string{"detection", "correlation", "filter"}, key); {
		case section == nil && !begins:
			continue
		case !begins && line != "" && !strings.ContainsAny(line[:1], " #\t-"):
			return strings.TrimSpace(strings.Join(section, "\n"))
		}
		section = append(section, line)
	}
	return strings.TrimSpace(strings.Join(section, "\n"))
}

// text returns a rule's YAML, of a file with several its own document. It fails if the
// file can no longer be read.
func (r *ruleSet) text(rule *sigma.Rule) (string, error) {
	read := func() ([]sigma.Text, error) { return sigma.TextsFS(scenarios.FS, "rules") }
	if r.given[rule] {
		read = func() ([]sigma.Text, error) { return sigma.Texts(r.from.paths...) }
	}
	texts, err := read()
	if err != nil {
		return "", usageError{err}
	}
	for _, file := range texts {
		if file.Name == rule.File {
			return documentAt(string(file.Content), rule.Line), nil
		}
	}
	return "", usageError{fmt.Errorf("%s is not there any more", rule.File)}
}

// documentAt returns the document of a YAML stream that has a line, with the comments
// before it.
func documentAt(stream string, line int) string {
	var document strings.Builder
	n := 0
	for row := range strings.Lines(stream) {
		n++
		if strings.HasPrefix(row, "---") {
			if n > line {
				break
			}
			document.Reset()
			continue
		}
		document.WriteString(row)
	}
	return strings.TrimRight(document.String(), "\r\n") + "\n"
}
