package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/selection"
)

// writeChoice writes which steps flags choose, by scenario.
func (c *command) writeChoice(ctx context.Context, e exercise, flags chooseFlags) error {
	choice, err := c.choice(ctx, e, flags)
	if err != nil {
		return err
	}
	var each []string
	for _, of := range chosenOf(choice) {
		each = append(each, fmt.Sprintf("%s %d", of.Name, of.Steps))
	}
	said := fmt.Sprintf("Chosen: %d of %s and ordinary days: %s.", choice.Chosen, report.Plural(choice.Of, "step"), strings.Join(each, ", "))
	if n := len(choice.Needed); n > 0 {
		said += fmt.Sprintf(" %s performed too, as chosen ones build on them.", report.Plural(n, "step"))
	}
	_, err = fmt.Fprint(c.Stdout, c.style().Beside("", said))
	return err
}

// chosenOf has a row for each scenario of which something is chosen, with how many steps
// and baselines that are.
func chosenOf(choice selection.Choice) []listRow {
	rows := []listRow{}
	for _, p := range choice.Plans {
		row := listRow{Name: p.Name, Title: p.Title, File: p.File, Tags: p.Tags}
		for _, baseline := range p.Baselines {
			row.Steps += count(choice.Has(p.Name, baseline.ID))
		}
		for _, step := range p.Steps {
			row.Steps += count(choice.Has(p.Name, step.ID))
		}
		for _, asset := range p.Assets {
			row.Assets = append(row.Assets, asset.Place.Kind.Name)
		}
		for _, actor := range p.Actors {
			row.Actors = append(row.Actors, actor.Name)
		}
		rows = append(rows, row)
	}
	return rows
}

// listChosen lists the library's scenarios of which flags choose steps.
func (c *command) listChosen(ctx context.Context, flags chooseFlags, asJSON bool) error {
	e, err := c.readExercise(nil, scenarioFlags{})
	if err != nil {
		return err
	}
	choice, err := c.choice(ctx, e, flags)
	if err != nil {
		return err
	}
	rows := chosenOf(choice)
	if asJSON {
		return c.printJSON(rows)
	}
	return writeRows(c.Stdout, rows, []string{"steps", "title"}, c.lineWidth())
}
