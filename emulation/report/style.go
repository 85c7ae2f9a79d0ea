package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Style says how a view is laid out.
type Style struct {
	// Width is the terminal's, in columns. Tables are at least 60 columns wide, and
	// text 40: a narrower terminal breaks the lines itself.
	Width int
	Color bool
	// Verbose shows a run in full: each rule of a baseline, and how near each silent
	// rule came to an alert.
	Verbose bool
	// Quiet has only the last line of a run written.
	Quiet bool
	// Only are the verdicts that are told of; none is all that are not met.
	Only []verdict.Verdict
	// ASCII has signs written as words, for a terminal that has no UTF-8.
	ASCII bool
	// NotStrict is whether the run fails on what --strict asks for besides the
	// expectations.
	NotStrict bool
	// Recorded is where the run was recorded; empty if it was not.
	Recorded string
	// Rule tells of a rule by its id; nil knows none.
	Rule func(id string) RuleInfo
	// ShortID cuts a rule's id to the digits that tell it from all others; nil cuts it
	// to eight.
	ShortID func(id string) string
	// ExplainWith is what `ringer explain` must be given besides a rule and a place, to
	// explain this run; NotKept is whether it cannot, as the run was not recorded.
	ExplainWith string
	NotKept     bool
}

// short is the beginning of a rule's id, enough to type it.
func (s Style) short(id string) string {
	switch {
	case s.ShortID != nil:
		return s.ShortID(id)
	case len(id) > 8 && id[8] == '-':
		return id[:8]
	}
	return id
}

// RuleInfo is what a reader wants to know of a rule.
type RuleInfo struct {
	Level, Technique string
	// Given is whether the user gave the rule, which ringer's own are not.
	Given bool
	// File and Line are where it stands; File is empty if that is not known.
	File string
	Line int
}

func (s Style) rule(id string) RuleInfo {
	if s.Rule == nil {
		return RuleInfo{}
	}
	return s.Rule(id)
}

// asciiSigns are written in the place of signs that only UTF-8 has. Each takes one
// column as well, so that lines stay as wide as they are.
var asciiSigns = strings.NewReplacer("✓", "+", "✗", "x", "○", "o", "◌", "?", "─", "-", "…", "~", "×", "x", "→", ">", "·", "|", "◦", "o",
	"▁", "_", "▂", ".", "▃", "-", "▄", "=", "▅", "+", "▆", "*", "▇", "%", "█", "#", "µ", "u")

// encoded is text as the terminal can show it.
func (s Style) encoded(text string) string {
	if s.ASCII {
		return asciiSigns.Replace(text)
	}
	return text
}

// signs are the one-column signs of verdicts.
var signs = map[verdict.Verdict]string{
	verdict.Pending: "?", verdict.Silent: "✓", verdict.Detected: "✓", verdict.BlindSpot: "○", verdict.NotAsked: "◌", verdict.Skipped: "-",
	verdict.NoEffect: "✗", verdict.DetectedLate: "✗", verdict.FalseAlarm: "✗", verdict.Missed: "✗", verdict.Errored: "!",
}

// asciiWords stand in the place of signs where they begin a line.
var asciiWords = map[verdict.Verdict]string{
	verdict.Pending: "?", verdict.Silent: "ok", verdict.Detected: "ok", verdict.BlindSpot: "ok", verdict.NotAsked: "ok", verdict.Skipped: "skip",
	verdict.NoEffect: "FAIL", verdict.DetectedLate: "LATE", verdict.FalseAlarm: "FAIL", verdict.Missed: "MISS", verdict.Errored: "FAIL",
}

// sign returns the sign of a verdict, or a word of four columns.
func (s Style) sign(v verdict.Verdict) string {
	if s.ASCII {
		return fmt.Sprintf("%-4s", asciiWords[v])
	}
	return signs[v]
}

var colors = map[verdict.Verdict]text.Colors{
	verdict.Pending: {text.FgMagenta}, verdict.Silent: {text.Faint}, verdict.Detected: {text.FgGreen},
	verdict.BlindSpot: {text.FgYellow}, verdict.NotAsked: {text.FgYellow}, verdict.Skipped: {text.FgYellow}, verdict.NoEffect: {text.FgRed}, verdict.DetectedLate: {text.FgRed},
	verdict.FalseAlarm: {text.FgRed, text.Bold}, verdict.Missed: {text.FgRed, text.Bold}, verdict.Errored: {text.FgRed, text.Bold},
}

// unexpectedColor is that of alerts that nobody expected.
const unexpectedColor = text.FgMagenta

// paint writes words in colours, whatever the environment says: the style is right.
func paint(words string, colors ...text.Color) string {
	renditions := make([]int, len(colors))
	for i, color := range colors {
		renditions[i] = int(color)
	}
	return display.Paint(words, renditions...)
}

