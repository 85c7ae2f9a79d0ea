package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// History writes for a person the newest runs of a history, and how those that can be
// compared went on. It fails if w does.
func History(w io.Writer, of history.Overview, style Style) error {
	var out strings.Builder
	if len(of.Runs) == 0 {
		out.WriteString(style.wrap("The history has no run.", 0))
	} else {
		style.writeHistoryRuns(&out, of.Runs)
	}
	if of.Trend != nil {
		style.writeTrend(&out, *of.Trend)
	}
	_, err := io.WriteString(w, style.encoded(out.String()))
	return err
}

func (s Style) writeHistoryRuns(out *strings.Builder, runs []history.Entry) {
	out.WriteString(s.bold("RUNS") + "  " + s.dim("the newest "+thousands(len(runs))) + "\n\n")
	out.WriteString(s.dim("    started           run            lab     scenarios      seen  alarms    took") + "\n")
	for _, run := range runs {
		seen := "-"
		if fires := run.Detected + run.Missed; fires > 0 {
			seen = fmt.Sprintf("%d/%d", run.Detected, fires)
		}
		scenarios := fmt.Sprint(run.Scenarios)
		switch run.Part {
		case "":
		case history.Chosen:
			scenarios += " in part"
		default:
			scenarios += " " + run.Part
		}
		line := fmt.Sprintf("%s  %-13s  %-6s  %9s %9s  %6d  %6s", run.Started.Format("2006-01-02 15:04"), run.ID[:min(13, len(run.ID))], cut(run.Lab, 6), scenarios, seen, run.Alarms, shortSpan(run.Took))
		out.WriteString("  " + s.colored(run.Worst, signs[run.Worst]) + " " + line + "\n")
	}
}

func (s Style) writeTrend(out *strings.Builder, t history.Trend) {
	newest := t.Newest()
	out.WriteString("\n" + s.bold("TREND") + "  " + s.dim(fmt.Sprintf("%s of the same %s in the %s lab", counted(len(t.Runs), "run"), counted(newest.Scenarios, "scenario"), newest.Lab)) + "\n")
	out.WriteString(s.dim(s.wrap(newestDrawn(len(t.Runs), s.mostDrawn()), 7)) + "\n")
	for _, line := range TrendLines(t) {
		drawn := line.Values[max(0, len(line.Values)-s.mostDrawn()):]
		out.WriteString(s.Beside(fmt.Sprintf("  %-15s %s  ", line.Name, padded(sparkline(drawn), len(drawn))), line.Words))
	}
	flaky := "none: no verdict differs between runs in which nothing was changed"
	if n := len(t.Flaky); n > 0 {
		flaky = fmt.Sprintf("%d of %s", n, counted(newest.Expectations, "expectation"))
	}
	out.WriteString(s.Beside(fmt.Sprintf("  %-15s ", "flaky"), flaky))
	for i, f := range t.Flaky {
		if i == mostFlaky {
			out.WriteString(s.wrap(fmt.Sprintf("… and %d more (--json lists them)", len(t.Flaky)-i), 4))
			break
		}
		out.WriteString(s.wrap(fmt.Sprintf("%s/%s  %s  %s: %s", f.Scenario, f.Step, s.short(f.Rule), f.Title, FlakeWords(f)), 4))
	}
}

// mostDrawn is how many runs are drawn, a column each, beside their names and what is said
// of them.
func (s Style) mostDrawn() int { return max(20, s.tableWidth()-56) }

// newestDrawn says which runs are drawn.
func newestDrawn(runs, most int) string {
	if runs > most {
		return fmt.Sprintf("drawn are %d, the newest at the right", most)
	}
	return "the newest at the right"
}

// mostFlaky is how many flaky expectations are told of, each in a line.
const mostFlaky = 5

// FlakeWords says how an expectation was judged, and how often differently.
func FlakeWords(f history.Flake) string {
	var parts []string
	for _, v := range slices.Sorted(maps.Keys(f.Verdicts)) {
		parts = append(parts, fmt.Sprintf("%s %d", verdictName(v), f.Verdicts[v]))
	}
	return fmt.Sprintf("%s (%s differ)", strings.Join(parts, ", "), percent(f.Differing, f.Judged))
}

