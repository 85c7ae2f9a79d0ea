package cli

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// shownCondition is what `show PROFILE|FAULT --json` prints.
type shownCondition struct {
	Name   string `json:"name"`
	Title  string `json:"title"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Source string `json:"source"` // as written
}

// conditionItem is a profile or fault of the library, shown as written in HCL, to be
// copied for a carrier of one's own.
func conditionItem(kind string, name scenario.Identifier, title string, at hcl.Range) item {
	source := func() libraryBlock {
		return findBlock(parsedShipped([]string{at.Filename}), func(block *hclsyntax.Block) bool { return block.DefRange().Start == at.Start })
	}
	return item{
		kind: kind, name: name.Text, also: []string{title}, about: title,
		source: func() (string, error) { return source().text + "\n", nil },
		page: func() (report.Page, any, error) {
			shown := shownCondition{name.Text, title, at.Filename, at.Start.Line, source().text}
			page := report.Page{Title: shown.Name, Lead: title, Source: shown.Source}
			page.Add("file", fmt.Sprintf("%s:%d", shown.File, shown.Line))
			return page, shown, nil
		},
	}
}
