package report

import (
	"fmt"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Column widths that do not depend on the terminal's, of a verdict without what it
// rests on: the rest is for steps and the rules' titles.
const (
	verdictColumn = 13
	wantColumn    = 9
	gap           = "  "
)

// formatTable is a scenario's: under each step the rules that something is expected
// of.
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

// addBaselineRows has the expectations of an ordinary day: those that came true without a
// word as their number, unless all is asked for, and how many were not made.
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

// splitSilent separates the expectations of an ordinary day that came true without a
// word: on a good day that is all of them, and their number says it.
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

// stepCell names a step, what it is, and when.
func (s Style) stepCell(step result.Step, columns int) string {
	words := step.At + gap + step.Behaviour
	if step.Technique != "" { // a baseline has none
		words = step.At + gap + step.Technique + gap + step.Behaviour
	}
	name := cut(step.ID, columns)
	return s.bold(name) + cut(gap+words, columns-len([]rune(name)))
}

// stepVerdict is the word for a step that nothing is expected of.
func (s Style) stepVerdict(step result.Step) string {
	switch became, _ := step.WithoutExpectations(); {
	case became != verdict.Pending:
		return s.coloredVerdict(became)
	case len(step.Expectations) == 0:
		return "performed"
	}
	return ""
}

// shapeMark tells the shape that is not the default.
func shapeMark(expectation result.Expectation) string {
	if expectation.Shape == event.EDR {
		return " (edr)"
	}
	return ""
}
