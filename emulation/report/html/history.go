package html

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// trend is the section on earlier runs.
type trend struct {
	Lead  string
	Lines []trendLine
	Flaky []flake
}

// trendLine is a figure over runs, drawn as a line.
type trendLine struct {
	Name, Words string
	// Width is that of the drawing; Points are those of its line. Without any nothing is
	// drawn.
	Width  int
	Points string
	Last   *point
	// Range says from what to what it went.
	Range string
}

type point struct{ X, Y string }

type flake struct {
	Rule, Title string
	Place       place
	Verdicts    string
}

// trendOf is the section on earlier runs; nil where there is no history.
func trendOf(of evidence.Run) *trend {
	if of.History == nil || len(of.History.Runs) == 0 {
		return nil
	}
	runs := of.History.Runs
	first, newest := runs[0], of.History.Newest()
	out := &trend{Lead: fmt.Sprintf("%s of the same %s in the %s lab, from %s to %s.", report.Plural(len(runs), "run"), report.Plural(newest.Scenarios, "scenario"), newest.Lab,
		first.Started.Format("2 January 2006"), newest.Started.Format("2 January 2006"))}
	for _, line := range report.TrendLines(*of.History) {
		out.Lines = append(out.Lines, drawn(line))
	}
	for _, f := range of.History.Flaky {
		out.Flaky = append(out.Flaky, flake{
			Rule: of.ShortID(f.Rule), Title: f.Title, Place: place{f.Scenario + "/" + f.Step, findStep(of, f.Scenario, f.Step)}, Verdicts: report.FlakeWords(f),
		})
	}
	return out
}

// The size of a drawing: so far apart are two runs, and so high is the line.
const (
	trendStep, trendHeight = 8, 22
	trendMargin            = 3
)

func drawn(line report.TrendLine) trendLine {
	out := trendLine{Name: line.Name, Words: line.Words, Width: trendStep*max(1, len(line.Values)-1) + 2*trendMargin}
	known := slices.DeleteFunc(slices.Clone(line.Values), func(v float64) bool { return v < 0 })
	if len(known) == 0 {
		return out
	}
	least, most := slices.Min(known), slices.Max(known)
	var points []string
	for i, v := range line.Values {
		if v < 0 {
			continue // a line goes on over what is not known
		}
		y := 0.5
		if most > least {
			y = (v - least) / (most - least)
		}
		at := point{fmt.Sprint(trendMargin + trendStep*i), fmt.Sprint(math.Round(10*(trendMargin+trendHeight*(1-y))) / 10)}
		points, out.Last = append(points, at.X+","+at.Y), &at
	}
	out.Points = strings.Join(points, " ")
	out.Range = line.Unit.Format(least)
	if most > least {
		out.Range += " to " + line.Unit.Format(most)
	}
	return out
}
