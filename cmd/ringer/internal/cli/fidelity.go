package cli

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/fidelity"
	"github.com/ringer-lab/ringer/emulation/report"
)

// fidelityFlags are those of `ringer fidelity`.
type fidelityFlags struct {
	data dataFlags
	html outputName
	json bool
	lab  labFlags
}

func newFidelity(c *command) *cobra.Command {
	var flags fidelityFlags
	cmd := &cobra.Command{
		Use:   "fidelity --data DIR",
		Short: "Compare generated events with recorded ones, field by field",
		Long: "Re-enacts every recording below a folder in SigmaHQ's layout, as reenact does, and\n" +
			"compares each resulting event with the recorded one: missing fields, extra fields,\n" +
			"values of another form, and values that are only declared.\n\n" +
			"Exit codes: 0 whatever the figures, 2 invalid input (nothing was started), 3 no lab,\n" +
			"4 the exercise broke, 130 interrupted.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := flags.data.check(); err != nil {
				return err
			}
			if err := flags.lab.check(); err != nil {
				return err
			}
			return c.fidelity(cmd.Context(), flags)
		},
	}
	flags.data.addTo(cmd)
	cmd.Flags().Var(&flags.html, "html", "also write the report as an HTML page to this `FILE`")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the report as one JSON document")
	flags.lab.addTo(cmd, "containers")
	return cmd
}

func (c *command) fidelity(ctx context.Context, flags fidelityFlags) error {
	replays, err := c.convertRecordings(flags.data.folder)
	if err != nil {
		return err
	}
	var page *output
	if flags.html != "" {
		if page, err = c.openOutput("--html", string(flags.html), pageFile); err != nil {
			return err
		}
	}
	lab, err := c.openLab(ctx, flags.lab.name)
	if err != nil {
		return err
	}
	defer lab.close()
	executions, err := c.replayAll(ctx, lab, replays, flags.lab.parallel)
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
