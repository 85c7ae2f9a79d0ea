package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// regressed is what `sigma regress --json` prints.
type regressed struct {
	DataSets int         `json:"data_sets"`
	Met      int         `json:"met"`
	Short    []shortfall `json:"short"`
}

type shortfall struct {
	DataSet string `json:"data_set"`
	Test    string `json:"test"`
	Rule    string `json:"rule,omitempty"`
	Want    int    `json:"want,omitempty"`
	Got     int    `json:"got"`
	Reason  string `json:"reason,omitempty"`
}

func newSigmaRegress(c *command) *cobra.Command {
	var ruleSets []string
	var data string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "regress --rules PATH --data DIR",
		Short: "Hold rules against recordings in SigmaHQ's layout; exit 1 if any is not met",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if data == "" {
				return usageError{errors.New("--data is required: a folder in SigmaHQ's regression layout")}
			}
			set, _, err := c.compiled(ruleSets)
			if err != nil {
				return err
			}
			out, err := c.regress(set, data)
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
	cmd.Flags().StringArrayVar(&ruleSets, "rules", nil, "a file, folder or zip archive of Sigma rules")
	cmd.Flags().StringVar(&data, "data", "", "a folder of data sets, each with its info.yml")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

func (c *command) regress(set *sigma.Set, data string) (regressed, error) {
	folder := os.DirFS(data)
	sets, problems := sigma.LoadDataSets(folder)
	out := regressed{DataSets: len(sets) + len(problems), Short: []shortfall{}}
	if out.DataSets == 0 {
		return out, usageError{fmt.Errorf("no data set (info.yml) below %s", data)}
	}
	for _, problem := range problems {
		out.Short = append(out.Short, shortfall{DataSet: problem.File, Reason: problem.Detail})
	}
	for _, one := range sets {
		short := set.Regress(folder, one)
		if len(short) == 0 {
			out.Met++
		}
		for _, s := range short {
			out.Short = append(out.Short, shortfall{s.Dir, s.Test, s.Rule, s.Want, s.Got, s.Reason})
		}
	}
	return out, nil
}

func (c *command) writeRegressed(out regressed, asJSON bool) error {
	if asJSON {
		return c.printJSON(out)
	}
	for _, s := range out.Short {
		why := s.Reason
		if why == "" {
			why = fmt.Sprintf("rule %s fired %d times, wanted at least %d", s.Rule, s.Got, s.Want)
		}
		if _, err := fmt.Fprintf(c.Stdout, "%s %s: %s\n", s.DataSet, s.Test, why); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(c.Stdout, "%d of %d data sets met\n", out.Met, out.DataSets)
	return err
}
