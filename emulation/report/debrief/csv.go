package debrief

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// table is one table of the CSV view: its head, and its rows of a document.
type table struct {
	name string
	head []string
	rows func(Document) [][]string
}

var tables = []table{
	{"board", []string{"rank", "team", "points", "attribution", "solved", "begun", "false_accusations", "hints", "last"}, boardRows},
	{"scores", []string{"team", "entry", "at", "virtual", "member", "kind", "objective", "points", "counts", "what", "why", "step"}, scoreRows},
	{"findings", []string{"team", "entry", "at", "virtual", "member", "technique", "host", "actor", "time", "events", "note", "step"}, findingRows},
	{"steps", []string{"step", "title", "technique", "host", "actor", "from", "to", "events", "rules", "alerted", "objectives", "failed"}, stepRows},
	{"detection", []string{"step", "team", "entry", "at", "virtual", "seconds_after", "right_actor", "only_hunted"}, detectionRows},
	{"accusations", []string{"team", "entry", "at", "virtual", "technique", "host", "actor", "events", "note", "points"}, accusationRows},
}

// Tables are the names of the tables that [CSV] writes.
func Tables() []string {
	var names []string
	for _, t := range tables {
		names = append(names, t.name)
	}
	return names
}

// CSV writes one table of an exercise, its names in the first line. No spreadsheet takes a
// cell for a formula. It fails if there is no such table, or if w does.
func CSV(w io.Writer, of Document, name string) error {
	i := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
	if i < 0 {
		return fmt.Errorf("there is no table %q; expected one of %s", name, strings.Join(Tables(), ", "))
	}
	out := csv.NewWriter(w)
	if err := out.WriteAll(append([][]string{tables[i].head}, tables[i].rows(of)...)); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// cell writes words that may come from anyone as one cell: on one line, and not as a
// formula, which spreadsheets begin by these characters and their wide forms, also behind
// spaces. An apostrophe before them makes it a text.
func cell(words string) string {
	text := strings.Map(printable, strings.Join(strings.Fields(words), " "))
	if strings.IndexAny(text, "=+-@|%＝＋－＠") != 0 {
		return text
	}
	return "'" + text
}

func cells(words []string) string { return cell(strings.Join(words, " ")) }

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func entry(n int64) string { return strconv.FormatInt(n, 10) }

func boardRows(of Document) (rows [][]string) {
	for _, r := range of.Board {
		rows = append(rows, []string{strconv.Itoa(r.Rank), cell(r.Name), strconv.Itoa(r.Points), strconv.Itoa(r.Attribution), strconv.Itoa(r.Solved), strconv.Itoa(r.Begun),
			strconv.Itoa(r.FalseAccusations), strconv.Itoa(r.Hints), stamp(r.Last)})
	}
	return rows
}

func scoreRows(of Document) (rows [][]string) {
	for _, team := range of.Teams {
		for _, l := range team.Lines {
			rows = append(rows, []string{cell(team.Name), entry(l.Entry), stamp(l.At), stamp(l.Virtual), cell(l.Member), string(l.Kind), cell(l.Objective),
				strconv.Itoa(l.Points), strconv.FormatBool(l.Counts), cell(l.What), cell(l.Why), cell(l.Step)})
		}
	}
	return rows
}

func findingRows(of Document) (rows [][]string) {
	for _, team := range of.Teams {
		for _, f := range team.Findings {
			rows = append(rows, []string{cell(team.Name), entry(f.Entry), stamp(f.At), stamp(f.Virtual), cell(f.Member), cell(f.Technique), cell(f.Host), cell(f.Actor),
				stamp(f.Time), cells(f.Events), cell(f.Note), cell(f.Step)})
		}
	}
	return rows
}

func stepRows(of Document) (rows [][]string) {
	for _, s := range of.Steps {
		var rules []string
		for _, rule := range s.Rules {
			rules = append(rules, rule.Title+" ("+rule.Want+")")
		}
		rows = append(rows, []string{cell(s.ID), cell(s.Title), cell(s.Technique), cell(s.Host), cell(s.Actor), stamp(s.From), stamp(s.To), cells(s.Events),
			cell(strings.Join(rules, "; ")), strconv.FormatBool(s.Alerted), cells(s.Objectives), cell(s.Failed)})
	}
	return rows
}

func detectionRows(of Document) (rows [][]string) {
	for _, s := range of.Steps {
		for _, f := range s.Found {
			rows = append(rows, []string{cell(s.ID), cell(f.Name), entry(f.Entry), stamp(f.At), stamp(f.Virtual), strconv.FormatFloat(f.AfterSeconds, 'f', 0, 64),
				strconv.FormatBool(f.RightActor), strconv.FormatBool(slices.Contains(of.OnlyHunted, s.ID))})
		}
	}
	return rows
}

func accusationRows(of Document) (rows [][]string) {
	for _, a := range of.Accusations {
		rows = append(rows, []string{cell(a.Name), entry(a.Entry), stamp(a.At), stamp(a.Virtual), cell(a.Finding.Technique), cell(a.Finding.Host), cell(a.Finding.Actor),
			cells(a.Finding.Events), cell(a.Finding.Note), strconv.Itoa(a.Points)})
	}
	return rows
}
