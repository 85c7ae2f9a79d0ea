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

// conditionPage returns the page of the library's profile or fault of that name, as
// written in HCL, to be copied for a carrier of one's own.
func conditionPage(name string) (page report.Page, shown shownCondition, ok bool) {
	set, _ := scenario.LoadFS(scenario.Options{}, shipped{}, profilesFile)
	written := func(title string, at hcl.Range) (report.Page, shownCondition, bool) {
		shown := shownCondition{name, title, at.Filename, at.Start.Line, blockAt(set.Files[at.Filename], at)}
		page := report.Page{Title: name, Lead: title, Source: shown.Source}
		page.Add("file", fmt.Sprintf("%s:%d", shown.File, shown.Line))
		return page, shown, true
	}
	for _, all := range set.Conditions {
		for _, profile := range all.Profiles {
			if profile.Name.Text == name {
				return written(profile.Title, profile.Range)
			}
		}
		for _, fault := range all.Faults {
			if fault.Name.Text == name {
				return written(fault.Info().Title, fault.Range)
			}
		}
	}
	return report.Page{}, shownCondition{}, false
}

// blockAt returns the text of the block with that head.
func blockAt(file *hcl.File, head hcl.Range) string {
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		return ""
	}
	for _, block := range body.Blocks {
		if block.DefRange() == head {
			return string(block.Range().SliceBytes(file.Bytes))
		}
	}
	return ""
}
