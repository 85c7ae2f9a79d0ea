package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

func newShow(c *command) *cobra.Command {
	var asJSON bool
	var ruleSets []string
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show one scenario, behaviour, ordinary day or rule",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			page, value, err := c.page(args[0], ruleSets)
			if err != nil {
				return err
			}
			if asJSON {
				return c.printJSON(value)
			}
			_, err = io.WriteString(c.Stdout, report.Page(page, columns(c.StdoutWidth)))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	cmd.Flags().StringArrayVar(&ruleSets, "rules", nil, "rules to add: a file, folder or zip archive")
	return cmd
}

// page finds what has that name: a behaviour, then a day, a scenario, a rule.
func (c *command) page(name string, ruleSets []string) (report.Text, any, error) {
	if one, ok := behaviour.Find(name); ok {
		return behaviourPage(one), one, nil
	}
	if one, ok := behaviour.FindBaseline(name); ok {
		return baselinePage(one), one, nil
	}
	if one, ok, err := c.scenarioPage(name); ok || err != nil {
		return one, one, err
	}
	known, err := c.loadRules(ruleSets)
	if err != nil {
		return report.Text{}, nil, err
	}
	if rule, ok := known.Full(name); ok {
		return rulePage(rule), rule, nil
	}
	return report.Text{}, nil, usageError{fmt.Errorf("there is no scenario, behaviour, day or rule %q.%s\n\"ringer list\" shows them", name, didYouMean(name, c.names()))}
}

// names are all that show knows but the rules, which have ids.
func (c *command) names() []string {
	var all []string
	for _, one := range behaviour.All() {
		all = append(all, one.Name)
	}
	for _, one := range behaviour.Baselines() {
		all = append(all, one.Name)
	}
	return append(all, c.libraryNames()...)
}

func behaviourPage(b behaviour.Behaviour) report.Text {
	page := report.Text{Title: b.Name, Lead: b.Summary}
	page.Add("ATT&CK", techniqueLine(b.Technique))
	for _, id := range b.Also {
		page.Add("", techniqueLine(id))
	}
	page.Add("reported of", strings.Join(b.Actors, ", "))
	page.Add("source", b.Source)
	page.Add("phase", b.Phase)
	page.Add("performed on", fmt.Sprintf("%s (%s)", strings.Join(b.Assets, ", "), b.Persona))
	page.Add("footprint", b.Footprint)
	page.Add("undo", b.Undo)
	addArguments(&page, "", b.Arguments)
	return page
}

// addArguments lists arguments, those of an object below it, further in.
func addArguments(page *report.Text, indent string, arguments []behaviour.Argument) {
	for _, arg := range arguments {
		page.Argument(indent+arg.Name, arg.Type, argumentLine(arg))
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

func rulePage(r *sigma.Rule) report.Text {
	page := report.Text{Title: r.Title, Lead: strings.TrimSpace(r.Description)}
	page.Add("id", r.ID)
	page.Add("level", r.Level)
	page.Add("status", r.Status)
	page.Add("author", r.Author)
	page.Add("log source", r.LogSource.String())
	page.Add("reads", strings.Join(r.Fields(), ", "))
	page.Add("tags", strings.Join(r.Tags, ", "))
	page.Add("false positives", strings.Join(r.FalsePositives, "; "))
	page.Add("file", fmt.Sprintf("%s:%d", r.File, max(1, r.Line)))
	return page
}
