package html_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// withHistory is the run in which every verdict occurs, after three others.
func withHistory(t *testing.T) evidence.Run {
	t.Helper()
	run := reporttest.Sample(t)
	run.History = &history.Trend{Flaky: []history.Flake{{
		Place:       history.Place{Scenario: run.Scenarios[0].Judged.Name, Step: run.Scenarios[0].Steps[0].Judged.ID},
		Expectation: history.Expectation{Detector: "sigma", Rule: "f3535123-2222-4333-8444-555555555555", Want: verdict.Fires},
		Title:       "A <Rule>", Verdicts: map[verdict.Verdict]int{verdict.Detected: 3, verdict.Missed: 1}, Judged: 4, Differing: 1,
	}}}
	for day := range 4 {
		e := history.Entry{Head: history.Head{Started: reporttest.Started.AddDate(0, 0, day-3), Lab: "docker", Took: time.Duration(20-day) * time.Second}}
		e.Scenarios, e.Techniques, e.Seen, e.Detected, e.Missed = 2, 10, 7+day, 20, 3-day
		if day == 1 {
			e.Killed, e.Tested = 9, 10
		}
		run.History.Runs = append(run.History.Runs, e)
	}
	return run
}

func TestThePageSaysHowEarlierRunsWentOn(t *testing.T) {
	t.Parallel()
	page := body(t, withHistory(t))
	at := strings.Index(page, `<section id="history"`)
	require.Positive(t, at)
	section, _, _ := strings.Cut(page[at:], "</section>")
	reporttest.Golden(t, *update, "history.golden", []byte(section))
	assert.Contains(t, page, `<a href="#history">`)
	assert.Contains(t, section, "A &lt;Rule&gt;")
	assert.NotContains(t, body(t, reporttest.Sample(t)), "history", "a page without a history has no section of it")
}
