package cli

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/fidelity"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/report"
)

// fidelityFlags are those of `ringer fidelity`.
type fidelityFlags struct {
	data   dataFlags
	html   outputName
	json   bool
	lab    labFlags
	record recordFlags
}

func newFidelity(c *command) *cobra.Command {
	var flags fidelityFlags
	cmd := &cobra.Command{
		Use:   "fidelity [RECORDING] --data DIR",
		Short: "Compare generated events with recorded ones, field by field",
		Long: "Re-enacts every recording below a folder in SigmaHQ's layout, as reenact does, and\n" +
			"compares each resulting event with the recorded one: missing fields, extra fields,\n" +
			"values of another form, and values that are only declared.\n\n" +
			"Of a recorded run of reenact or fidelity the events are those that were observed\n" +
			"then, and nothing is performed.\n\n" +
			"Exit codes: 0 whatever the figures, 2 invalid input (nothing was started), 3 no lab,\n" +
			"4 the run failed, 130 interrupted.",
		Args: wantArgs(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(flags.lab.check(), flags.record.check()); err != nil {
				return err
			}
			if len(args) == 0 {
				if err := flags.data.check(); err != nil {
					return err
				}
			} else if flags.data.folder != "" {
				return usageError{errors.New("--data cannot be combined with a recording, which has its own")}
			}
			return c.fidelity(cmd.Context(), first(args), flags)
		},
	}
	flags.data.addTo(cmd)
	cmd.Flags().Var(&flags.html, "html", "also write the report as an HTML page to this `FILE`")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the report as one JSON document")
	flags.lab.addTo(cmd, "containers")
	flags.record.addTo(cmd)
	return cmd
}

func (c *command) fidelity(ctx context.Context, recording string, flags fidelityFlags) error {
	var page *output
	if flags.html != "" {
		var err error
		if page, err = c.openOutput("--html", string(flags.html), pageFile); err != nil {
			return err
		}
	}
	executions, err := c.reenacted(ctx, recording, flags)
	if err != nil {
		return err
	}
	compared := fidelity.Compare(executions)
	var failed error
	if page != nil {
		failed = page.write(func(w io.Writer) error { return report.FidelityHTML(w, compared) })
	}
	if flags.json {
		return errors.Join(failed, c.printJSON(compared))
	}
	return errors.Join(failed, report.Fidelity(c.Stdout, compared, c.style()))
}

// reenacted performs recordings by others, or takes what a recorded run did of them.
func (c *command) reenacted(ctx context.Context, name string, flags fidelityFlags) ([]reenact.Execution, error) {
	if name != "" {
		recording, err := c.openRecording(name)
		if err != nil {
			return nil, err
		}
		defer recording.Close()
		executions, _, err := c.recordedExecutions(ctx, recording, ruleFlags{})
		return executions, err
	}
	replays, err := c.convertRecordings(flags.data.folder)
	if err != nil {
		return nil, err
	}
	rules, err := c.loadRules(ruleFlags{})
	if err != nil {
		return nil, err
	}
	return c.performReplays(ctx, replays, rules, flags.lab, flags.record)
}
