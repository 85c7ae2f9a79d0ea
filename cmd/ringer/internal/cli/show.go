package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
)

func newShow(c *command) *cobra.Command {
	var asJSON, source bool
	var rules ruleFlags
	var libraries []string
	cmd := &cobra.Command{
		Use:   "show [KIND] NAME",
		Short: "Show details of one item that list shows",
		Long: "Shows one item that list shows, by its name. Where items of several kinds have it, KIND\n" +
			"chooses one of them: \"ringer show actor naikon\".\n\n" +
			"A rule is named by its id, the beginning of it, its name, title or file; a technique by\n" +
			"its id or name; an actor also by its ATT&CK group or an alias. \"show language\" is the\n" +
			"manual of the language of scenarios, and any word of it has a page, such as \"show expect\".\n\n" +
			"With --source the shipped HCL is printed, to start from: a whole scenario, or the block\n" +
			"of a behaviour, a baseline, an asset, a profile, a fault or an actor; of a rule its YAML.",
		Args: wantArgs(1, 0),
		RunE: func(_ *cobra.Command, args []string) error {
			if source && asJSON {
				return usageError{errors.New("--source cannot be combined with --json: it prints HCL or YAML")}
			}
			flags, err := c.itemFlags(rules, libraries)
			if err != nil {
				return err
			}
			found, err := c.findItem(args, flags)
			if err != nil {
				return err
			}
			if source {
				return c.writeSource(found)
			}
			page, document, err := found.page()
			if err != nil {
				return err
			}
			if asJSON {
				return c.printJSON(document)
			}
			_, err = io.WriteString(c.Stdout, report.FormatPage(page, c.columns(c.stdoutWidth())))
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&source, "source", false, "print the shipped HCL, or the rule's YAML")
	rules.addTo(cmd)
	addLibraries(cmd, &libraries)
	return cmd
}

// findItem finds the item that arguments name: a name, which may be several words, or a
// kind and a name. If several have the name, stderr tells of the others.
func (c *command) findItem(args []string, flags itemFlags) (item, error) {
	among := kinds()
	if chosen, ok := kindNamed(args[0]); ok && len(args) > 1 {
		among, args = []kind{chosen}, args[1:]
	}
	name := strings.Join(args, " ")
	var all, found []item
	wantsRules := false
	for _, kind := range among {
		if kind.items == nil {
			wantsRules = true
			continue
		}
		all = append(all, kind.items(c, flags)...)
	}
	for _, isNamed := range []func(item) bool{
		func(i item) bool { return i.name == name },
		func(i item) bool {
			return strings.EqualFold(i.name, name) || slices.ContainsFunc(i.also, func(also string) bool { return also != "" && strings.EqualFold(also, name) })
		},
	} {
		for _, candidate := range all {
			known := slices.ContainsFunc(found, func(f item) bool { return f.kind == candidate.kind && f.name == candidate.name })
			if isNamed(candidate) && !known {
				found = append(found, candidate)
			}
		}
	}
	if len(found) > 0 {
		for _, other := range found[1:] {
			fmt.Fprintf(c.Stderr, "Note: %q is also the %s %s: ringer show %s %s\n", name, other.kind, other.name, other.kind, other.name)
		}
		return found[0], nil
	}
	if wantsRules {
		return c.findRuleItem(name, among, all, flags.ruleFlags)
	}
	return item{}, noItem(name, among, didYouMean(name, itemNames(all)))
}

// findRuleItem finds a rule by a name that nothing else has.
func (c *command) findRuleItem(name string, among []kind, others []item, flags ruleFlags) (item, error) {
	rules, err := c.loadRules(flags)
	if err != nil {
		return item{}, err
	}
	found := rules.Find(name)
	if len(found) == 0 {
		near := didYouMean(name, itemNames(others))
		if near == "" {
			near = nearRule(name, rules.InputRules())
		}
		return item{}, noItem(name, among, near)
	}
	rule, err := oneRule(name, found, rules.InputRules())
	if err != nil {
		return item{}, err
	}
	return item{
		kind: "rule", name: rule.Ref(),
		source: func() (string, error) { return rules.text(rule) },
		page: func() (report.Page, any, error) {
			text, err := rules.text(rule)
			page, shown := rulePage(rule, rules.spelling(rule), text)
			return page, shown, err
		},
	}, nil
}

// noItem is the error for a name that nothing has.
func noItem(name string, among []kind, near string) error {
	if kind, ok := kindNamed(name); ok {
		return usageError{fmt.Errorf("%q is a kind: give a name too; \"ringer list %s\" shows them all", name, kind.name)}
	}
	if len(among) == 1 {
		return usageError{fmt.Errorf("\"ringer list %s\" has no %q.%s", among[0].name, name, near)}
	}
	return usageError{fmt.Errorf("nothing is named %q.%s\n\"ringer list\" shows what there is", name, near)}
}

// itemNames are the names of items, and those that they also have.
func itemNames(all []item) []string {
	var names []string
	for _, item := range all {
		names = append(append(names, item.name), item.also...)
	}
	return names
}

func (c *command) writeSource(of item) error {
	if of.source == nil {
		return usageError{fmt.Errorf("the %s %s has no source in ringer: \"ringer show %s\" describes it", of.kind, of.name, of.name)}
	}
	text, err := of.source()
	if err != nil {
		return err
	}
	_, err = io.WriteString(c.Stdout, text)
	return err
}
