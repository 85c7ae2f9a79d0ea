package html_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/html"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, run evidence.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, html.Write(&out, run))
	return out.Bytes()
}

func overlap(t *testing.T) evidence.Run {
	t.Helper()
	return reporttest.Overlap(t, fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true})
}

// body is a page without its style and script, which have no data.
func body(t *testing.T, run evidence.Run) string {
	t.Helper()
	page := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>`).ReplaceAllString(string(written(t, run)), "")
	return regexp.MustCompile(`sha256-[^']*`).ReplaceAllString(page, "sha256")
}

func TestThePageOfARunInWhichEveryVerdictOccurs(t *testing.T) {
	t.Parallel()
	reporttest.Golden(t, *update, "sample.golden", []byte(body(t, reporttest.Sample(t))))
}

func TestACampaignOfYearsIsAPageOfLessThanTwoMegabytes(t *testing.T) {
	t.Parallel()
	run := overlap(t)
	page := written(t, run)
	assert.Less(t, len(page), 2_000_000)
	assert.Equal(t, page, written(t, run), "the same run gives the same bytes")
	for _, step := range run.Scenarios[0].Steps {
		assert.Contains(t, string(page), "<h4>"+step.Judged.ID+"</h4>")
		for _, e := range step.Events {
			assert.Contains(t, string(page), fmt.Sprintf(`-%s"`, e.ID), "the event is on the page")
		}
	}
}

// Links lead away where a reader follows them; nothing is loaded.
func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	t.Parallel()
	page := string(written(t, overlap(t)))
	assert.NotRegexp(t, `<(link|img|iframe|object|embed|audio|video|source|base)\b`, page)
	assert.NotRegexp(t, `@import|url\(|\bsrc=|srcset=`, page)
	for _, address := range regexp.MustCompile(`href="([^#"][^"]*)"`).FindAllStringSubmatch(page, -1) {
		assert.Regexp(t, `^https://attack\.mitre\.org/techniques/T\d{4}(/\d{3})?/$`, address[1])
	}
	assert.Contains(t, page, "default-src 'none'")
}

func TestTextOfARunIsNoMarkup(t *testing.T) {
	t.Parallel()
	page := body(t, reporttest.Sample(t))
	assert.NotContains(t, page, "alert(1)</script>")
	assert.Contains(t, page, "&lt;script&gt;alert(1)&lt;/script&gt;")
}

func TestTheAnswerIsTheWorstThatTheRunShowed(t *testing.T) {
	t.Parallel()
	expectation := func(v verdict.Verdict) result.Expectation {
		return result.Expectation{Rule: "rule", Title: "A", Verdict: v}
	}
	for _, test := range []struct {
		name     string
		verdicts []verdict.Verdict
		want     string
	}{
		{"all came", []verdict.Verdict{verdict.Detected, verdict.Detected, verdict.Silent}, "Yes: all 2 expected alerts came"},
		{"the one came", []verdict.Verdict{verdict.Detected}, "Yes: the one expected alert came"},
		{"one did not", []verdict.Verdict{verdict.Detected, verdict.Missed, verdict.FalseAlarm}, "No: 1 of 2 expected alerts did not come"},
		{"a rule fired that must not", []verdict.Verdict{verdict.Detected, verdict.FalseAlarm}, "Seen, but 1 false alarm where rules must be silent"},
		{"something broke", []verdict.Verdict{verdict.Detected, verdict.Errored}, "Not answered in full: the run broke"},
		{"something was not judged", []verdict.Verdict{verdict.Detected, verdict.NotAsked}, "Answered in part: 1 of 2 expectations not judged"},
		{"only silence was asked for", []verdict.Verdict{verdict.Silent}, "As expected: 1 rule stayed silent"},
		{"nothing was asked", nil, "Nothing was asked: no step expects anything"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			step := result.Step{ID: "step", Proven: true}
			for _, v := range test.verdicts {
				step.Expectations = append(step.Expectations, expectation(v))
			}
			of := []result.Scenario{{Name: "s", Steps: []result.Step{step}}}
			run, err := evidence.Collect(evidence.Source{Result: result.Run{ID: "id", Summary: result.Summarise(of, nil), Scenarios: of}})
			require.NoError(t, err)
			page := string(written(t, run))
			assert.Contains(t, page, "<title>"+test.want+" – ringer</title>")
			assert.Contains(t, page, "</span> "+test.want+"</h1>")
		})
	}
}

func TestAReplayIsCalledOne(t *testing.T) {
	t.Parallel()
	source := reporttest.Source()
	source.Replayed = true
	run, err := evidence.Collect(source)
	require.NoError(t, err)
	assert.Contains(t, string(written(t, run)), "Judged again from a recording")
	assert.NotContains(t, string(written(t, reporttest.Sample(t))), "Judged again from a recording")
}

// A run of which only the result is known is reported too.
func TestAResultAloneGivesAPage(t *testing.T) {
	t.Parallel()
	run, err := evidence.Collect(evidence.Source{Result: reporttest.Source().Result})
	require.NoError(t, err)
	page := string(written(t, run))
	assert.Contains(t, page, `id="timeline-1-wide-title"`)
	assert.NotContains(t, page, "Processes and events")
	assert.Equal(t, strings.Count(page, "<details"), strings.Count(page, "</details>"))
}

func TestAWriterThatBreaksIsReported(t *testing.T) {
	t.Parallel()
	pipe, writer := io.Pipe()
	require.NoError(t, pipe.Close())
	assert.ErrorIs(t, html.Write(writer, reporttest.Sample(t)), io.ErrClosedPipe)
}
