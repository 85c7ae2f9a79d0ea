package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// gated is a run of one missed expectation that a gate allows, with a gate that passes and
// one that does not.
func gated(failing bool) result.Run {
	missed := result.Expectation{Detector: "sigma", Rule: "bd1212e5-78da-431e-95fa-c58e3237a8e6", Title: "Page", Want: verdict.Fires, Shape: "native", Verdict: verdict.Missed, Reason: "no alert", File: "mail.hcl", Line: 9}
	run := sample()
	run.Scenarios = []result.Scenario{{Name: "mail", Title: "Mail", File: "mail.hcl", Actors: []result.Actor{}, Assets: []result.Asset{}, Baselines: []result.Step{}, Steps: []result.Step{
		{ID: "page", Behaviour: "owa_web_shell_drop", Technique: "T1505.003", Asset: "mail", At: "0d", Proven: true, Events: map[string]int{}, Expectations: []result.Expectation{missed}},
	}}}
	run.Summary = result.Summarise(run.Scenarios, nil)
	run.Gates = []result.Gate{{Name: "main", File: "gates.hcl", Line: 3, Governs: []verdict.Verdict{verdict.Missed}, Checks: []result.GateCheck{
		{Bound: "max_missed", Limit: "1", Measured: "1 of 1", Outcome: result.Passed},
	}}}
	if failing {
		run.Gates = append(run.Gates, result.Gate{Name: "command line", Governs: []verdict.Verdict{}, Checks: []result.GateCheck{
			{Bound: "min_coverage rules", Limit: "0.8", Measured: "0.50, 1 of 2", Outcome: result.Failed, Findings: []result.GateFinding{{
				Sentence: `1 of 2 rules were seen to fire (0.50), and 0.8 must be: never seen to fire: "A Rule With a Title Longer Than a Line of a Terminal" (rules/folder/of_some_length/rule.yml); add a step that one of them must see.`,
				Rule:     "r", File: "rules/rule.yml", Line: 3,
			}}},
			{Bound: "max_flakes", Limit: "0", Measured: "nothing", Outcome: result.NotJudged, Findings: []result.GateFinding{{Sentence: "max_flakes cannot be judged: the scenarios were performed once."}}},
		}, Warnings: []result.GateFinding{{Sentence: `untested: rule "New" (rules/new.yml) is new.`, File: "rules/new.yml", Line: 1}}})
	}
	return run
}

func TestGatesAreToldOnEveryTerminal(t *testing.T) {
	t.Parallel()
	for _, width := range []int{60, 80, 140} {
		for _, style := range []report.Style{{Width: width}, {Width: width, ASCII: true}, {Width: width, Verbose: true}} {
			var out strings.Builder
			require.NoError(t, report.Terminal(&out, gated(true), style))
			if !style.Verbose && !style.ASCII {
				_, gates, _ := strings.Cut(out.String(), "✓ gate main")
				golden(t, fmt.Sprintf("gates_%d.golden", width), "✓ gate main"+gates)
			}
			for line := range strings.SplitSeq(out.String(), "\n") {
				assert.LessOrEqual(t, utf8.RuneCountInString(line), max(width, 60), line)
			}
			assert.Equal(t, style.Verbose, strings.Contains(out.String(), "max_missed 1: 1 of 1"), "a bound that is kept is told with --verbose")
		}
	}
}

func TestAGateDecidesWhatCameOfARun(t *testing.T) {
	t.Parallel()
	for failing, want := range map[bool]string{true: "FAIL", false: "PASS"} {
		var out strings.Builder
		require.NoError(t, report.Terminal(&out, gated(failing), report.Style{Width: 80, Quiet: true}))
		assert.Contains(t, out.String(), want)
		out.Reset()
		require.NoError(t, report.JUnit(&out, gated(failing), report.Lenient))
		assert.Equal(t, !failing, strings.Contains(out.String(), `<skipped message="missed: no alert; rule Page (a gate allows it)"`))
		assert.Contains(t, out.String(), `<testcase classname="gate.main" name="max_missed 1"`)
	}
	var out strings.Builder
	require.NoError(t, report.JUnit(&out, gated(true), report.Lenient))
	assert.Contains(t, out.String(), `<failure message="max_flakes cannot be judged: the scenarios were performed once." type="not_judged">`)
	assert.Contains(t, out.String(), `<skipped message="untested: rule &#34;New&#34; (rules/new.yml) is new." type="warning">`)
}

func TestGatesInJSONAreAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, report.JSON(&out, gated(true)))
	document, err := jsonschema.UnmarshalJSON(&out)
	require.NoError(t, err)
	gates := document.(map[string]any)["gates"].([]any)
	assert.Len(t, gates, 2)
	require.NoError(t, compiled(t).Validate(document))
	gates[0].(map[string]any)["checks"].([]any)[0].(map[string]any)["outcome"] = "fine"
	assert.Error(t, compiled(t).Validate(document))
}
