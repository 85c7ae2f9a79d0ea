package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
)

func newShow(c *command) *cobra.Command {
	var asJSON bool
	var rules ruleFlags
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show details of one item that list shows",
		Args:  wantArgs(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			page, value, err := c.findPage(args[0], rules)
			if err != nil {
				return err
			}
			if asJSON {
				return c.printJSON(value)
			}
			_, err = io.WriteString(c.Stdout, report.FormatPage(page, columns(c.stdoutWidth())))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	rules.addTo(cmd)
	return cmd
}

// findPage returns the page of the item with that name, of any kind, and its JSON
// document.
func (c *command) findPage(name string, flags ruleFlags) (report.Page, any, error) {
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
	rules, err := c.loadRules(flags)
	if err != nil {
		return report.Page{}, nil, err
	}
	if rule, ok := rules.FullRule(name); ok {
		page, shown := rulePage(rule)
		return page, shown, nil
	}
	return report.Page{}, nil, usageError{fmt.Errorf("nothing is named %q.%s\n\"ringer list KIND\" shows all names of a kind, one of:\n%s", name, didYouMean(name, names()), listKinds)}
}

// names returns all names that show knows, except rules, which have ids.
func names() []string {
	var all []string
	for _, rows := range [][]listRow{listBehaviours(), listBaselines(), listAssets(), listScenarios(), listProfiles(), listFaults()} {
		for _, row := range rows {
			all = append(all, row.Name)
		}
	}
	return all
}
