package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report/trial"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/skeleton"
	"github.com/ringer-lab/ringer/scenarios"
)

// newScenarioFlags are those of `ringer new scenario`.
type newScenarioFlags struct {
	behaviour, out string
	libraries      []string
	rules          ruleFlags
}

func newNewScenario(c *command) *cobra.Command {
	var flags newScenarioFlags
	cmd := &cobra.Command{
		Use:   "scenario NAME",
		Short: "Write a scenario of one step, with a rule that must see it and one that must not",
		Long: "Writes a scenario with one host and one step of a behaviour: ringer's, or that of a\n" +
			"--library. Without --behaviour it is the only one of the library; without either, the\n" +
			"scenario has a block of one that writes a file.\n\n" +
			"Which rules it expects is found on the events that the behaviour is meant to leave:\n" +
			"nothing is performed. One that alerts on them must fire, and one that comes near must be\n" +
			"silent; rules of --rules come first, then those on the behaviour's technique. Where\n" +
			"there is none, a comment takes its place.\n\n" +
			"Exit codes: 0 written, 2 invalid input (nothing was written).",
		RunE: func(cmd *cobra.Command, args []string) error { return c.newScenario(cmd.Context(), args[0], flags) },
	}
	cmd.Flags().StringVar(&flags.behaviour, "behaviour", "", "the `NAME` of the behaviour that it performs")
	cmd.Flags().StringVar(&flags.out, "out", "", "the `FILE` to write (default NAME.hcl)")
	addLibraries(cmd, &flags.libraries)
	flags.rules.addTo(cmd)
	return cmd
}

func (c *command) newScenario(ctx context.Context, name string, flags newScenarioFlags) error {
	if err := checkName(name); err != nil {
		return err
	}
	rules, err := c.loadRules(flags.rules)
	if err != nil {
		return err
	}
	c.warnBroken(rules)
	draft := skeleton.Scenario{Name: name, File: fileOf(name, flags.out)}
	if err := c.performs(&draft, flags); err != nil {
		return err
	}
	if draft.Libraries, err = fromFolderOf(draft.File, flags.libraries); err != nil {
		return usageError{err}
	}
	if err := c.expects(ctx, &draft, rules); err != nil {
		return err
	}
	text, err := draft.Text()
	if err != nil {
		return usageError{err}
	}
	return c.writeNew(draft.File, flags.out, text,
		fmt.Sprintf("one step of %s, which %s must see and %s must not", draft.Called, ruleOf(draft.Fires), ruleOf(draft.Silent)), "run")
}

func ruleOf(expected *skeleton.Expectation) string {
	if expected == nil {
		return "no rule yet"
	}
	return expected.Rule
}

// performs says what the step of a scenario performs.
func (c *command) performs(draft *skeleton.Scenario, flags newScenarioFlags) error {
	if flags.behaviour == "" && len(flags.libraries) == 0 {
		var err error
		draft.Blocks, draft.Behaviour, err = skeleton.Behaviour{Name: draft.Name, File: draft.File, Library: scenarios.Library()}.Block()
		draft.Called = draft.Name
		if _, taken := scenarios.Library().Behaviour(draft.Name); taken {
			draft.Called = "scenario." + draft.Name
		}
		return err
	}
	items, err := c.itemFlags(flags.rules, flags.libraries)
	if err != nil {
		return err
	}
	if flags.behaviour == "" {
		draft.Behaviour, err = onlyBehaviour(items.vocabulary.Libraries[1:])
	} else {
		var found chosenBehaviour
		found, err = knownBehaviour(flags.behaviour, items)
		draft.Behaviour = found.behaviour
	}
	if err != nil {
		return err
	}
	draft.Called = draft.Behaviour.Name
	for _, other := range items.vocabulary.Behaviours {
		if other.Name == draft.Behaviour.Name && other.Library != draft.Behaviour.Library {
			draft.Called = draft.Behaviour.Library + "." + draft.Behaviour.Name
		}
	}
	return nil
}

// onlyBehaviour is the behaviour of libraries that have one.
func onlyBehaviour(libraries []*behaviour.Library) (behaviour.Behaviour, error) {
	var all []behaviour.Behaviour
	var names []string
	for _, library := range libraries {
		for _, b := range library.Behaviours() {
			all, names = append(all, b), append(names, b.Name)
		}
	}
	if len(all) != 1 {
		return behaviour.Behaviour{}, usageError{fmt.Errorf("name the behaviour with --behaviour: the library has %s", strings.Join(append(names, "ringer's own"), ", "))}
	}
	return all[0], nil
}

// fromFolderOf are paths as a file names them.
func fromFolderOf(file string, paths []string) ([]string, error) {
	var all []string
	for _, path := range paths {
		if !filepath.IsAbs(path) {
			var err error
			if path, err = filepath.Rel(filepath.Dir(file), path); err != nil {
				return nil, fmt.Errorf("name %s in %s: %w", path, file, err)
			}
		}
		all = append(all, filepath.ToSlash(path))
	}
	return all, nil
}

// expects finds the rules of a scenario's expectations: by what its step leaves in a lab
// that performs nothing. It also says which daemon the step needs.
func (c *command) expects(ctx context.Context, draft *skeleton.Scenario, rules *ruleSet) error {
	text, err := draft.Text()
	if err != nil {
		return usageError{err}
	}
	e, err := c.madeUp(filepath.ToSlash(draft.File), text, rules, scenarioFlags{})
	if err != nil {
		return err
	}
	step := e.plans[0].Steps[0]
	draft.Behaviour = step.Behaviour
	if draft.Service = step.Effect.Service(); draft.Service != "" {
		return nil // the lab has none
	}
	tried, _, err := c.quiet().performAlone(ctx, e, "fake", recordFlags{none: true})
	if err != nil || tried.Outcome != trial.Declared {
		return err
	}
	var fired, silent []string
	for _, alert := range tried.Alerts {
		if alert.Shape == event.Native {
			fired = append(fired, alert.Rule)
		}
	}
	because := map[string]string{}
	for _, near := range tried.Near {
		silent = append(silent, near.Rule)
		because[near.Rule] = strings.Join(near.Nearest.Changes, "; ")
	}
	draft.Fires = expectationOf(rules.preferred(fired, step.Technique), rules)
	if draft.Silent = expectationOf(rules.preferred(silent, step.Technique), rules); draft.Silent != nil {
		draft.Silent.Because = "it would take another event: " + because[rules.idOf(draft.Silent.Rule)]
	}
	return nil
}

func expectationOf(rule *sigma.Rule, rules *ruleSet) *skeleton.Expectation {
	if rule == nil {
		return nil
	}
	called := rules.spelling(rule)
	if called == "" {
		called = rule.Ref()
	}
	return &skeleton.Expectation{Rule: called, Title: rule.Title}
}