// TrendLine is one figure of runs, over time.
type TrendLine struct {
	Name string
	// Values are those of the runs, the oldest first; negative where a run has none.
	Values []float64
	Unit   Unit
	// Words say what it is of the newest.
	Words string
}

// Unit is what a figure counts.
type Unit int

// The units.
const (
	Share   Unit = iota // a part of a whole, 1 is all
	Number              // so many
	Seconds             // so long
)

// Format returns a figure in words.
func (u Unit) Format(v float64) string {
	switch u {
	case Share:
		return fmt.Sprintf("%.0f %%", 100*v)
	case Number:
		return thousands(int(v))
	case Seconds:
	}
	return shortSpan(time.Duration(v * float64(time.Second)))
}

// TrendLines are the figures of a trend.
func TrendLines(t history.Trend) []TrendLine {
	newest := t.Newest()
	values := func(of func(history.Entry) float64) []float64 {
		all := make([]float64, len(t.Runs))
		for i, run := range t.Runs {
			all[i] = of(run)
		}
		return all
	}
	lines := []TrendLine{
		{"coverage", values(func(e history.Entry) float64 { return share(e.Seen, e.Techniques) }), Share, coverageWords(newest)},
		{"mutation score", values(func(e history.Entry) float64 { return share(e.Killed, e.Tested) }), Share, mutationWords(t)},
		{"false alarms", values(func(e history.Entry) float64 { return float64(e.Alarms + e.FalseAlarms) }), Number,
			fmt.Sprintf("%d on ordinary days, %d at steps", newest.Alarms, newest.FalseAlarms)},
		{"missed", values(func(e history.Entry) float64 { return float64(e.Missed) }), Number, missedWords(newest)},
		{"time to detect", values(func(e history.Entry) float64 {
			if e.Detections.Of == 0 {
				return -1
			}
			return e.Detections.P95.Seconds()
		}), Seconds, detectWords(newest)},
		{"duration", values(func(e history.Entry) float64 { return e.Took.Seconds() }), Seconds, shortSpan(newest.Took)},
	}
	return lines
}

func coverageWords(e history.Entry) string {
	if e.Techniques == 0 {
		return "no technique was performed"
	}
	return fmt.Sprintf("%d of %s detected", e.Seen, counted(e.Techniques, "technique"))
}

func missedWords(e history.Entry) string {
	if e.Detected+e.Missed == 0 {
		return "nothing that must fire was judged"
	}
	return fmt.Sprintf("%s of %s that must fire", thousands(e.Missed), thousands(e.Detected+e.Missed))
}

func mutationWords(t history.Trend) string {
	for _, e := range slices.Backward(t.Runs) {
		if e.Tested > 0 {
			return fmt.Sprintf("%.2f on %s (%s)", float64(100*e.Killed/e.Tested)/100, e.Started.Format(time.DateOnly), counted(e.Tested, "mutant"))
		}
	}
	return "not measured: `ringer mutate` does"
}

func detectWords(e history.Entry) string {
	if e.Detections.Of == 0 {
		return "nothing was detected"
	}
	return fmt.Sprintf("p50 %s, p95 %s, p99 %s", shortSpan(e.Detections.P50), shortSpan(e.Detections.P95), shortSpan(e.Detections.P99))
}

// share is a part of a whole, negative where there is none.
func share(part, whole int) float64 {
	if whole == 0 {
		return -1
	}
	return float64(part) / float64(whole)
}

func percent(part, whole int) string { return fmt.Sprintf("%d %%", (100*part+whole/2)/max(whole, 1)) }

// shortSpan is a duration in three digits or so.
func shortSpan(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 100*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%d min", int(d.Minutes()))
}

// levels are the heights of a sparkline.
var levels = [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// sparkline draws figures, a column each, from the least to the greatest; one that is not
// known is a blank. Figures that are all the same are in the middle.
func sparkline(values []float64) string {
	known := slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return v < 0 })
	if len(known) == 0 {
		return strings.Repeat(" ", len(values))
	}
	least, most := slices.Min(known), slices.Max(known)
	var out strings.Builder
	for _, v := range values {
		switch {
		case v < 0:
			out.WriteRune(' ')
		case least == most:
			out.WriteRune(levels[3])
		default:
			out.WriteRune(levels[int((v-least)/(most-least)*float64(len(levels)-1)+0.5)])
		}
	}
	return out.String()
}

