package cli

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// shownCarrier is what `show PROFILE|FAULT --json` prints.
type shownCarrier struct {
	Name   string `json:"name"`
	Title  string `json:"title"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Source string `json:"source"` // as written
}

// carrierPage is the page of a profile or fault of the library, as written: it
// is what one copies to describe a carrier of one's own.
func carrierPage(name string) (page report.Text, shown shownCarrier, ok bool) {
	set, _ := scenario.LoadFS(scenario.Options{}, shipped{}, profilesFile)
	written := func(title string, at hcl.Range) (report.Text, shownCarrier, bool) {
		shown := shownCarrier{name, title, at.Filename, at.Start.Line, blockAt(set.Files[at.Filename], at)}
		page := report.Text{Title: name, Lead: title, Source: shown.Source}
		page.Add("file", fmt.Sprintf("%s:%d", shown.File, shown.Line))
		return page, shown, true
	}
	for _, all := range set.Carriers {
		for _, one := range all.Profiles {
			if one.Name.Text == name {
				return written(one.Title, one.Range)
			}
		}
		for _, one := range all.Faults {
			if one.Name.Text == name {
				return written(one.Named().Title, one.Range)
			}
		}
	}
	return report.Text{}, shownCarrier{}, false
}

// blockAt is the text of the block whose head is there.
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
