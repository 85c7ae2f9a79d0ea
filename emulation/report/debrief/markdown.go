package debrief

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report/internal/mdtext"
)

// Markdown writes an exercise in GitHub's and GitLab's Markdown. It fails if w does.
func Markdown(w io.Writer, of Document) error {
	var out markdown
	out.line("# %s", mdtext.Text(of.Exercise.Title))
	out.line("")
	out.line("Exercise %s on the scenario %s, %s, at a pace of %v. Began %s, ended %s (UTC). Made of %d entries.", mdtext.Code(of.Exercise.Name), mdtext.Code(of.Exercise.Scenario),
		of.Exercise.Mode, of.Exercise.Pace, clock(of.Exercise.Began), clock(of.Exercise.Ended), of.Through)
	out.board(of)
	out.objectives(of)
	out.steps(of)
	out.accusations(of)
	out.teams(of)
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write Markdown: %w", err)
	}
	return nil
}

type markdown struct{ bytes.Buffer }

func (m *markdown) line(format string, values ...any) { fmt.Fprintf(m, format+"\n", values...) }

func (m *markdown) heading(level int, text string) {
	m.line("\n%s %s\n", strings.Repeat("#", level), text)
}

// table writes a table whose cells are written as Markdown.
func (m *markdown) table(head []string, rows [][]string, none string) {
	if len(rows) == 0 {
		m.line("%s", none)
		return
	}
	m.line("| %s |", strings.Join(head, " | "))
	m.line("|%s", strings.Repeat(" --- |", len(head)))
	for _, row := range rows {
		m.line("| %s |", strings.Join(row, " | "))
	}
}

func (m *markdown) board(of Document) {
	m.heading(2, "Board")
	var rows [][]string
	for _, r := range of.Board {
		rows = append(rows, []string{strconv.Itoa(r.Rank), mdtext.Text(r.Name), strconv.Itoa(r.Points), strconv.Itoa(r.Attribution), strconv.Itoa(r.Solved), strconv.Itoa(r.FalseAccusations), strconv.Itoa(r.Hints)})
	}
	m.table([]string{"Rank", "Team", "Points", "Attribution", "Solved", "False accusations", "Hints"}, rows, "There was no team.")
}

func (m *markdown) objectives(of Document) {
	m.heading(2, "What was asked")
	var rows [][]string
	for _, o := range of.Objectives {
		rows = append(rows, []string{mdtext.Text(o.Title), strconv.Itoa(o.Points), mdtext.Text(target(o.Find)), mdtext.Text(o.Question)})
	}
	m.table([]string{"Objective", "Points", "Answer", "Question"}, rows, "Nothing was asked.")
}

func (m *markdown) steps(of Document) {
	m.heading(2, "Step by step")
	for i, s := range of.Steps {
		m.heading(3, fmt.Sprintf("%d. %s", i+1, mdtext.Text(s.ID)))
		title := mdtext.Text(s.Title)
		if title != "" {
			title += ", "
		}
		m.line("- What: %s%s on %s by %s", title, mdtext.Code(s.Technique), mdtext.Text(s.Host), mdtext.Text(s.Actor))
		m.line("- When: %s to %s (virtual)", clock(s.From), clock(s.To))
		m.line("- Evidence: %s", codes(s.Events))
		var rules []string
		for _, r := range s.Rules {
			rules = append(rules, mdtext.Text(rule(r)))
		}
		m.line("- Expected rules: %s", orNone(strings.Join(rules, "; ")))
		m.line("- Seen: %s", mdtext.Text(seen(s)))
		for _, f := range s.Found {
			m.line("- Found by %s after %s (entry %d, %s)", mdtext.Text(f.Name), passed(f.AfterSeconds), f.Entry, clock(f.Virtual))
		}
	}
	m.heading(2, "What only hunting found")
	for _, id := range of.OnlyHunted {
		m.line("- %s", mdtext.Text(id))
	}
	if len(of.OnlyHunted) == 0 {
		m.line("Nothing: a rule alerted on every step that a team found.")
	}
}

func (m *markdown) accusations(of Document) {
	m.heading(2, "False accusations")
	var rows [][]string
	for _, a := range of.Accusations {
		rows = append(rows, []string{strconv.FormatInt(a.Entry, 10), mdtext.Text(a.Name), clock(a.Virtual), mdtext.Text(about(a.Finding)), mdtext.Text(a.Finding.Note), signed(a.Points)})
	}
	m.table([]string{"Entry", "Team", "Virtual time", "Finding", "Note", "Points"}, rows, "There was none.")
}

func (m *markdown) teams(of Document) {
	for _, team := range of.Teams {
		m.heading(2, "Team "+mdtext.Text(team.Name))
		m.line("%d points, and %d for attribution.", team.Points, team.Attribution)
		m.heading(3, "How the score came about")
		var rows [][]string
		for _, l := range team.Lines {
			rows = append(rows, []string{strconv.FormatInt(l.Entry, 10), mdtext.Text(l.Member), mdtext.Text(l.What), mdtext.Text(l.Objective), signed(l.Points), status(l), mdtext.Text(l.Why)})
		}
		m.table([]string{"Entry", "Member", "What", "Objective", "Points", "", "Why"}, rows, "Nothing was handed in.")
		m.heading(3, "Findings")
		rows = nil
		for _, f := range team.Findings {
			rows = append(rows, []string{strconv.FormatInt(f.Entry, 10), clock(f.Virtual), mdtext.Text(f.Member), mdtext.Text(about(f.Finding)), codes(f.Events), mdtext.Text(f.Note), mdtext.Text(f.Step)})
		}
		m.table([]string{"Entry", "Virtual time", "Member", "Finding", "Events", "Note", "Shows"}, rows, "There was none.")
		for _, r := range team.Rules {
			m.heading(3, fmt.Sprintf("Rule %d, by %s", r.Entry, mdtext.Text(r.Member)))
			m.line("%s", strings.TrimSuffix(mdtext.Preformatted(r.Text), "\n"))
		}
	}
}

func codes(words []string) string {
	var out []string
	for _, w := range words {
		out = append(out, mdtext.Code(w))
	}
	return orNone(strings.Join(out, " "))
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
