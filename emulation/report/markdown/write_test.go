package markdown_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/emulation/report/markdown"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func written(t *testing.T, run evidence.Run) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, markdown.Write(&out, run))
	return out.String()
}

func collected(t *testing.T, source evidence.Source) evidence.Run {
	t.Helper()
	run, err := evidence.Collect(source)
	require.NoError(t, err)
	return run
}

func alone() evidence.Source {
	source := reporttest.Source()
	source.Previous = nil
	return source
}

func TestCommentsOfRunsWithAndWithoutAnEarlierOne(t *testing.T) {
	t.Parallel()
	reporttest.Golden(t, *update, "changed.golden", []byte(written(t, reporttest.Sample(t))))
	reporttest.Golden(t, *update, "alone.golden", []byte(written(t, collected(t, alone()))))
	overlap := reporttest.Overlap(t, fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true})
	reporttest.Golden(t, *update, "overlap.golden", []byte(written(t, overlap)))
}

func TestARuleThatMissesIsInTheFirstTenLines(t *testing.T) {
	t.Parallel()
	source := reporttest.Source()
	for i := range source.Result.Scenarios[0].Steps[0].Expectations {
		if e := &source.Result.Scenarios[0].Steps[0].Expectations[i]; e.Verdict != verdict.Missed {
			e.Verdict, e.Evidence = verdict.Detected, nil
		}
	}
	source.Result.Interrupted = nil
	for name, run := range map[string]evidence.Run{"compared": collected(t, source), "alone": collected(t, evidence.Source{Result: source.Result, RuleFiles: source.RuleFiles})} {
		head := strings.Join(strings.SplitN(written(t, run), "\n", 11)[:10], "\n")
		assert.Contains(t, head, "bd1212e5", name)
		assert.Contains(t, head, "Page Written Below the Web Root", name)
		assert.Contains(t, head, "mail-backdoor", name)
		assert.Contains(t, head, "mail.hcl:29", name)
	}
}

// The story: a rule is changed so that it misses.
func TestABrokenRuleOfARealRunIsInTheFirstTenLines(t *testing.T) {
	t.Parallel()
	lab := fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true}
	before := reporttest.PerformedWith(t, lab, "overlap.hcl", func(_ string, rule []byte) []byte { return rule })
	source := reporttest.PerformedWith(t, lab, "overlap.hcl", func(name string, rule []byte) []byte {
		if name == "rules/windows_log_cleared.yml" {
			return bytes.Replace(rule, []byte("EventID: 104"), []byte("EventID: 1104"), 1)
		}
		return rule
	})
	source.Previous = &before.Result
	head := strings.Join(strings.SplitN(written(t, collected(t, source)), "\n", 11)[:10], "\n")
	for _, said := range []string{"4 worse", "f3535123", "Log Other Than Security Cleared", "detected → missed", "scenarios/overlap.hcl:", " and 1 more", "EventID must be", "1104"} {
		assert.Contains(t, head, said)
	}
}

// Whatever text a run holds: it is one cell of a table, no element, no reference.
func TestTextOfUsersStaysText(t *testing.T) {
	t.Parallel()
	for _, run := range []evidence.Run{reporttest.Sample(t), collected(t, alone())} {
		comment := written(t, run)
		elements := map[string]bool{"details": true, "summary": true, "code": true, "pre": true, "br": true, "sub": true}
		for _, found := range regexp.MustCompile(`<\s*[/!]?([a-zA-Z!-]*)`).FindAllStringSubmatch(comment, -1) {
			assert.True(t, elements[found[1]], "element %q", found[0])
		}
		assert.NotContains(t, comment, "@", "only as an entity with a space of no width after it, or in code")
		for _, code := range regexp.MustCompile(`(?s)<code>.*?</code>|<pre>.*?</pre>`).FindAllString(comment, -1) {
			comment = strings.Replace(comment, code, "", 1)
		}
		assert.NotRegexp(t, `&#(64|35|33|126|37|36);[^\x{200b}]`, comment, "a reference")
		assert.NotContains(t, comment, "](", "a link")
		assert.NotContains(t, comment, "`", "a span of code")
		columns := 0
		for line := range strings.Lines(comment) {
			if !strings.HasPrefix(line, "|") {
				columns = 0
				continue
			}
			if n := strings.Count(line, "|"); columns == 0 {
				columns = n
			} else {
				assert.Equal(t, columns, n, "a row has as many cells as its table: %s", line)
			}
		}
	}
}

func TestALongCommentIsCutByWholeSectionsThatAreNamed(t *testing.T) {
	t.Parallel()
	step := result.Step{ID: "step", Proven: true}
	for i := range 3_000 {
		step.Expectations = append(step.Expectations, result.Expectation{
			Rule: fmt.Sprintf("%08d-rule", i), Title: strings.Repeat("a long title ", 20), Verdict: verdict.Missed, Asked: 1,
			File: "a.hcl", Line: i + 1, Reason: strings.Repeat("reason | ", 200), Explanation: strings.Repeat("✗ a line of the condition\n", 400),
		})
	}
	of := []result.Scenario{{Name: "s", File: "a.hcl", Steps: []result.Step{step}}}
	comment := written(t, collected(t, evidence.Source{Result: result.Run{ID: "id", Summary: result.Summarise(of, nil), Scenarios: of}}))
	assert.LessOrEqual(t, utf8.RuneCountInString(comment), 60_000)
	assert.Contains(t, comment, "… and 2950 more rows.")
	assert.Regexp(t, `\nLeft out, as a comment would be too long: explanation of missed .*; and \d+ more\. The HTML report has all of it\.\n`, comment)
	assert.Equal(t, strings.Count(comment, "<details>"), strings.Count(comment, "</details>"))
	assert.Equal(t, strings.Count(comment, "<pre>"), strings.Count(comment, "</pre>"))
	assert.Contains(t, comment, "<sub>Run ", "what comes later and has room is there")
}

func TestAReplayIsCalledOne(t *testing.T) {
	t.Parallel()
	source := alone()
	assert.NotContains(t, written(t, collected(t, source)), "replay")
	source.Replayed = true
	comment := written(t, collected(t, source))
	assert.Contains(t, strings.SplitN(comment, "\n", 3)[1], "replayed from a recording")
}

func TestAWriterThatBreaksIsReported(t *testing.T) {
	t.Parallel()
	pipe, writer := io.Pipe()
	require.NoError(t, pipe.Close())
	assert.ErrorIs(t, markdown.Write(writer, reporttest.Sample(t)), io.ErrClosedPipe)
}
