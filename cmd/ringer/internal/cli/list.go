package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
)

// listRow is one row of `ringer list`, for any kind; what a kind does not have is
// omitted.
type listRow struct {
	Name      string   `json:"name"`
	Title     string   `json:"title,omitempty"`
	File      string   `json:"file,omitempty"`
	Steps     int      `json:"steps,omitempty"`
	Technique string   `json:"technique,omitempty"`
	Also      []string `json:"also,omitempty"` // further techniques
	Phase     string   `json:"phase,omitempty"`
	Actors    []string `json:"actors,omitempty"`
	Assets    []string `json:"assets,omitempty"`
	Platforms []string `json:"personas,omitempty"`
	Source    string   `json:"source,omitempty"`
	Level     string   `json:"level,omitempty"`
	LogSource string   `json:"logsource,omitempty"`
	Kind      string   `json:"kind,omitempty"`
}

// listKinds are the kinds that can be listed.
const listKinds = "assets|baselines|behaviours|faults|language|profiles|rules|scenarios"

func newList(c *command) *cobra.Command {
	var asJSON, covered bool
	var recording string
	var rules ruleFlags
	kinds := strings.Split(listKinds, "|")
	cmd := &cobra.Command{
		Use:       "list KIND",
		Short:     "List assets, behaviours, rules, scenarios and other items",
		Long:      "Lists all items of a KIND, which is one of " + strings.Join(kinds, ", ") + ". `ringer show NAME` describes one of them.",
		ValidArgs: kinds,
		Args:      cobra.MatchAll(wantArgs(1, 1), oneOf(kinds...)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if covered && args[0] != "behaviours" {
				return usageError{errors.New("--coverage can only be used with \"list behaviours\"")}
			}
			if rules.given() && args[0] != "rules" && !covered {
				return usageError{errors.New("--rules and --no-default-rules can only be used with \"list rules\" or with --coverage")}
			}
			if recording != "" && !covered {
				return usageError{errors.New("--recording can only be used with --coverage")}
			}
			if covered {
				return c.listCoverage(cmd.Context(), rules, recording, asJSON)
			}
			rows, columns, err := c.listRows(args[0], rules)
			if err != nil {
				return err
			}
			if asJSON {
				return c.printJSON(rows)
			}
			return writeRows(c.Stdout, rows, columns, c.lineWidth())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	rules.addTo(cmd)
	cmd.Flags().BoolVar(&covered, "coverage", false, "show which rules detect each behaviour (only with behaviours)")
	cmd.Flags().StringVar(&recording, "recording", "", "with --coverage, ask about what this `RECORDING` has of each behaviour, in place of performing it in memory")
	return cmd
}

// listRows returns the rows of a kind, and the columns to show beside the name, the
// last of which are cut if the line is too short.
func (c *command) listRows(kind string, flags ruleFlags) ([]listRow, []string, error) {
	switch kind {
	case "assets":
		return listAssets(), []string{"personas", "title"}, nil
	case "baselines":
		return listBaselines(), []string{"assets", "title"}, nil
	case "behaviours":
		return listBehaviours(), []string{"technique", "phase", "assets"}, nil
	case "faults":
		return listFaults(), []string{"kind", "title"}, nil
	case "language":
		return listLanguage(), []string{"kind", "title"}, nil
	case "profiles":
		return listProfiles(), []string{"title"}, nil
	case "rules":
		rows, err := c.listRules(flags)
		return rows, []string{"title", "level", "logsource"}, err
	}
	return listScenarios(), []string{"steps", "title"}, nil
}

func listBehaviours() []listRow {
	rows := []listRow{}
	for _, b := range behaviour.All() {
		rows = append(rows, listRow{
			Name: b.Name, Technique: b.Technique, Also: b.Also, Phase: b.Phase, Actors: b.Actors, Assets: b.Assets,
			Platforms: []string{string(b.Platform)}, Source: b.Source,
		})
	}
	return rows
}

func listBaselines() []listRow {
	rows := []listRow{}
	for _, baseline := range behaviour.Baselines() {
		rows = append(rows, listRow{Name: baseline.Name, Title: baseline.Summary, Assets: baseline.Assets})
	}
	return rows
}

func listAssets() []listRow {
	rows := []listRow{}
	for _, kind := range asset.All() {
		rows = append(rows, listRow{Name: kind.Name, Title: kind.Summary, Platforms: []string{string(kind.Platform)}})
	}
	return rows
}

func listScenarios() []listRow {
	rows := []listRow{}
	for _, scenario := range libraryScenarios() {
		row := listRow{Name: scenario.Name.Text, Title: scenario.Title, File: scenario.File, Steps: len(scenario.Steps)}
		for _, actor := range scenario.Actors {
			row.Actors = append(row.Actors, actor.Name.Text)
		}
		for _, asset := range scenario.Assets {
			row.Assets = append(row.Assets, asset.Kind.Name)
		}
		rows = append(rows, row)
	}
	return rows
}

func listProfiles() []listRow {
	rows := []listRow{}
	for _, condition := range libraryConditions().Profiles {
		rows = append(rows, listRow{Name: condition.Name.Text, Title: condition.Title, File: condition.Range.Filename})
	}
	return rows
}

func listFaults() []listRow {
	rows := []listRow{}
	for _, condition := range libraryConditions().Faults {
		about := condition.Info()
		rows = append(rows, listRow{Name: about.Name, Kind: about.Kind, Title: about.Title, File: condition.Range.Filename})
	}
	return rows
}

func (c *command) listRules(flags ruleFlags) ([]listRow, error) {
	rules, err := c.loadRules(flags)
	if err != nil {
		return nil, err
	}
	c.warnBroken(rules)
	rows := []listRow{}
	for _, rule := range rules.Rules() {
		full, _ := rules.FullRule(rule.ID)
		rows = append(rows, listRow{Name: rule.ID, Title: rule.Title, Level: rule.Level, LogSource: full.LogSource.String(), File: full.File})
	}
	return rows, nil
}

// cell returns a row's text in a column.
func (l listRow) cell(column string) string {
	switch column {
	case "technique":
		return l.Technique
	case "phase":
		return l.Phase
	case "assets":
		return strings.Join(l.Assets, ", ")
	case "personas":
		return strings.Join(l.Platforms, ", ")
	case "level":
		return l.Level
	case "logsource":
		return l.LogSource
	case "kind":
		return l.Kind
	case "steps":
		return report.Plural(l.Steps, "step")
	}
	return l.Title
}

// writeRows aligns the columns; a line that is too long is cut.
func writeRows(w io.Writer, rows []listRow, columns []string, width int) error {
	table := make([][]string, len(rows))
	widest := make([]int, len(columns)+1)
	for i, row := range rows {
		table[i] = []string{row.Name}
		for _, column := range columns {
			table[i] = append(table[i], row.cell(column))
		}
		for j, cell := range table[i] {
			widest[j] = max(widest[j], len([]rune(cell)))
		}
	}
	for _, cells := range table {
		var line strings.Builder
		for j, cell := range cells {
			line.WriteString(cell)
			if j < len(cells)-1 {
				line.WriteString(strings.Repeat(" ", widest[j]-len([]rune(cell))+2))
			}
		}
		text := []rune(line.String())
		if len(text) > width {
			text = append(text[:width-1], '…')
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(string(text), " ")); err != nil {
			return err
		}
	}
	return nil
}

// oneOf refuses a word that is not one of those known, with the nearest.
func oneOf(known ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		for _, arg := range args {
			if !slices.Contains(known, arg) {
				return fmt.Errorf("there is no list of %q: expected one of %s.%s", arg, strings.Join(known, ", "), didYouMean(arg, known))
			}
		}
		return nil
	}
}
