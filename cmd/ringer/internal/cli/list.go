package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
)

// listRow is one row of `ringer list`, for any kind; what a kind does not have is
// omitted.
type listRow struct {
	Name string `json:"name"`
	// Library is the library that has it; scenarios can name it without that.
	Library   string   `json:"library,omitempty"`
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
	// Spelling is what a scenario can call a rule, the easiest to read.
	Spelling string `json:"spelling,omitempty"`
	Group    string `json:"group,omitempty"`
	// Tags are a scenario's.
	Tags    []string `json:"tags,omitempty"`
	Tactics []string `json:"tactics,omitempty"`
	// Attack is the version of ATT&CK that the techniques are of.
	Attack attack.Version `json:"attack,omitempty"`
	// Behaviours, Scenarios and Rules are how many there are of an actor or a technique.
	Behaviours int `json:"behaviours,omitempty"`
	Scenarios  int `json:"scenarios,omitempty"`
	Rules      int `json:"rules,omitempty"`

	short string // the id of a rule, as reports print it
}

func newList(c *command) *cobra.Command {
	var asJSON, covered bool
	var recording string
	var rules ruleFlags
	var libraries []string
	var choose chooseFlags
	cmd := &cobra.Command{
		Use:   "list [KIND]",
		Short: "List assets, behaviours, rules, scenarios and other items",
		Long: "Lists all items of a kind. Without a kind it lists the kinds:\n\n" + kindsHelp() +
			"\nWith --technique and the like \"list scenarios\" lists those of which these choose steps,\n" +
			"and how many.",
		Args: cobra.MatchAll(wantArgs(0, 1), knownKind),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.listOfKinds(asJSON)
			}
			kind, _ := kindNamed(args[0])
			if covered && kind.name != "behaviours" {
				return usageError{errors.New("--coverage can only be used with \"list behaviours\"")}
			}
			if rules.given() && !kind.takesRules && !covered {
				return usageError{errors.New("--rules and --no-default-rules can only be used with \"list rules\", \"list techniques\" or --coverage")}
			}
			if recording != "" && !covered {
				return usageError{errors.New("--recording can only be used with --coverage")}
			}
			if covered {
				return c.listCoverage(cmd.Context(), rules, recording, asJSON)
			}
			if len(libraries) > 0 && !slices.Contains([]string{"behaviours", "baselines", "assets"}, kind.name) {
				return usageError{errors.New("--library can only be used with \"list behaviours\", \"list baselines\" or \"list assets\"")}
			}
			if choose.given() {
				if kind.name != "scenarios" {
					return usageError{errors.New("steps can only be chosen with \"list scenarios\"")}
				}
				return c.listChosen(cmd.Context(), choose, asJSON)
			}
			flags, err := c.itemFlags(rules, libraries)
			if err != nil {
				return err
			}
			rows, err := kind.rows(c, flags)
			if err != nil {
				return err
			}
			if asJSON {
				return c.printJSON(rows)
			}
			return writeRows(c.Stdout, rows, kind.columns, c.lineWidth())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	rules.addTo(cmd)
	choose.addTo(cmd)
	addLibraries(cmd, &libraries)
	cmd.Flags().BoolVar(&covered, "coverage", false, "show which rules detect each behaviour (only with behaviours)")
	cmd.Flags().StringVar(&recording, "recording", "", "with --coverage, ask about what this `RECORDING` has of each behaviour, in place of performing it in memory")
	return cmd
}

// kindsHelp is a line for each kind.
func kindsHelp() string {
	var out strings.Builder
	for _, kind := range kinds() {
		fmt.Fprintf(&out, "  %-11s %s\n", kind.name, kind.title)
	}
	return out.String()
}

// listOfKinds writes what can be listed.
func (c *command) listOfKinds(asJSON bool) error {
	if asJSON {
		rows := []listRow{}
		for _, kind := range kinds() {
			rows = append(rows, listRow{Name: kind.name, Title: kind.title})
		}
		return c.printJSON(rows)
	}
	_, err := fmt.Fprintf(c.Stdout, "\"ringer list KIND\" lists all of a kind, \"ringer show NAME\" shows one:\n\n%s", kindsHelp())
	return err
}

