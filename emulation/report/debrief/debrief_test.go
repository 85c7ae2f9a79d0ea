package debrief_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/report/debrief"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var (
	began   = time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)
	virtual = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
)

// hostile is what a trainee might write in the hope that some view takes it for its own.
const hostile = "=HYPERLINK(\"http://evil.test\")</td></pre><script>alert(1)</script> {{.}} | `x` [a](javascript:alert(1)) @all #1 \u202e"

// sample is an exercise of two teams, in which every text that a trainee writes is that
// one.
func sample(text string) debrief.Document {
	origin := func(event string) (string, bool) {
		step, _, _ := strings.Cut(event, "-")
		return step, true
	}
	truth := exercise.NewTruth([]exercise.TrueActor{{Name: "soft_cell", Group: "G0093", Title: "GALLIUM"}, {Name: "panda", Title: "panda"}}, origin)
	truth.Add(exercise.TrueStep{ID: "page", Title: "a page in a folder of the mail server", Technique: "T1505.003", Asset: "mail", Host: "EX01", Actor: "soft_cell", From: virtual, To: virtual.Add(time.Minute),
		Events: []string{"mail-1", "mail-2"}, Alerted: true, Rules: []exercise.ExpectedRule{{Rule: "r-1", Title: "Page Written", Want: "fires", Verdict: "detected"}, {Rule: "r-2", Title: "Other", Want: "known_gap"}}})
	truth.Add(exercise.TrueStep{ID: "archive", Title: "files packed", Technique: "T1560.001", Asset: "dc", Host: "DC01", Actor: "panda", From: virtual.Add(time.Hour), To: virtual.Add(time.Hour), Events: []string{"dc-1"}})
	truth.Add(exercise.TrueStep{ID: "gone", Technique: "T1070", Asset: "dc", Host: "DC01", Actor: "panda", From: virtual.Add(2 * time.Hour), To: virtual.Add(2 * time.Hour), Events: []string{}, Failed: "it was skipped"})
	definition := exercise.Definition{
		Name: "first", Title: "Who was there?", Scenario: "campaign", Mode: exercise.Build, Pace: 60, Minutes: 90, Wrong: -5, Budget: 50,
		Objectives: []exercise.Objective{
			{Name: "foothold", Title: "The foothold", Question: "How did they come in?", Points: 30, Find: exercise.Target{Steps: []string{"page"}}, Evidence: 2, Tries: 3,
				Partial: exercise.Shares{Technique: 0.5, Evidence: 0.5}, Hints: []exercise.Hint{{Name: "night", Cost: 5, Text: "What runs at night?"}}},
			{Name: "who", Title: "Who?", Points: 20, Find: exercise.Target{Actor: "soft_cell"}, Tries: 3, Wrong: -10},
			{Name: "rule", Title: "A rule", Points: 40, Find: exercise.Target{Detect: []string{"page"}}, Tries: 10, Partial: exercise.Shares{Detection: 1}},
			{Name: "sight", Title: "Telemetry", Points: 10, Find: exercise.Target{See: []string{"page", "archive"}}, Tries: 3},
		},
		Purchases: []exercise.Purchase{{Name: "files", Cost: 50}},
	}
	finding := func(team string, f exercise.Finding) exercise.Entry {
		f.Note, f.Host = text, text
		return exercise.Entry{Kind: exercise.HandedIn, Team: team, Member: team + "1", Finding: &f}
	}
	rule := "title: x\n# " + text + "\n"
	var entries []exercise.Entry
	for i, e := range []exercise.Entry{
		{Kind: exercise.Team, Team: "a", Name: text}, {Kind: exercise.Member, Team: "a", Member: "a1", Name: text},
		{Kind: exercise.Team, Team: "b", Name: "Green"}, {Kind: exercise.Member, Team: "b", Member: "b1", Name: "Bob"},
		{Kind: exercise.Start, To: virtual},
		{Kind: exercise.TookHint, Team: "a", Member: "a1", Objective: "foothold", Hint: "night"},
		finding("a", exercise.Finding{Technique: text, Actor: text, Events: []string{"page-1"}}),
		finding("a", exercise.Finding{Technique: "T1505.003", Actor: "G0093", Time: virtual, Events: []string{"page-1", "page-2"}}),
		finding("b", exercise.Finding{Events: []string{"day-1"}}),
		finding("b", exercise.Finding{Events: []string{"archive-1"}}),
		{Kind: exercise.RuleIn, Team: "b", Member: "b1", Rule: &exercise.Rule{Text: rule}},
		{Kind: exercise.JudgedRule, RuleVerdict: &exercise.RuleVerdict{Digest: exercise.RuleDigest(rule), Alarms: 1, Steps: []exercise.StepDetection{{Step: "page", Variants: 4, Detected: 3}}}},
		{Kind: exercise.Bought, Team: "b", Member: "b1", Purchases: []string{"files"}},
		{Kind: exercise.JudgedProfile, ProfileVerdict: &exercise.ProfileVerdict{Digest: exercise.PurchaseDigest([]string{"files"}), Steps: []exercise.StepSight{{Step: "page", Expected: 2, Detected: 1}}}},
		{Kind: exercise.End},
	} {
		e.Number, e.Key = int64(i+1), fmt.Sprint(i)
		e.At, e.Virtual = began.Add(time.Duration(i)*time.Minute), virtual.Add(time.Duration(i)*time.Hour)
		entries = append(entries, e)
	}
	return debrief.Of(exercise.Fold(definition, truth, entries), "v1")
}

func written(t *testing.T, write func(io.Writer, debrief.Document) error, of debrief.Document) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, write(&out, of))
	return out.String()
}

