package report

import (
	"fmt"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// The widths of columns in any terminal, and of a verdict without stated fields;
// steps and the rules' titles take the rest.
const (
	verdictColumn = 13
	wantColumn    = 9
	gap           = "  "
)

// formatTable returns a scenario's table: under each step the rules with an
// expectation.
func (s Style) formatTable(scenario result.Scenario) string {
	t := table.NewWriter()
	look := table.StyleLight
	look.Options = table.Options{SeparateHeader: true}
	look.Box.PaddingLeft, look.Box.PaddingRight = "", gap
	look.Format.Header = text.FormatDefault
	t.SetStyle(look)
	last := s.verdictColumn(scenario)
	first := s.tableWidth() - wantColumn - last - 3*len(gap)
	t.AppendHeader(table.Row{"step / rule", "expects", "verdict"})
	for _, step := range scenario.Baselines {
		t.AppendRow(table.Row{s.stepCell(step, first), "", s.stepVerdict(step)})
		s.addBaselineRows(t, step, first, last)
	}
	for _, step := range scenario.Steps {
		t.AppendRow(table.Row{s.stepCell(step, first), "", s.stepVerdict(step)})
		s.addExpectationRows(t, step.Expectations, first, last)
	}
	t.SuppressTrailingSpaces()
	return t.Render() + "\n"
}

func (s Style) addExpectationRows(t table.Writer, all []result.Expectation, columns, last int) {
	for _, expectation := range all {
		t.AppendRow(table.Row{gap + cut(expectation.Title, columns-len(gap)-len(shapeMark(expectation))) + shapeMark(expectation), expectation.Want, s.verdictCell(expectation.Verdict, expectation.Stated, last)})
		if s.Verbose && expectation.Nearest != nil {
			for _, line := range s.nearMissLines(*expectation.Nearest, columns) {
				t.AppendRow(table.Row{line})
			}
		}
	}
}

// addBaselineRows adds the expectations of a baseline: unless all is asked for, those
// that were simply met as a number, and how many rules were not asked.
func (s Style) addBaselineRows(t table.Writer, step result.Step, columns, last int) {
	rest, quiet := splitSilent(step.Expectations)
	silent, stated := 0, []string(nil)
	if s.Verbose {
		rest, quiet = step.Expectations, 0
	} else {
		rest, silent, stated = splitStatedSilent(rest)
	}
	if quiet > 0 {
		said := gap + Plural(quiet, "rule")
		if step.NotAsked > 0 {
			said += s.dim(fmt.Sprintf(", %d not asked", step.NotAsked))
		}
		t.AppendRow(table.Row{said, verdict.Quiet, s.coloredVerdict(verdict.Silent)})
	}
	if silent > 0 {
		t.AppendRow(table.Row{gap + Plural(silent, "rule"), verdict.Quiet, s.verdictCell(verdict.Silent, stated, last)})
	}
	s.addExpectationRows(t, rest, columns, last)
	if quiet == 0 && step.NotAsked > 0 {
		t.AppendRow(table.Row{gap + s.dim(Plural(step.NotAsked, "rule")+" not asked")})
	}
}

// splitSilent splits a baseline's expectations into those that were simply met, which
// it counts, and the rest.
func splitSilent(all []result.Expectation) (rest []result.Expectation, quiet int) {
	for _, expectation := range all {
		if expectation.Verdict == verdict.Silent && expectation.Reason == "" && len(expectation.Stated) == 0 {
			quiet++
			continue
		}
		rest = append(rest, expectation)
	}
	return rest, quiet
}

// stepCell returns a step's name, time, technique and behaviour.
func (s Style) stepCell(step result.Step, columns int) string {
	words := step.At + gap + step.Behaviour
	if step.Technique != "" { // a baseline has none
		words = step.At + gap + step.Technique + gap + step.Behaviour
	}
	name := cut(step.ID, columns)
	return s.bold(name) + cut(gap+words, columns-len([]rune(name)))
}

// stepVerdict returns the verdict of a step that has no expectation.
func (s Style) stepVerdict(step result.Step) string {
	switch became, _ := step.WithoutExpectations(); {
	case became != verdict.Pending:
		return s.coloredVerdict(became)
	case len(step.Expectations) == 0:
		return "performed"
	}
	return ""
}

// shapeMark returns a mark for the shape that is not the default.
func shapeMark(expectation result.Expectation) string {
	if expectation.Shape == event.EDR {
		return " (edr)"
	}
	return ""
}