// RuleHistory writes for a person what became of a rule. It fails if w does.
func RuleHistory(w io.Writer, of history.RuleHistory, style Style) error {
	var out strings.Builder
	out.WriteString(style.bold(of.Title) + "\n" + style.wrap(of.ID, 2))
	if len(of.Runs) == 0 {
		out.WriteString(style.wrap("No run of the history is about this rule.", 0))
	} else {
		style.writeRuleHistory(&out, of)
	}
	_, err := io.WriteString(w, style.encoded(out.String()))
	return err
}

func (s Style) writeRuleHistory(out *strings.Builder, of history.RuleHistory) {
	first, last := of.Runs[0], of.Runs[len(of.Runs)-1]
	out.WriteString(s.wrap(fmt.Sprintf("%s, %s to %s, %s", counted(len(of.Runs), "run"), first.Started.Format(time.DateOnly), last.Started.Format(time.DateOnly), newestDrawn(len(of.Runs), s.mostDrawn())), 2))
	scenario := ""
	names := 0
	for _, place := range of.Places {
		names = max(names, utf8.RuneCountInString(place.Step))
	}
	names = min(names, max(20, s.tableWidth()-min(len(of.Runs), s.mostDrawn())-40))
	for _, place := range of.Places {
		if place.Scenario != scenario {
			scenario = place.Scenario
			out.WriteString("\n" + s.bold(scenario) + "\n")
		}
		s.writeRulePlace(out, of, place, names)
	}
	if len(of.Alarms) > 0 {
		out.WriteString("\n" + s.bold("alarms on ordinary days") + "\n")
	}
	for _, day := range of.Alarms {
		out.WriteString(s.wrap(fmt.Sprintf("%s/%s  in %s", day.Scenario, day.Step, counted(day.Runs, "run")), 2))
	}
	if n := len(of.Mutation); n > 0 {
		newest := of.Mutation[n-1]
		values := make([]float64, n)
		for i, m := range of.Mutation {
			values[i] = share(m.Killed, m.Killed+m.Survived)
		}
		out.WriteString("\n" + s.Beside("mutation score  ", fmt.Sprintf("%s  %d of %d killed in the newest", sparkline(values[max(0, n-s.mostDrawn()):]), newest.Killed, newest.Killed+newest.Survived)))
	}
}

// writeRulePlace writes an expectation: how each run judged it, a sign each, and what
// sums it up.
func (s Style) writeRulePlace(out *strings.Builder, of history.RuleHistory, place history.RulePlace, names int) {
	var row strings.Builder
	newest, known := verdict.Pending, false
	first := max(0, len(of.Runs)-s.mostDrawn())
	for i := range of.Runs {
		if v, ok := place.Verdicts[i]; ok && i < first {
			newest, known = v, true
		}
		if i < first {
			continue
		}
		v, ok := place.Verdicts[i]
		if !ok {
			row.WriteString(" ")
			continue
		}
		row.WriteString(s.colored(v, s.encoded(signs[v])))
		newest, known = v, true
	}
	words := string(place.Want)
	if place.Shape != "native" {
		words += " (" + string(place.Shape) + ")"
	}
	if known {
		words += ", " + verdictName(newest)
	}
	if place.Differing > 0 {
		words += ", flaky: " + percent(place.Differing, place.Judged) + " differ"
	}
	if len(place.After) > 0 {
		q := history.QuantilesOf(slices.Clone(place.After))
		words += fmt.Sprintf(", detected after p50 %s, p95 %s", shortSpan(q.P50), shortSpan(q.P95))
	}
	lead := fmt.Sprintf("  %s ", padded(cut(place.Step, names), names))
	marker := strings.Repeat("\x00", len(of.Runs)-first)
	out.WriteString(strings.Replace(s.Beside(lead+marker+"  ", words), marker, row.String(), 1))
}
