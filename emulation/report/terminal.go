package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Terminal writes a run for a person: a line for each scenario, what is not as
// expected by cause, and the figures. With Verbose each scenario is written in full: a
// table of steps × expectations with the reason under each that is not met. With
// Quiet only the last line is written. It fails if w does.
func Terminal(w io.Writer, run result.Run, style Style) error {
	var out strings.Builder
	switch {
	case style.Quiet:
	case style.Verbose:
		for _, scenario := range run.Scenarios {
			style.writeScenario(&out, scenario)
		}
		style.writeInterrupted(&out, run)
		style.writeOutside(&out, run)
		style.writeNearMisses(&out, run)
		style.writeNotes(&out, run)
		style.writeFigures(&out, run)
	default:
		style.writeScenarioLines(&out, run)
		style.writeInterrupted(&out, run)
		style.writeFindings(&out, run)
		if len(style.Only) == 0 {
			style.writeUnexpectedRules(&out, run)
			style.writeOutside(&out, run)
			style.writeGaps(&out, run)
			style.writeNotes(&out, run)
		}
		style.writeFigures(&out, run)
	}
	if !style.Quiet {
		style.writeGates(&out, run)
	}
	out.WriteString(style.formatSummary(run))
	_, err := io.WriteString(w, style.encoded(out.String()))
	return err
}

func (s Style) writeInterrupted(out *strings.Builder, run result.Run) {
	if len(run.Interrupted) > 0 {
		out.WriteString(s.wrap("interrupted and not judged: "+strings.Join(run.Interrupted, ", "), 0) + "\n")
	}
}

func (s Style) writeScenario(out *strings.Builder, scenario result.Scenario) {
	out.WriteString(s.bold(scenario.Name) + "  " + scenario.Title + "\n")
	for _, actor := range scenario.Actors {
		out.WriteString(s.wrap("by "+actor.String(), 2))
	}
	for _, asset := range scenario.Assets {
		out.WriteString(s.wrap(assetLine(asset), 2))
	}
	out.WriteString("\n")
	steps := slices.Concat(scenario.Baselines, scenario.Steps)
	out.WriteString(s.formatTable(scenario))
	for _, step := range steps {
		s.writeReasons(out, step)
	}
	for _, gap := range scenario.Gaps {
		out.WriteString("\n" + s.wrap(FormatGap(gap), 2))
	}
	s.writeUnjudgedIn(out, scenario)
	s.writeAssetErrors(out, scenario, 2)
	s.writeUnexpected(out, steps)
	out.WriteString("\n")
}

func assetLine(asset result.Asset) string {
	line := fmt.Sprintf("%s: %s %s (%s)", asset.Name, asset.Kind, asset.Hostname, asset.Platform)
	if n := len(asset.IsolationChecks); n > 0 {
		line += fmt.Sprintf(", isolated: %d of %d escape attempts blocked", refused(asset), n)
	}
	return line
}

func refused(asset result.Asset) (n int) {
	for _, attempt := range asset.IsolationChecks {
		if attempt.Refused {
			n++
		}
	}
	return n
}

// writeReasons writes, under a scenario's table, why expectations are not met.
func (s Style) writeReasons(out *strings.Builder, step result.Step) {
	for _, expectation := range step.Expectations {
		if expectation.Verdict.Met() && expectation.Reason == "" || !aboutRule(expectation.Verdict) {
			continue
		}
		what := fmt.Sprintf("%s  %s: %s %s", statedSuffix(expectation.Stated), step.ID, expectation.Want, expectation.Rule)
		out.WriteString("\n" + s.wrapMarked(s.verdictWithSign(expectation.Verdict), s.coloredVerdict(expectation.Verdict), what, 2))
		out.WriteString(s.wrap(expectation.Title, 4))
		fmt.Fprintf(out, "    %s:%d\n", expectation.File, expectation.Line)
		if expectation.Reason != "" {
			out.WriteString(s.wrap(expectation.Reason, 4))
		}
		if expectation.Because != "" && !expectation.Verdict.Met() {
			out.WriteString(s.wrap("expected, because "+expectation.Because, 4))
		}
		for _, line := range firedOnLines(expectation) {
			out.WriteString(s.wrap(line, 4))
		}
		if expectation.Explanation != "" {
			out.WriteString(s.wrap(expectation.Explanation, 4))
		}
	}
}

