package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func newDemo(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Show what ringer does, without a lab",
		Long: "Judges the recordings that ringer brings along: a run as it is told, what one rule saw,\n" +
			"and what carriers with other telemetry would have seen. Nothing is performed, so it\n" +
			"needs no Docker.",
		Args: wantArgs(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.demo(cmd.Context()) },
	}
}

// demo shows three answers, each under the command that gives it.
func (c *command) demo(ctx context.Context) error {
	style := c.style()
	title := func(text, command string) {
		fmt.Fprintf(c.Stdout, "%s\n\n  $ %s\n\n", style.Bold(text), command)
	}
	title("1. A run of reported behaviours, recorded in containers, judged again here", "ringer replay --shipped small")
	if err := c.replay(ctx, shippedPrefix+"small", replayFlags{}); err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout)
	title("2. Why a rule fired", "ringer explain 32a5c517 --at naikon/add_in --recording shipped:small")
	if err := c.explain(ctx, "32a5c517", explainFlags{at: "naikon/add_in", recording: shippedPrefix + "small"}); err != nil {
		return err
	}
	title("3. What carriers with other telemetry would have seen of four years", "ringer compare shipped:overlap")
	if err := c.compare(ctx, []string{shippedPrefix + "overlap"}, compareFlags{lab: labFlags{parallel: 1}}); err != nil {
		return err
	}
	fmt.Fprintf(c.Stdout, "\n%s\n\n", style.Bold("Next"))
	for _, next := range [][2]string{
		{"ringer report shipped:overlap --format html --out overlap.html", "the whole run as a page"},
		{"ringer events shipped:billing --format ecs", "its events, in other tools' formats"},
		{"ringer replay --shipped overlap --rules DIR", "your own rules on it"},
		{"ringer doctor", "what this machine lacks to perform scenarios itself"},
	} {
		fmt.Fprintf(c.Stdout, "  %s\n      %s\n", next[0], next[1])
	}
	return nil
}
