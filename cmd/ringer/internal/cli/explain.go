package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// explainFlags are those of `ringer explain`.
type explainFlags struct {
	rules     ruleFlags
	at        string
	recording string
}

func newExplain(c *command) *cobra.Command {
	var flags explainFlags
	cmd := &cobra.Command{
		Use:   "explain RULE --at SCENARIO/STEP",
		Short: "Explain what a rule did at a step of a recorded run",
		Long: "Explains in full what a rule did at one step or baseline: the verdict on what was\n" +
			"expected of it, the events that it fired on, or its condition on the nearest event. The\n" +
			"rule is named by its id, the beginning of it, its name, title or file.\n\n" +
			"Exit codes: 0 explained, 2 invalid input.",
		Args: wantArgs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.at == "" {
				return usageError{errors.New("--at is required: the SCENARIO/STEP to explain the rule at")}
			}
			return c.explain(cmd.Context(), args[0], flags)
		},
	}
	flags.rules.addTo(cmd)
	cmd.Flags().StringVar(&flags.at, "at", "", "the `SCENARIO/STEP` of the run")
	cmd.Flags().StringVar(&flags.recording, "recording", "", "the `RECORDING` of the run (default the last run)")
	return cmd
}

func (c *command) explain(ctx context.Context, named string, flags explainFlags) error {
	recording, err := c.openRecording(flags.recording)
	if err != nil {
		return err
	}
	defer recording.Close()
	e, err := c.readRecorded(recording, flags.rules)
	if err != nil {
		return err
	}
	rule, err := explainable(named, e.rules.Find(named), e.rules.InputRules(), e.rules.Evaluated())
	if err != nil {
		return err
	}
	scenario, step, _ := strings.Cut(flags.at, "/")
	p, err := planNamed(scenario, step, e.plans)
	if err != nil {
		return err
	}
	_, err = c.performPlans(ctx, c.replaying(recording, false), []*plan.Plan{p}, e.rules, 1,
		func(_ context.Context, _ int, run *runner.RunRecord, judged result.Scenario) error {
			records := slices.Concat(run.Baselines, run.Steps)
			at := slices.IndexFunc(records, func(r runner.StepRecord) bool { return r.ID == step })
			return c.writeExplanation(e.rules, rule, p.Name, records[at], slices.Concat(judged.Baselines, judged.Steps)[at])
		})
	return err
}

// planNamed finds a scenario that has a step or baseline.
func planNamed(scenario, step string, plans []*plan.Plan) (*plan.Plan, error) {
	var known []string
	for _, p := range plans {
		var steps []string
		for _, baseline := range p.Baselines {
			steps = append(steps, baseline.ID)
		}
		for _, planned := range p.Steps {
			steps = append(steps, planned.ID)
		}
		if p.Name == scenario && slices.Contains(steps, step) {
			return p, nil
		}
		for _, id := range steps {
			known = append(known, p.Name+"/"+id)
		}
	}
	at := scenario + "/" + step
	return nil, usageError{fmt.Errorf("the run has no step %q.%s", at, didYouMean(at, known))}
}

// writeExplanation tells what a rule did at a step, in each shape in which something
// is expected of it or in which it alerted; native where there is none.
func (c *command) writeExplanation(rules *ruleSet, rule *sigma.Rule, scenario string, record runner.StepRecord, judged result.Step) error {
	style := c.style()
	var out strings.Builder
	out.WriteString(style.Wrap(fmt.Sprintf("%s (%s)\n  %s\n  at %s/%s: %s, %s", rule.Title, cmp.Or(rule.Level, "no level"), rule.Ref(), scenario, judged.ID, judged.Behaviour,
		report.Plural(len(record.Events), "event")), 0))
	var shapes []event.Shape
	for _, expectation := range judged.Expectations {
		if expectation.Rule == rule.Ref() {
			shapes = append(shapes, expectation.Shape)
			out.WriteString(style.Beside("  expected  ", fmt.Sprintf("%s (%s): %s", expectation.Want, expectation.Shape, expectation.Verdict)))
			if expectation.Reason != "" {
				out.WriteString(style.Beside("            ", expectation.Reason))
			}
			if expectation.Because != "" {
				out.WriteString(style.Beside("  because   ", expectation.Because))
			}
			fmt.Fprintf(&out, "            %s:%d\n", expectation.File, expectation.Line)
		}
	}
	for _, alert := range judged.Alerts {
		if alert.Rule == rule.Ref() && !slices.Contains(shapes, alert.Shape) {
			shapes = append(shapes, alert.Shape)
		}
	}
	if len(shapes) == 0 {
		shapes = []event.Shape{event.Native}
		out.WriteString("  expected  nothing\n")
	}
	for _, shape := range shapes {
		fmt.Fprintf(&out, "\nshape %s\n", shape)
		asked := rules.Asked(rule.Ref(), record.Events, shape)
		if asked == 0 {
			out.WriteString("  The step left no event that the rule reads.\n")
			continue
		}
		alerts := 0
		for _, alert := range judged.Alerts {
			if alert.Rule == rule.Ref() && alert.Shape == shape {
				alerts++
				out.WriteString(style.Wrap("alert on "+strings.Join(alert.Events, ", "), 2))
			}
		}
		if alerts == 0 {
			fmt.Fprintf(&out, "  no alert; the rule was asked of %s\n", report.Plural(asked, "event"))
		}
		out.WriteString(style.Wrap(rules.Explain(rule.Ref(), record.Events, shape).Text, 2))
	}
	_, err := fmt.Fprint(c.Stdout, out.String())
	return err
}