// writeUnjudgedIn writes why expectations of a scenario are not judged, each cause once.
func (s Style) writeUnjudgedIn(out *strings.Builder, scenario result.Scenario) {
	s.Only = nil // they are in the table
	for _, found := range s.findingsIn(result.Run{Scenarios: []result.Scenario{scenario}}) {
		if !aboutRule(found.Verdict) {
			out.WriteString("\n")
			s.writeUnjudged(out, found, 2)
		}
	}
}

func (s Style) writeUnexpected(out *strings.Builder, steps []result.Step) {
	var lines []string
	for _, step := range steps {
		for _, alert := range step.UnexpectedAlerts {
			lines = append(lines, s.unexpectedLine(step, alert))
		}
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n  unexpected alerts (--strict fails on them):\n")
	for _, line := range lines {
		out.WriteString("    " + cut(line, s.tableWidth()-4) + "\n")
	}
}

func (s Style) unexpectedLine(step result.Step, alert detect.Alert) string {
	return fmt.Sprintf("%s: %s %s, %s", step.ID, s.short(alert.Rule), alert.Title, cmp.Or(alert.Level, "no level"))
}

// formatSummary returns the last line, broken at the terminal's width: what was
// performed, what of it is not as it must be, and in one word what came of it.
func (s Style) formatSummary(run result.Run) string {
	sum := run.Summary
	said := []string{counted(sum.Scenarios, "scenario"), counted(sum.Steps, "step"), counted(sum.Events, "event")}
	for _, v := range verdict.All() {
		if n := sum.Verdicts[v.String()]; n > 0 && v >= verdict.Skipped {
			said = append(said, thousands(n)+" "+verdictName(v))
		}
	}
	if sum.UnexpectedAlerts > 0 {
		said = append(said, counted(sum.UnexpectedAlerts, "unexpected alert"))
	}
	if sum.Leftovers > 0 {
		said = append(said, "undo did not restore "+counted(sum.Leftovers, "path"))
	}
	if n := len(run.Interrupted); n > 0 {
		said = append(said, counted(n, "scenario")+" interrupted")
	}
	if run.Lab != "docker" {
		said = append(said, run.Lab+" lab")
	}
	if !run.Replayed.IsZero() {
		said = append(said, replayOf(run.Started))
	}
	said = append(said, fmt.Sprintf("%.1f s", run.Seconds))
	word, of := s.outcome(run)
	// A number stays with its noun, and the outcome with what is before it.
	line := strings.ReplaceAll(strings.Join(said, ","+hardSpace), " ", noBreak)
	line = strings.ReplaceAll(line, hardSpace, " ") + strings.Repeat(noBreak, 7) + word
	line = strings.ReplaceAll(s.wrap(line, 0), noBreak, " ")
	return s.bold(strings.TrimSuffix(line, word+"\n")) + s.colored(of, word) + "\n"
}

// noBreak stands for a space at which a line is not broken, and hardSpace for one at
// which it may be.
const noBreak, hardSpace = "\u00a0", "\x00"

// outcome returns in one word what came of a run, and the verdict whose colour it
// has. A run of which nothing could be judged has not passed.
func (s Style) outcome(run result.Run) (word string, of verdict.Verdict) {
	sum := run.Summary
	switch worst := run.Worst(); {
	case worst == verdict.Pending || worst > verdict.Skipped || s.NotStrict || !run.GatesPassed():
		return "FAIL", verdict.Missed
	case worst == verdict.Skipped && sum.Verdicts[verdict.Skipped.String()] == sum.Expectations:
		return "SKIPPED", verdict.Skipped
	}
	return "PASS", verdict.Detected
}

// thousands returns a number with a comma before each three digits.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// counted returns a number with commas and with its noun.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

// Plural returns a number with its noun.
func Plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// replayOf says that what is told was not performed now.
func replayOf(started time.Time) string {
	return "replay of " + started.UTC().Format("2006-01-02 15:04Z")
}
