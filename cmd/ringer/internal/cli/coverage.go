package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/coverage"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

// coverageRow is one row of `ringer list behaviours --coverage`: rules by where they
// come from.
type coverageRow struct {
	Name      string `json:"name"`
	Technique string `json:"technique"`
	// Attack is the version of ATT&CK that the technique is of.
	Attack   attack.Version `json:"attack"`
	Reported []string       `json:"reported"`
	Emulated bool           `json:"emulated"`
	Own      []string       `json:"own"`
	// Others is null if no further rules were given.
	Others []string `json:"others"`
	// Stated are those that fire only by stated fields.
	Stated []string `json:"stated"`
	Blind  bool     `json:"blind"`
	// NotAsked is true if no rule had an event of it to read.
	NotAsked bool `json:"not_asked"`
	// Performed is false if the recording has no step of it.
	Performed bool `json:"performed"`
}

// coverageOf asks rules about a behaviour; performed is false if there is nothing to
// ask them about.
type coverageOf func(context.Context, behaviour.Behaviour) (found coverage.Coverage, performed bool, err error)

// listCoverage tells which rules see each reported behaviour: as a recorded run
// performed it or, where no recording is named, as it is performed in memory.
func (c *command) listCoverage(ctx context.Context, flags ruleFlags, recording string, asJSON bool) error {
	read := c.coverInMemory
	if recording != "" {
		read = func(ctx context.Context, flags ruleFlags) (*ruleSet, coverageOf, string, error) {
			return c.coverRecorded(ctx, recording, flags)
		}
	}
	rules, covered, how, err := read(ctx, flags)
	if err != nil {
		return err
	}
	others := slices.ContainsFunc(rules.Rules(), func(r plan.Rule) bool { return !rules.own[r.ID] })
	rows := []coverageRow{}
	for _, b := range scenarios.Library().Behaviours() {
		if !b.Reported() {
			continue
		}
		found, performed, err := covered(ctx, b)
		if err != nil {
			return err
		}
		row := coverageRow{
			Name: b.Name, Technique: b.Technique, Attack: attack.Current, Reported: b.Actors, Emulated: found.Emulated, Own: []string{}, Stated: found.Stated,
			Blind: performed && found.Blind(), NotAsked: performed && found.NotAsked(), Performed: performed,
		}
		if others || len(flags.paths) > 0 {
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
	return c.writeCoverage(rows, how)
}

// coverInMemory performs a behaviour in memory with its defaults. That is no evidence
// of what a lab would show, only of what the rules cover.
func (c *command) coverInMemory(_ context.Context, flags ruleFlags) (*ruleSet, coverageOf, string, error) {
	rules, err := c.loadRules(flags)
	if err != nil {
		return nil, nil, "", err
	}
	c.warnBroken(rules)
	in := c.runner(fake.Lab{Now: c.Now, ClaimObserved: true})
	return rules, func(ctx context.Context, b behaviour.Behaviour) (coverage.Coverage, bool, error) {
		kind, ok := scenarios.Library().Kind(b.Assets[0])
		if !ok {
			return coverage.Coverage{}, false, fmt.Errorf("%s: there is no host %s", b.Name, b.Assets[0])
		}
		found, err := coverage.Measure(ctx, in, b, asset.Host{Kind: kind, Hostname: kind.Hostname}, rules)
		return found, true, err
	}, "Performed in memory with defaults", nil
}

// coverRecorded takes what a recorded run's steps left, whatever their arguments.
func (c *command) coverRecorded(ctx context.Context, name string, flags ruleFlags) (*ruleSet, coverageOf, string, error) {
	recording, err := c.openRecording(name)
	if err != nil {
		return nil, nil, "", err
	}
	defer recording.Close()
	e, err := c.readRecorded(recording, flags)
	if err != nil {
		return nil, nil, "", err
	}
	_, runs, err := c.performAndKeep(ctx, c.replaying(recording, false), e.plans, e.rules, 1)
	if err != nil {
		return nil, nil, "", err
	}
	records := map[string][]runner.StepRecord{}
	for _, run := range runs {
		for i, step := range run.Plan.Steps {
			records[step.Behaviour.Name] = append(records[step.Behaviour.Name], run.Steps[i])
		}
	}
	return e.rules, func(ctx context.Context, b behaviour.Behaviour) (coverage.Coverage, bool, error) {
		found, err := coverage.Judge(ctx, b, records[b.Name], e.rules)
		return found, len(records[b.Name]) > 0, err
	}, "As run " + recording.Head.Run + " performed them, each step by itself", nil
}

// initials are the letters of actors in the table.
var initials = map[string]string{"soft_cell": "S", "naikon": "N", "emissary_panda": "E"}

// writeCoverage writes a line for each behaviour and the sums; how says in which way
// they were performed.
func (c *command) writeCoverage(rows []coverageRow, how string) error {
	var emulated, own, others, blind, unasked, stated, missing int
	lines := []string{fmt.Sprintf("%-32s %-10s %-8s %-8s %3s %6s", "behaviour", "technique", "reported", "emulated", "own", "others")}
	for _, row := range rows {
		who := ""
		for _, actor := range row.Reported {
			who += initials[actor]
		}
		line := fmt.Sprintf("%-32s %-10s %-8s %-8s %3d %6s", row.Name, row.Technique, who, row.emulated(), len(row.Own), row.others())
		switch {
		case !row.Performed:
			line += "  not performed"
			missing++
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
	if missing > 0 {
		said += fmt.Sprintf(" %d not in the recording.", missing)
	}
	if stated > 0 {
		said += fmt.Sprintf(" %d detected on stated fields only.", stated)
	}
	how = "Reported of: S Soft Cell, N Naikon, E Emissary Panda. " + how + "; own and others count the " +
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

// emulated says whether the effect came about, or a dash where nothing was performed.
func (r coverageRow) emulated() string {
	switch {
	case !r.Performed:
		return "-"
	case r.Emulated:
		return "yes"
	}
	return "no"
}
