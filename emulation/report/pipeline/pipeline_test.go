package pipeline_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/pipeline"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// run has a rule that is missed twice and one that is as expected, with a gate that fails,
// and texts that would mean something to a forge.
func run() result.Run {
	missed := result.Expectation{Rule: "r1", Title: "Page: 100%, <b>\n::error::x\x1b[31m\u202e", Verdict: verdict.Missed, Reason: "no alert", File: "a,b:c.hcl", Line: 7}
	fine := result.Expectation{Rule: "r2", Title: "Fine", Verdict: verdict.Detected}
	r := result.Run{
		Scenarios: []result.Scenario{{Name: "mail", Steps: []result.Step{{ID: "one", Expectations: []result.Expectation{missed, fine}}, {ID: "two", Expectations: []result.Expectation{missed}}}}},
		Gates: []result.Gate{{
			Name: "main", Checks: []result.GateCheck{
				{Bound: "max_flakes", Limit: "0", Measured: "0", Outcome: result.Passed},
				{Bound: "min_coverage rules", Limit: "1", Measured: "0.5", Outcome: result.Failed, Findings: []result.GateFinding{{Sentence: "Too few | rules.", Rule: "r3", File: "rules/r3.yml", Line: 0}}},
			},
			Warnings: []result.GateFinding{{Sentence: "untested: rule x."}},
		}},
	}
	r.Summary = result.Summarise(r.Scenarios, nil)
	return r
}

func places() pipeline.Places {
	return pipeline.Places{
		InRepository: func(file string) (string, bool) { return file, file != "outside.yml" },
		Rule:         func(string) (string, int) { return "outside.yml", 3 },
	}
}

func TestGitHubReadsOneCommandALine(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, pipeline.GitHub(&out, pipeline.Findings(run(), places())))
	assert.Equal(t, `::error file=rules/r3.yml,line=1,title=gate main%3A min_coverage rules::Too few | rules.
::error file=a%2Cb%3Ac.hcl,line=7,title=Page%3A 100%25%2C <b> %3A%3Aerror%3A%3Ax�[31m�::missed: Page: 100%25, <b> ::error::x�[31m� at mail/one and 1 more: no alert
::warning title=gate main%3A warning::untested: rule x.
`, out.String())
}

func TestGitHubShowsTenOfEachSeverity(t *testing.T) {
	t.Parallel()
	var many []pipeline.Finding
	for range 14 {
		many = append(many, pipeline.Finding{Severity: pipeline.Error, Message: "m", Title: "t"})
	}
	var out strings.Builder
	require.NoError(t, pipeline.GitHub(&out, many))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	assert.Len(t, lines, 10)
	assert.Equal(t, "::error title=ringer::5 more: the report has all of them", lines[9])
}

func TestGitLabGetsWhatItsFormatRequires(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, pipeline.CodeQuality(&out, pipeline.Findings(run(), places())))
	var rows []struct {
		Description string `json:"description"`
		CheckName   string `json:"check_name"`
		Fingerprint string `json:"fingerprint"`
		Severity    string `json:"severity"`
		Location    struct {
			Path  string `json:"path"`
			Lines struct {
				Begin int `json:"begin"`
			} `json:"lines"`
		} `json:"location"`
	}
	decoder := json.NewDecoder(strings.NewReader(out.String()))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&rows))
	require.Len(t, rows, 3)
	seen := map[string]bool{}
	for _, row := range rows {
		assert.NotEmpty(t, row.Description)
		assert.Regexp(t, `^ringer/\w+$`, row.CheckName)
		assert.Contains(t, []string{"info", "minor", "major", "critical", "blocker"}, row.Severity)
		assert.NotEmpty(t, row.Location.Path)
		assert.Positive(t, row.Location.Lines.Begin)
		assert.False(t, seen[row.Fingerprint], "each is told apart")
		seen[row.Fingerprint] = true
	}
	assert.Equal(t, "a,b:c.hcl", rows[1].Location.Path)
	out.Reset()
	require.NoError(t, pipeline.CodeQuality(&out, nil))
	assert.Equal(t, "[]\n", out.String())
}

func TestASummaryHasNoMarkupOfOthers(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, pipeline.Summary(&out, run(), pipeline.Findings(run(), places())))
	assert.Contains(t, out.String(), "### ringer: ❌ failed\n\n1 scenario, 2 steps, 3 expectations, 1 detected, 2 missed\n")
	assert.Contains(t, out.String(), "| main | ❌ min&#95;coverage rules | 1 | 0.5 |\n")
	assert.Contains(t, out.String(), "| ❌ | Too few &#124; rules. | <code>rules/r3.yml:1</code> |\n")
	assert.NotContains(t, out.String(), "<b>")
	assert.NotContains(t, out.String(), "\x1b")
}

func TestWhatBrokeARunIsAFinding(t *testing.T) {
	t.Parallel()
	r := result.Run{Interrupted: []string{"naikon"}, Scenarios: []result.Scenario{{
		Name: "mail", Assets: []result.Asset{{Name: "host", Error: "no space"}, {Name: "other", Leftover: []string{"/x"}}}, Steps: []result.Step{{ID: "one", Error: "lost"}},
	}}}
	var messages []string
	for _, f := range pipeline.Findings(r, places()) {
		messages = append(messages, f.Message)
	}
	assert.Equal(t, []string{
		"errored: mail, asset host: no space", "errored: mail, asset other: undo did not restore 1 path", "errored: mail/one: lost", "errored: naikon: interrupted and not judged",
	}, messages)
}

func FuzzGitHubReadsOneCommandAFinding(f *testing.F) {
	f.Add("rule", "a\n::error::b", "x,y:z.yml")
	f.Add("0", "0", "\x1b")
	f.Add("100%", "\r\u2028\x1b]0;x\a", "%0A")
	f.Fuzz(func(t *testing.T, title, message, file string) {
		r := result.Run{Gates: []result.Gate{{Name: title, Checks: []result.GateCheck{{Bound: "b", Outcome: result.Failed, Findings: []result.GateFinding{{Sentence: message, File: file, Line: 1}}}}}}}
		var out strings.Builder
		require.NoError(t, pipeline.GitHub(&out, pipeline.Findings(r, places())))
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		require.Len(t, lines, 1)
		require.True(t, strings.HasPrefix(lines[0], "::error "))
		require.NotContains(t, strings.TrimPrefix(lines[0], "::error "), "\x1b")
		require.NotContains(t, lines[0], "\r")
	})
}

func TestWhatAGateAllowsIsNoFinding(t *testing.T) {
	t.Parallel()
	r := run()
	r.Gates = []result.Gate{{Name: "main", Governs: []verdict.Verdict{verdict.Missed}}}
	assert.Empty(t, pipeline.Findings(r, places()))
}
