package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/reader"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

func newSigmaExplain(c *command) *cobra.Command {
	var rules ruleFlags
	var id string
	cmd := &cobra.Command{
		Use:   "explain --rules PATH... --rule ID FILE",
		Short: "Explain why a rule fires on events, or what the nearest one lacks",
		Args:  wantArgs(1, 0),
		RunE: func(_ *cobra.Command, args []string) error {
			more, args := rulePaths(args)
			if len(args) != 1 {
				return usageError{fmt.Errorf("expected one file of events, got %d", len(args))}
			}
			if id == "" {
				return usageError{errors.New("--rule is required: the id of a rule, the beginning of it, its name, title or file")}
			}
			compiled, err := c.compileRules(append(rules.paths, more...))
			if err != nil {
				return err
			}
			set := compiled.Set
			rule, err := explainable(id, rulename.New(compiled.given, set.SuppressedByCorrelation).Find(id), compiled.given, set.Rules())
			if err != nil {
				return err
			}
			events, bad, err := c.readEvents(args[0])
			if err != nil {
				return usageError{err}
			}
			if len(events) == 0 && bad == 0 {
				return usageError{fmt.Errorf("no event in %s", args[0])}
			}
			for _, event := range events {
				set.AssumeLogSource(event)
			}
			explain := c.explainOver
			if rule.Kind == sigma.Correlation {
				explain = c.explainCorrelation
			}
			if err := explain(set, rule, events); err != nil {
				return err
			}
			if bad > 0 {
				return errNotMet
			}
			return nil
		},
	}
	rules.addOnly(cmd)
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
		if _, err := fmt.Fprintf(c.Stdout, "event %d: fires\n%s", i, why); err != nil {
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
	_, err := fmt.Fprintf(c.Stdout, "does not fire; nearest of %s is event %d\n%s", report.Plural(len(events), "event"), nearest, why)
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
	_, err := io.WriteString(c.Stdout, out.String())
	return err
}

// maxExplained is the most bytes of events that are read to explain a rule on them, as
// they are held together.
const maxExplained = 32 << 20

// readEvents reads all events of a file, or of stdin if the name is "-". Bad records
// are written and counted. It fails if the file cannot be read, or is too large.
func (c *command) readEvents(name string) (events []*logevent.Event, bad int, err error) {
	in := c.Stdin
	if name != "-" {
		file, err := userfile.OpenStream(name)
		if err != nil {
			return nil, 0, err
		}
		defer file.Close()
		in = file
	}
	limited := &io.LimitedReader{R: in, N: maxExplained + 1}
	decoder := reader.New(limited, reader.Options{})
	for {
		event, err := decoder.Next()
		var line *logevent.LineError
		switch {
		case limited.N == 0:
			return nil, bad, &userfile.TooLargeError{Name: name, Limit: maxExplained}
		case errors.Is(err, io.EOF):
			return events, bad, nil
		case errors.As(err, &line):
			bad++
			fmt.Fprintf(c.Stderr, "%s: %v\n", name, err)
		case err != nil:
			return nil, bad, fmt.Errorf("read %s: %w", name, err)
		default:
			events = append(events, event)
		}
	}
}
