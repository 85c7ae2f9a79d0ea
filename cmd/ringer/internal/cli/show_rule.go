package cli

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

// shownRule is what `show RULE --json` prints.
type shownRule struct {
	ID             string   `json:"id"`
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
	// Detection is the section as written; empty if the rule's file is in an archive.
	Detection string `json:"detection,omitempty"`
}

func rulePage(r *sigma.Rule) (report.Page, shownRule) {
	shown := shownRule{
		ID: r.ID, Title: r.Title, Description: strings.TrimSpace(r.Description), Level: r.Level, Status: r.Status, Author: r.Author,
		Tags: r.Tags, LogSource: r.LogSource.String(), Fields: r.Fields(), FalsePositives: r.FalsePositives, File: r.File, Line: max(1, r.Line),
		Detection: detection(r),
	}
	page := report.Page{Title: shown.Title, Lead: shown.Description, Source: shown.Detection}
	page.Add("id", shown.ID)
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

// detection returns the rule's detection section as written.
func detection(r *sigma.Rule) string {
	text, err := fs.ReadFile(scenarios.FS, r.File)
	if err != nil {
		text, err = userfile.Read(r.File, sigma.MaxFileSize)
	}
	if err != nil {
		return ""
	}
	var section []string
	for i, line := range strings.Split(string(text), "\n") {
		starts := strings.HasPrefix(line, "detection:")
		switch {
		case i+1 < r.Line, section == nil && !starts:
			continue
		case !starts && line != "" && !strings.ContainsAny(line[:1], " #\t\r"):
			return strings.TrimSpace(strings.Join(section, "\n"))
		}
		section = append(section, strings.TrimRight(line, "\r"))
	}
	return strings.TrimSpace(strings.Join(section, "\n"))
}