// coloredVerdict returns a verdict with its sign, in its colour.
func (s Style) coloredVerdict(v verdict.Verdict) string {
	return s.colored(v, s.verdictWithSign(v))
}

// colored writes words in the colour of a verdict.
func (s Style) colored(v verdict.Verdict, words string) string {
	if !s.Color {
		return words
	}
	return paint(words, colors[v]...)
}

// Met returns the sign of what is as it should be, or of what is not, in its colour.
func (s Style) Met(met bool) string {
	if met {
		return s.colored(verdict.Detected, s.sign(verdict.Detected))
	}
	return s.colored(verdict.Missed, s.sign(verdict.NoEffect))
}

// verdictWithSign returns a verdict's name after its sign; without signs, what is not
// met is written in capitals.
func (s Style) verdictWithSign(v verdict.Verdict) string {
	switch {
	case !s.ASCII:
		return signs[v] + " " + verdictName(v)
	case v > verdict.Skipped:
		return strings.ToUpper(verdictName(v))
	}
	return verdictName(v)
}

// verdictName returns a verdict's name in words.
func verdictName(v verdict.Verdict) string { return strings.ReplaceAll(v.String(), "_", " ") }

// Bold returns words as a title, where the terminal can show it.
func (s Style) Bold(words string) string { return s.bold(words) }

func (s Style) bold(words string) string {
	if !s.Color {
		return words
	}
	return paint(words, text.Bold)
}

// boldIn returns words in bold and in a colour.
func (s Style) boldIn(color text.Color, words string) string {
	if !s.Color {
		return words
	}
	return paint(words, text.Bold, color)
}

// dim returns words in a faint colour, for what matters less.
func (s Style) dim(words string) string {
	if !s.Color {
		return words
	}
	return paint(words, text.Faint)
}

func (s Style) tableWidth() int { return max(s.Width, 60) }

// textWidth returns the width of text outside tables.
func (s Style) textWidth() int {
	if s.Width == 0 {
		return s.tableWidth()
	}
	return max(s.Width, 40)
}

// cut shortens words to that many columns.
func cut(words string, columns int) string {
	if utf8.RuneCountInString(words) <= columns {
		return words
	}
	return string([]rune(words)[:columns-1]) + "…"
}

// Wrap breaks words into lines of the style's width, each indented by that many columns;
// what does not fit on a line goes on below it, two columns further in.
func (s Style) Wrap(words string, indent int) string { return s.wrap(words, indent) }

// wrap breaks words into lines of the style's width, each indented.
func (s Style) wrap(words string, indent int) string {
	space := strings.Repeat(" ", indent)
	var out []string
	for _, line := range strings.Split(strings.TrimRight(words, "\n"), "\n") {
		own := len(line) - len(strings.TrimLeft(line, " "))
		lead := space + strings.Repeat(" ", own)
		for i, part := range split(strings.TrimLeft(line, " "), s.textWidth()-len(lead)-2) {
			if i > 0 {
				part = "  " + part
			}
			out = append(out, lead+part)
		}
	}
	return strings.Join(out, "\n") + "\n"
}

// wrapMarked wraps words that begin with plain, and then replaces that by marked:
// colours take no columns.
func (s Style) wrapMarked(plain, marked, words string, indent int) string {
	return strings.Replace(s.wrap(plain+words, indent), plain, marked, 1)
}

// split breaks a line at blanks, and a word that is longer than a line in its middle,
// as a path may be.
func split(line string, columns int) []string {
	columns = max(columns, 20)
	var parts []string
	cells := cellsOf(line)
	for len(cells) > columns {
		at, end := columns, columns // of the blank before the word at the edge, and of that word
		for at > 0 && !isBlank(cells[at]) {
			at--
		}
		for end < len(cells) && !isBlank(cells[end]) {
			end++
		}
		if at == 0 || at <= columns/2 && end-at-1 > columns {
			at = columns
		}
		parts = append(parts, strings.TrimRight(strings.Join(cells[:at], ""), " "))
		for at < len(cells) && cells[at] == " " {
			at++
		}
		cells = cells[at:]
	}
	return append(parts, strings.Join(cells, ""))
}

// cellsOf splits a line into its characters, each with the colours that are set before
// it: those take no column.
func cellsOf(line string) []string {
	var cells []string
	start := 0
	for at := 0; at < len(line); {
		if rest := line[at:]; strings.HasPrefix(rest, text.EscapeStart) && strings.Contains(rest, text.EscapeStop) {
			at += strings.Index(rest, text.EscapeStop) + len(text.EscapeStop)
			continue
		}
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
		cells = append(cells, line[start:at])
		start = at
	}
	if start < len(line) && len(cells) > 0 {
		cells[len(cells)-1] += line[start:]
	} else if start < len(line) {
		cells = append(cells, line[start:])
	}
	return cells
}

func isBlank(cell string) bool { return strings.HasSuffix(cell, " ") }
