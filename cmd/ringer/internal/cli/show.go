package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario/manual"
)

func newShow(c *command) *cobra.Command {
	var asJSON bool
	var rules ruleFlags
	cmd := &cobra.Command{
		Use:   "show NAME|language [WORD]",
		Short: "Describe one item that list shows, or a word of the language",
		Args:  cobra.MatchAll(wantArgs(1, 2), onlyAfter(manual.Overview)),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			switch {
			case len(args) == 0:
				return names(), cobra.ShellCompDirectiveNoFileComp
			case len(args) == 1 && args[0] == manual.Overview:
				return manual.Words(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			find := func() (report.Page, any, error) { return c.findPage(args[0], rules) }
			if len(args) > 1 {
				find = func() (report.Page, any, error) { return findWord(args[1]) }
			}
			page, value, err := find()
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
	if page, value, ok := libraryPage(name); ok {
		addWord(&page, name)
		return page, value, nil
	}
	if page, shown, ok := languagePage(name); ok {
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

// libraryPage returns the page of the item of the library with that name, except of a
// rule.
func libraryPage(name string) (report.Page, any, bool) {
	if b, ok := behaviour.Find(name); ok {
		return behaviourPage(b), b, true
	}
	if b, ok := behaviour.FindBaseline(name); ok {
		return baselinePage(b), b, true
	}
	if kind, ok := asset.Find(name); ok {
		page, shown := assetPage(kind)
		return page, shown, true
	}
	if page, document, ok := scenarioPage(name); ok {
		return page, document, true
	}
	if page, shown, ok := conditionPage(name); ok {
		return page, shown, true
	}
	return report.Page{}, nil, false
}

// names returns all names that show knows, except rules, which have ids.
func names() []string {
	all := manual.Words()
	for _, rows := range [][]listRow{listBehaviours(), listBaselines(), listAssets(), listScenarios(), listProfiles(), listFaults()} {
		for _, row := range rows {
			all = append(all, row.Name)
		}
	}
	return all
}

// onlyAfter refuses a second argument but after that word.
func onlyAfter(word string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 && args[0] != word {
			return unexpected(cmd, args[1])
		}
		return nil
	}
}
