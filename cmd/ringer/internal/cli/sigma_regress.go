package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/regression"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// regressResult is what `sigma regress --json` prints.
type regressResult struct {
	DataSets int `json:"data_sets"`
	Met      int `json:"met"`
	// Short are the data sets that are not met, with the reason. More are rules that
	// fired more often than expected, which is met.
	Short []regression.Deviation `json:"short"`
	More  []regression.Deviation `json:"more"`
}

func newSigmaRegress(c *command) *cobra.Command {
	var rules ruleFlags
	var data dataFlags
	var engine engineFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "regress --rules PATH... --data DIR",
		Short: "Run SigmaHQ regression data against rules",
		Long: "Runs regression data in SigmaHQ's layout against rules: each data set names a rule and how often it must fire.\n\n" +
			"Exit codes: 0 all data sets met, 1 at least one not met, 2 invalid input.",
		RunE: func(_ *cobra.Command, args []string) error {
			if err := data.check(); err != nil {
				return err
			}
			folder, err := userfile.OpenFolder(data.folder)
			if err != nil {
				return usageError{fmt.Errorf("read data sets: %w", err)}
			}
			defer folder.Close()
			if paths, rest := rulePaths(args); len(rest) > 0 {
				return usageError{fmt.Errorf("%q is neither a folder nor a file of rules", rest[0])}
			} else {
				rules.paths = append(rules.paths, paths...)
			}
			compiled, err := c.compileRules(rules.paths, engine)
			if err != nil {
				return err
			}
			out, err := regress(compiled.Set, folder)
			if err != nil {
				return err
			}
			if err := c.writeRegressed(out, asJSON); err != nil {
				return err
			}
			if out.Met < out.DataSets {
				return errNotMet
			}
			return nil
		},
	}
	rules.addOnly(cmd)
	engine.addPlaceholders(cmd)
	data.addTo(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func regress(set *sigma.Set, folder *userfile.Folder) (regressResult, error) {
	sets, problems := regression.Load(folder)
	out := regressResult{DataSets: len(sets) + len(problems), Short: []regression.Deviation{}, More: []regression.Deviation{}}
	if out.DataSets == 0 {
		return out, usageError{fmt.Errorf("no data set (info.yml) below %s", folder.Name())}
	}
	for _, problem := range problems {
		place := problem.File
		if problem.Line > 0 {
			place += fmt.Sprintf(":%d", problem.Line)
		}
		out.Short = append(out.Short, regression.Deviation{Dir: place, Test: "-", Reason: problem.Detail})
	}
	for _, dataSet := range sets {
		met := true
		for _, d := range regression.Run(set, folder, dataSet) {
			if d.Failed() {
				met = false
				out.Short = append(out.Short, d)
			} else {
				out.More = append(out.More, d)
			}
		}
		if met {
			out.Met++
		}
	}
	return out, nil
}

func (c *command) writeRegressed(out regressResult, asJSON bool) error {
	if asJSON {
		return c.printJSON(out)
	}
	for _, d := range out.More {
		fmt.Fprintf(c.Stderr, "note: %s\n", d)
	}
	for _, d := range out.Short {
		if _, err := fmt.Fprintln(c.Stdout, d); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(c.Stdout, "%d of %s met\n", out.Met, report.Plural(out.DataSets, "data set"))
	return err
}
