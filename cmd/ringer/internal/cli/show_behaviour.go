package cli

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
)

func behaviourPage(b behaviour.Behaviour) report.Page {
	page := report.Page{Title: b.Name, Lead: b.Summary}
	page.Add("ATT&CK", techniqueLine(b.Technique))
	for _, id := range b.Also {
		page.Add("", techniqueLine(id))
	}
	page.Add("reported of", strings.Join(b.Actors, ", "))
	page.Add("source", b.Source)
	page.Add("phase", b.Phase)
	page.Add("performed on", fmt.Sprintf("%s (%s)", strings.Join(b.Assets, ", "), b.Platform))
	page.Add("footprint", b.Footprint)
	page.Add("undo", b.Undo)
	addArguments(&page, "", b.Arguments)
	return page
}

// addArguments adds arguments to a page, those of an object indented below it.
func addArguments(page *report.Page, indent string, arguments []argument.Argument) {
	for _, arg := range arguments {
		page.AddArgument(indent+arg.Name, arg.Type, argumentLine(arg))
		addArguments(page, indent+"  ", arg.Arguments)
	}
}

func argumentLine(arg argument.Argument) string {
	said := []string{arg.Doc}
	switch {
	case arg.OneOf != nil:
		said = append(said, "one of "+strings.Join(arg.OneOf, ", "))
	case arg.Type == "number":
		said = append(said, fmt.Sprintf("%d to %d", arg.Min, arg.Max))
	case arg.Type == "object":
		return arg.Doc
	case arg.Form != "":
		said = append(said, fmt.Sprintf("a %s of at most %d bytes", strings.ReplaceAll(arg.Form, "_", " "), arg.Max))
	case arg.Like != "":
		said = append(said, "a plain name like "+arg.Like)
	}
	if arg.Required {
		return strings.Join(append(said, "required"), "; ")
	}
	return strings.Join(append(said, "default "+cmp.Or(arg.Default, "none")), "; ")
}

func techniqueLine(id string) string {
	technique, ok := attack.Current.Technique(id)
	if !ok {
		return id
	}
	return fmt.Sprintf("%s %s (%s)", id, technique.Name, strings.Join(technique.Tactics, ", "))
}