// knownKind refuses a word that is no kind, with the nearest.
func knownKind(_ *cobra.Command, args []string) error {
	for _, arg := range args {
		if _, ok := kindNamed(arg); !ok {
			return fmt.Errorf("there is no list of %q: expected one of %s.%s", arg, strings.Join(kindNames(), ", "), didYouMean(arg, kindNames()))
		}
	}
	return nil
}

func listBehaviours(_ *command, flags itemFlags) ([]listRow, error) {
	rows := []listRow{}
	for _, b := range flags.vocabulary.Behaviours {
		rows = append(rows, listRow{
			Name: flags.called(b.Library, b.Name), Library: b.Library, Technique: b.Technique, Also: b.Also, Attack: attack.Current, Phase: b.Phase, Actors: b.Actors, Assets: b.Assets,
			Platforms: []string{string(b.Platform)}, Source: b.Source,
		})
	}
	return rows, nil
}

func listBaselines(_ *command, flags itemFlags) ([]listRow, error) {
	rows := []listRow{}
	for _, b := range flags.vocabulary.Baselines {
		rows = append(rows, listRow{Name: flags.called(b.Library, b.Name), Library: b.Library, Title: b.Summary, Assets: b.Assets})
	}
	return rows, nil
}

func listAssets(_ *command, flags itemFlags) ([]listRow, error) {
	rows := []listRow{}
	for _, kind := range flags.vocabulary.Kinds {
		rows = append(rows, listRow{Name: kind.Name, Library: flags.libraryOf(kind), Title: kind.Summary, Platforms: []string{string(kind.Platform)}})
	}
	return rows, nil
}

func listScenarios() []listRow {
	rows := []listRow{}
	for _, scenario := range libraryScenarios() {
		row := listRow{Name: scenario.Name.Text, Title: scenario.Title, File: scenario.File, Steps: len(scenario.Steps), Tags: scenario.Tags}
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

func listActors() []listRow {
	rows := []listRow{}
	for _, actor := range libraryActors() {
		rows = append(rows, listRow{Name: actor.Name, Group: actor.Group, Title: actor.Title, Behaviours: len(actor.Behaviours), Scenarios: len(actor.Scenarios)})
	}
	return rows
}

func (c *command) listRules(flags itemFlags) ([]listRow, error) {
	rules, err := c.loadRules(flags.ruleFlags)
	if err != nil {
		return nil, err
	}
	c.warnBroken(rules)
	rows := []listRow{}
	short := rulename.ShortIDs(idsOf(rules.InputRules()))
	for _, rule := range rules.Rules() {
		full, _ := rules.FullRule(rule.ID)
		rows = append(rows, listRow{
			Name: rule.ID, Spelling: rule.Spelling, Title: rule.Title, Level: rule.Level, LogSource: full.LogSource.String(), File: full.File,
			short: short(rule.ID),
		})
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
	case "id":
		return l.short
	case "group":
		return l.Group
	case "tactics":
		return strings.Join(l.Tactics, ", ")
	case "counts":
		return l.counts()
	}
	return l.Title
}

// counts says how much there is of an actor or a technique.
func (l listRow) counts() string {
	var counts []string
	for _, of := range []struct {
		n    int
		what string
	}{{l.Behaviours, "behaviour"}, {l.Scenarios, "scenario"}, {l.Steps, "step"}, {l.Rules, "rule"}} {
		if of.n > 0 {
			counts = append(counts, report.Plural(of.n, of.what))
		}
	}
	return strings.Join(counts, ", ")
}

// writeRows aligns the columns; a line that is too long is cut.
func writeRows(w io.Writer, rows []listRow, columns []string, width int) error {
	table := make([][]string, len(rows))
	widest := make([]int, len(columns)+1)
	for i, row := range rows {
		table[i] = []string{cmp.Or(row.Spelling, row.Name)}
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
