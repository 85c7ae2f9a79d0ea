package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/lab/fake"
)

// coverageRow is one row of `ringer list behaviours --coverage`: rules by where they
// come from.
type coverageRow struct {
	Name      string   `json:"name"`
	Technique string   `json:"technique"`
	Reported  []string `json:"reported"`
	Emulated  bool     `json:"emulated"`
	Own       []string `json:"own"`
	// Others is null if no further rules were given.
	Others []string `json:"others"`
	// Stated are those that fire only by stated fields.
	Stated []string `json:"stated"`
	Blind  bool     `json:"blind"`
	// NotAsked is true if no rule had an event of it to read.
	NotAsked bool `json:"not_asked"`
}

// listCoverage performs every reported behaviour in memory and asks the rules. It is
// no evidence of what a lab would show, only of what the rules cover.
func (c *command) listCoverage(ctx context.Context, ruleSets []string, asJSON bool) error {
	rules, err := c.loadRules(ruleSets)
	if err != nil {
		return err
	}
	c.warnBroken(rules)
	rows := []coverageRow{}
	for _, b := range behaviour.All() {
		if !b.Reported() {
			continue
		}
		found, err := coverage.Measure(ctx, c.runner(fake.Lab{Now: c.Now, ClaimObserved: true}), b, rules)
		if err != nil {
			return err
		}
		row := coverageRow{
			Name: b.Name, Technique: b.Technique, Reported: found.Reported, Emulated: found.Emulated, Own: []string{},
			Stated: found.Stated, Blind: found.Blind(), NotAsked: found.NotAsked(),
		}
		if len(ruleSets) > 0 {
			row.Others = []string{}
		}
		for _, id := range append(found.Detected, found.Joined...) {
			if rules.own[id] {
				row.Own = append(row.Own, id)
			} else {
				row.Others = append(row.Others, id)
			}
		}
		rows = append(rows, row)
	}
	if asJSON {
		return c.printJSON(rows)
	}
	return c.writeCoverage(rows)
}

// initials are the letters of actors in the table.
var initials = map[string]string{"soft_cell": "S", "naikon": "N", "emissary_panda": "E"}

func (c *command) writeCoverage(rows []coverageRow) error {
	var emulated, own, others, blind, unasked, stated int
	lines := []string{fmt.Sprintf("%-32s %-10s %-8s %-8s %3s %6s", "behaviour", "technique", "reported", "emulated", "own", "others")}
	for _, row := range rows {
		who := ""
		for _, actor := range row.Reported {
			who += initials[actor]
		}
		line := fmt.Sprintf("%-32s %-10s %-8s %-8s %3d %6s", row.Name, row.Technique, who, yesNo(row.Emulated), len(row.Own), row.others())
		switch {
		case row.Blind:
			line += "  blind"
		case row.NotAsked:
			line += "  not asked"
		case row.onStated():
			line += "  stated"
			stated++
		}
		lines = append(lines, line)
		emulated, own = emulated+count(row.Emulated), own+count(len(row.Own) > 0)
		others, blind = others+count(len(row.Others) > 0), blind+count(row.Blind)
		unasked += count(row.NotAsked)
	}
	byOthers := "."
	if len(rows) > 0 && rows[0].Others != nil {
		byOthers = fmt.Sprintf(", %d by others.", others)
	}
	said := fmt.Sprintf("%d reported behaviours: %d emulated, %d detected by no rule, %d without an event that any rule reads; %d detected by ringer's own rules%s", len(rows), emulated, blind, unasked, own, byOthers)
	if stated > 0 {
		said += fmt.Sprintf(" %d detected on stated fields only.", stated)
	}
	how := "Reported of: S Soft Cell, N Naikon, E Emissary Panda. Performed in memory with defaults; own and others count the " +
		"rules that fire, native or joined with the acting process."
	_, err := fmt.Fprintf(c.Stdout, "%s\n\n%s%s", strings.Join(lines, "\n"), c.style().Beside("", said), c.style().Beside("", how))
	return err
}

// onStated reports whether every rule that detects it does so only on stated fields.
func (r coverageRow) onStated() bool {
	return len(r.Stated) > 0 && len(r.Stated) == len(r.Own)+len(r.Others)
}

// others returns the number of other rules, or a dash if none were given.
func (r coverageRow) others() string {
	if r.Others == nil {
		return "-"
	}
	return fmt.Sprint(len(r.Others))
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
