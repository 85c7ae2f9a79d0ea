package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
)

func newSigmaExplain(c *command) *cobra.Command {
	var rules ruleFlags
	var input inputFlags
	var engine engineFlags
	var id string
	cmd := &cobra.Command{
		Use:   "explain --rules PATH... --rule ID FILE",
		Short: "Explain why a rule fires on events, or what the nearest one lacks",
		Args:  wantArgs(1, 0),
		Long:  aboutInputs,
		RunE: func(cmd *cobra.Command, args []string) error {
			more, args := splitInputs(args)
			if len(args) != 1 {
				return usageError{fmt.Errorf("expected one file of events, got %d", len(args))}
			}
			if id == "" {
				return usageError{errors.New("--rule is required: the id of a rule, the beginning of it, its name, title or file")}
			}
			options, err := input.options()
			if err != nil {
				return err
			}
			compiled, err := c.compileRules(append(rules.paths, more...), engine)
			if err != nil {
				return err
			}
			set := compiled.Set
			rule, err := explainable(id, rulename.New(compiled.given, set.SuppressedByCorrelation).Find(id), compiled.given, set.Rules())
			if err != nil {
				return err
			}
			read := intake{command: c, set: set, engine: engine, options: options, limit: maxExplained}
			events, err := read.all(cmd.Context(), args[0])
			if err != nil {
				return usageError{err}
			}
			if len(events) == 0 && read.bad == 0 {
				return usageError{fmt.Errorf("no event in %s", args[0])}
			}
			explain := c.explainOver
			if rule.Kind == sigma.Correlation {
				explain = c.explainCorrelation
			}
			if err := explain(set, rule, events); err != nil {
				return err
			}
			if read.bad > 0 {
				return errNotMet
			}
			return nil
		},
	}
	rules.addOnly(cmd)
	engine.addTo(cmd)
	input.addTo(cmd)
	cmd.Flags().StringVar(&id, "rule", "", "the `RULE`: its id, the beginning of it, its name, title or file")
	return cmd
}

// explainOver writes the tree of the condition for each event that the rule fires on,
// or else for the nearest.
func (c *command) explainOver(set *sigma.Set, rule *sigma.Rule, events []*logevent.Event) error {
	fired := 0
	for i, event := range events {
		why := set.Explain(rule, event)
		if !why.Met || !why.LogSourceMet {
			continue
		}
		if fired++; fired > 1 {
			fmt.Fprintln(c.Stdout)
		}
		if _, err := io.WriteString(c.Stdout, c.style().Wrap(fmt.Sprintf("event %d: fires\n%s", i, why), 0)); err != nil {
			return err
		}
	}
	if fired > 0 {
		return nil
	}
	why, nearest := set.ExplainNearest(rule, events)
	if nearest < 0 {
		_, err := fmt.Fprintln(c.Stdout, "no event to explain")
		return err
	}
	_, err := io.WriteString(c.Stdout, c.style().Wrap(fmt.Sprintf("does not fire; nearest of %s is event %d\n%s", report.Plural(len(events), "event"), nearest, why), 0))
	return err
}

// explainCorrelation writes what a correlation fires on, and how many events the
// rules that it refers to match.
func (c *command) explainCorrelation(set *sigma.Set, rule *sigma.Rule, events []*logevent.Event) error {
	var alerts []sigma.Alert
	found := map[string]int{}
	session := set.NewSession()
	for _, event := range events {
		for _, matched := range set.Match(event, nil) {
			found[matched.Ref()]++
		}
		alerts = append(alerts, session.Feed(event)...)
	}
	alerts = append(alerts, session.Close()...)
	var out strings.Builder
	fired := false
	for _, alert := range alerts {
		if alert.Rule == rule {
			fired = true
			fmt.Fprintf(&out, "fires on events %v %v\n", alert.Events, alert.Group)
		}
	}
	if !fired {
		fmt.Fprintln(&out, "does not fire, or only as part of another correlation")
	}
	fmt.Fprintf(&out, "%s: %s\n", rule.Title, rule.Condition())
	for _, ref := range rule.RelatedRules() {
		watched, ok := set.Rule(ref)
		switch {
		case ok && watched.Kind == sigma.Correlation:
			fmt.Fprintf(&out, "  %s: a correlation itself\n", ref)
		case ok:
			fmt.Fprintf(&out, "  %s: matches %d of %s\n", ref, found[watched.Ref()], report.Plural(len(events), "event"))
		}
	}
	_, err := io.WriteString(c.Stdout, c.style().Wrap(out.String(), 0))
	return err
}

// maxExplained is the most bytes of events that are read to explain a rule on them, as
// they are held together.
const maxExplained = 32 << 20

// all reads all events of an input that rule explanations are made of. Those of no known
// log source are taken to be of the explained rule's. It fails if the input cannot be
// read, or is too large.
func (i *intake) all(ctx context.Context, name string) ([]*logevent.Event, error) {
	var events []*logevent.Event
	err := i.read(ctx, name, func(event *logevent.Event) error {
		if len(event.LogSources) == 0 {
			event.LogSources = nil
		}
		events = append(events, event)
		return nil
	})
	return events, err
}
