package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
)

func newShow(c *command) *cobra.Command {
	var asJSON bool
	var ruleSets []string
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show details of one item that list shows",
		Args:  wantArgs(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			page, value, err := c.findPage(args[0], ruleSets)
			if err != nil {
				return err
			}
			if asJSON {
				return c.printJSON(value)
			}
			_, err = io.WriteString(c.Stdout, report.FormatPage(page, columns(c.StdoutWidth)))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().StringArrayVar(&ruleSets, "rules", nil, "rules to add: the `PATH` of a file, folder or zip")
	return cmd
}

// findPage finds what has that name, in any of the lists.
func (c *command) findPage(name string, ruleSets []string) (report.Page, any, error) {
	if b, ok := behaviour.Find(name); ok {
		return behaviourPage(b), b, nil
	}
	if b, ok := behaviour.FindBaseline(name); ok {
		return baselinePage(b), b, nil
	}
	if kind, ok := asset.Find(name); ok {
		page, shown := assetPage(kind)
		return page, shown, nil
	}
	if page, document, ok := scenarioPage(name); ok {
		return page, document, nil
	}
	if page, shown, ok := conditionPage(name); ok {
		return page, shown, nil
	}
	rules, err := c.loadRules(ruleSets)
	if err != nil {
		return report.Page{}, nil, err
	}
	if rule, ok := rules.FullRule(name); ok {
		page, shown := rulePage(rule)
		return page, shown, nil
	}
	return report.Page{}, nil, usageError{fmt.Errorf("nothing is named %q.%s\n\"ringer list KIND\" shows all names of a kind, one of:\n%s", name, didYouMean(name, names()), listKinds)}
}

// names are all that show knows but the rules, which have ids.
func names() []string {
	var all []string
	for _, rows := range [][]listRow{listBehaviours(), listBaselines(), listAssets(), listScenarios(), listProfiles(), listFaults()} {
		for _, row := range rows {
			all = append(all, row.Name)
		}
	}
	return all
}

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

// addArguments lists arguments, those of an object below it, further in.
func addArguments(page *report.Page, indent string, arguments []behaviour.Argument) {
	for _, arg := range arguments {
		page.AddArgument(indent+arg.Name, arg.Type, argumentLine(arg))
		addArguments(page, indent+"  ", arg.Arguments)
	}
}

func argumentLine(arg behaviour.Argument) string {
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
	technique, ok := attack.FindTechnique(id)
	if !ok {
		return id
	}
	return fmt.Sprintf("%s %s (%s)", id, technique.Name, strings.Join(technique.Tactics, ", "))
}
