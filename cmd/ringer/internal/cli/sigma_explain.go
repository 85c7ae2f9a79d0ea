package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

func newSigmaExplain(c *command) *cobra.Command {
	var ruleSets []string
	var id string
	cmd := &cobra.Command{
		Use:   "explain --rules PATH... --rule ID FILE",
		Short: "Say why a rule fires on the events of a file, or what the nearest of them lacks",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			more, args := rulePaths(args)
			if len(args) != 1 {
				return usageError{fmt.Errorf("one file of events is needed, %d are given", len(args))}
			}
			if id == "" {
				return usageError{errors.New("--rule is required: the id or name of a rule")}
			}
			set, _, err := c.compiled(append(ruleSets, more...))
			if err != nil {
				return err
			}
			rule, ok := set.Rule(id)
			if !ok {
				return usageError{fmt.Errorf("no rule has the id or name %q", id)}
			}
			events, bad, err := c.readEvents(args[0])
			if err != nil {
				return usageError{err}
			}
			if err := c.explainOver(set, rule, events); err != nil {
				return err
			}
			if bad > 0 {
				return errNotMet
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&ruleSets, "rules", nil, rulesUsage)
	cmd.Flags().StringVar(&id, "rule", "", "the rule's id or name")
	return cmd
}

// explainOver writes the tree for each event that the rule fires on, otherwise
// for the nearest.
func (c *command) explainOver(set *sigma.Set, rule *sigma.Rule, events []*sigma.Event) error {
	fired := 0
	for i, event := range events {
		why := set.Explain(rule, event)
		if !why.Met || !why.LogSourceMet {
			continue
		}
		fired++
		if _, err := fmt.Fprintf(c.Stdout, "event %d: fires\n%s\n", i, why); err != nil {
			return err
		}
	}
	if fired > 0 {
		return nil
	}
	why, nearest := set.NearestMiss(rule, events)
	if nearest < 0 {
		_, err := fmt.Fprintln(c.Stdout, "There is no event to explain.")
		return err
	}
	_, err := fmt.Fprintf(c.Stdout, "does not fire; nearest of %d events is event %d\n%s\n", len(events), nearest, why)
	return err
}

// readEvents reads all events of a file, or of stdin; bad records are written
// and counted.
func (c *command) readEvents(name string) (events []*sigma.Event, bad int, err error) {
	in := c.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, 0, err
		}
		defer file.Close()
		in = file
	}
	decoder := sigma.NewDecoder(in)
	for {
		event, err := decoder.Next()
		var line *sigma.LineError
		switch {
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