func tables(w io.Writer, of debrief.Document) error {
	for _, name := range debrief.Tables() {
		fmt.Fprintf(w, "-- %s --\n", name)
		if err := debrief.CSV(w, of, name); err != nil {
			return err
		}
	}
	return nil
}

func TestEveryViewShowsAllOfAnExercise(t *testing.T) {
	t.Parallel()
	of := sample("Blue")
	for name, write := range map[string]func(io.Writer, debrief.Document) error{
		"sample.json.golden": debrief.JSON, "sample.csv.golden": tables, "sample.md.golden": debrief.Markdown, "sample.html.golden": debrief.HTML,
	} {
		reporttest.Golden(t, *update, name, []byte(written(t, write, of)))
	}
	empty := debrief.Of(exercise.NewState(exercise.Definition{Name: "x", Title: "X", Mode: exercise.Hunt, Pace: 1}, exercise.NewTruth(nil, nil)), "v1")
	assert.Contains(t, written(t, debrief.Markdown, empty), "There was no team.")
	assert.Contains(t, written(t, debrief.HTML, empty), "There was no team.")
	require.ErrorContains(t, debrief.CSV(io.Discard, empty, "bord"), "expected one of board, scores")
}

func TestTheDocumentIsWhatItsSchemaSays(t *testing.T) {
	t.Parallel()
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(debrief.Schema))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	id := text.(map[string]any)["$id"].(string)
	require.NoError(t, compiler.AddResource(id, text))
	schema, err := compiler.Compile(id)
	require.NoError(t, err)
	empty := debrief.Of(exercise.NewState(exercise.Definition{Mode: exercise.Hunt, Pace: 1}, exercise.NewTruth(nil, nil)), "v1")
	for _, of := range []debrief.Document{sample("Blue"), sample(hostile), empty} {
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(written(t, debrief.JSON, of)))
		require.NoError(t, err)
		require.NoError(t, schema.Validate(document))
		document.(map[string]any)["more"] = 1
		require.Error(t, schema.Validate(document), "nothing else is in it")
	}
}

func TestWhatTraineesWriteIsInertInEveryView(t *testing.T) {
	t.Parallel()
	of, plain := sample(hostile), sample("Blue")
	assert.Equal(t, elements(t, plain), elements(t, of), "no element comes of what they write")
	page := written(t, debrief.HTML, of)
	assert.NotContains(t, page, "<script")
	assert.NotContains(t, page, "\u202e")
	assert.Contains(t, page, "{{.}}", "a template is not evaluated twice")

	markdown := written(t, debrief.Markdown, of)
	assert.NotContains(t, markdown, "<script")
	assert.NotContains(t, markdown, "](")
	assert.NotContains(t, markdown, "@all")
	assert.Equal(t, strings.Count(written(t, debrief.Markdown, plain), "|"), strings.Count(markdown, "|"), "no cell is added")

	formula := regexp.MustCompile(`^[\s'"]*[=+\-@|%＝＋－＠]`)
	seen := 0
	for _, name := range debrief.Tables() {
		var out bytes.Buffer
		require.NoError(t, debrief.CSV(&out, of, name))
		rows, err := csv.NewReader(&out).ReadAll()
		require.NoError(t, err)
		for _, row := range rows {
			for _, cell := range row {
				assert.NotContains(t, cell, "\n")
				if formula.MatchString(cell) && !regexp.MustCompile(`^-\d+$`).MatchString(cell) {
					seen++
					assert.Truef(t, strings.HasPrefix(cell, "'"), "a spreadsheet takes it for a formula: %s", cell)
				}
			}
		}
	}
	assert.Greater(t, seen, 10, "the texts must be in it")
	for _, text := range []string{" =1", "\t=1", "\u00a0@x", "＝1", "-2+3", "|x"} {
		var out bytes.Buffer
		require.NoError(t, debrief.CSV(&out, sample(text), "board"))
		assert.Contains(t, out.String(), ",'", "%q", text)
	}
}

// elements are what a page has of the beginnings and ends of elements, in order.
func elements(t *testing.T, of debrief.Document) []string {
	t.Helper()
	return regexp.MustCompile(`<[!/]?[a-zA-Z][a-zA-Z0-9]*`).FindAllString(written(t, debrief.HTML, of), -1)
}

func TestThePageNeedsNothingButItselfAndCanBeRead(t *testing.T) {
	t.Parallel()
	page := written(t, debrief.HTML, sample("Blue"))
	assert.NotRegexp(t, `(?i)<(script|link|img|iframe)|src=|url\(|@import`, page)
	assert.Contains(t, page, `<html lang="en">`)
	assert.Contains(t, page, "default-src 'none'")
	assert.Equal(t, strings.Count(page, "<table>"), strings.Count(page, "<caption>"), "each table says what it is")
	assert.Equal(t, 1, strings.Count(page, "<h1>"))
	assert.NotRegexp(t, `<th(>| class)`, page, "each heading of a table says of what")
	ids := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		assert.False(t, ids[id[1]], "%s twice", id[1])
		ids[id[1]] = true
	}
	for _, to := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		assert.True(t, ids[to[1]], "%s leads nowhere", to[1])
	}
	assert.Contains(t, page, "@media print")
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestWhatCannotBeWrittenIsSaid(t *testing.T) {
	t.Parallel()
	for _, write := range []func(io.Writer, debrief.Document) error{
		debrief.JSON, debrief.Markdown, debrief.HTML,
		func(w io.Writer, of debrief.Document) error { return debrief.CSV(w, of, "board") },
	} {
		require.ErrorContains(t, write(brokenWriter{}, sample("Blue")), "the disk is full")
	}
}
