package report_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// restingOnStated is a run in which verdicts rest on one stated field and on
// more than there is room for.
func restingOnStated() result.Run {
	met := func(v verdict.Verdict, want verdict.Want, title string, fields ...string) result.Expectation {
		return result.Expectation{
			Detector: "sigma", Rule: "e460a3c3-c08f-4ace-84f8-4229a4feddc3", Title: title, Want: want, Shape: event.Native,
			Verdict: v, Stated: fields, File: "mail.hcl", Line: 12,
		}
	}
	closed := met(verdict.Detected, verdict.KnownGap, "A Gap That Is None", "User")
	closed.Reason = "the gap is closed: change verdict to fires"
	scenarios := []result.Scenario{{
		Name: "mail", Title: "A mail server", File: "mail.hcl",
		Baselines: []result.Step{{ID: "office_day", Behaviour: "office_day", At: "before", Proven: true, Expectations: []result.Expectation{
			met(verdict.Silent, verdict.Quiet, "One"), met(verdict.Silent, verdict.Quiet, "Two", "User"),
			met(verdict.Silent, verdict.Quiet, "Three", "OriginalFileName", "User"),
		}}},
		Steps: []result.Step{{ID: "backdoor", Behaviour: "owa_web_shell_drop", Technique: "T1505.003", At: "45d", Proven: true, Expectations: []result.Expectation{
			met(verdict.Detected, verdict.Fires, "Service Account at a Remote Desktop or at a Console", "User"),
			met(verdict.Detected, verdict.Fires, "A Line in the Log of the Web Server", "cs-method", "cs-uri-query", "cs-uri-stem", "cs-username", "sc-status"),
			met(verdict.BlindSpot, verdict.Blind, "Nothing Sees It", "OriginalFileName", "User"),
			closed,
			met(verdict.Silent, verdict.Quiet, "Something Else"),
		}}},
	}}
	return result.Run{Format: result.Format, Lab: "docker", Summary: result.Summarise(scenarios, nil), Scenarios: scenarios}
}

func TestTheTerminalSaysBesideAVerdictWhatItRestsOn(t *testing.T) {
	t.Parallel()
	for name, style := range map[string]report.Style{
		"stated_80.golden": {Width: 80, Verbose: true}, "stated_60.golden": {Width: 60, Verbose: true},
		"stated_120_color.golden": {Width: 120, Verbose: true, Color: true},
	} {
		var out strings.Builder
		require.NoError(t, report.Terminal(&out, restingOnStated(), style))
		golden(t, name, out.String())
		for line := range strings.Lines(out.String()) {
			if !style.Color {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, " \n")), style.Width, line)
			}
		}
	}
}

func TestJUnitNamesTheStatedFieldsOfACase(t *testing.T) {
	t.Parallel()
	for strict, head := range map[report.Strictness]string{
		report.Lenient: `tests="8" failures="0"`, report.Strict: `tests="8" failures="0"`, report.Observed: `tests="8" failures="6"`,
	} {
		var out strings.Builder
		require.NoError(t, report.JUnit(&out, restingOnStated(), strict))
		assert.Contains(t, out.String(), head)
		assert.Equal(t, 6, strings.Count(out.String(), `<system-out>rests on stated fields: `))
		assert.Contains(t, out.String(), `<system-out>rests on stated fields: cs-method, cs-uri-query, cs-uri-stem, cs-username, sc-status</system-out>`)
		assert.Equal(t, strict == report.Observed, strings.Contains(out.String(), `<failure message="blind spot, on stated OriginalFileName, User" type="stated">`))
	}
}

func TestJSONNamesTheStatedFields(t *testing.T) {
	t.Parallel()
	run := restingOnStated()
	scenario := &run.Scenarios[0]
	scenario.Actors, scenario.Assets, scenario.Baselines = []result.Actor{}, []result.Asset{}, []result.Step{}
	scenario.Steps[0].Events, scenario.Steps[0].Expectations = map[string]int{}, scenario.Steps[0].Expectations[:3]
	var out bytes.Buffer
	require.NoError(t, report.JSON(&out, run))
	assert.Contains(t, out.String(), `"stated": 6`)
	assert.Contains(t, out.String(), `"stated": [
                "OriginalFileName",
                "User"
              ]`)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	require.NoError(t, compiled(t).Validate(document))
}

func TestAMeasurementNamesTheRulesThatRestOnStatedFields(t *testing.T) {
	t.Parallel()
	measured := measurement()
	measured.Rules[0].Stated, measured.Rules[0].Cells[0].OnStated = []string{"OriginalFileName", "User"}, 1
	var out, document strings.Builder
	require.NoError(t, report.Variants(&out, measured, report.Style{Width: 80}))
	assert.Contains(t, out.String(), "\n  Rules that rest on stated fields as reported\n\n"+
		"  A Rule With a Title That Is Longer Than Its Column: OriginalFileName, User\n")
	require.NoError(t, report.VariantsJSON(&document, measured))
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(document.String()))
	require.NoError(t, err)
	require.NoError(t, compile(t, report.VariantsSchema).Validate(value))
	assert.Contains(t, document.String(), `"on_stated": 1`)
}

func TestAComparisonCountsTheAlertsOnStatedFields(t *testing.T) {
	t.Parallel()
	all := comparison()
	all.Scenarios[0].Profiles[1].Stated, all.Scenarios[0].Techniques[0].Cells[1].Stated = 5, 3
	var out, document strings.Builder
	require.NoError(t, report.Compare(&out, all, report.Style{Width: 120}))
	assert.Equal(t, 1, strings.Count(strings.Join(strings.Fields(out.String()), " "), "; 5 alerts on stated fields"))
	require.NoError(t, report.CompareJSON(&document, all))
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(document.String()))
	require.NoError(t, err)
	require.NoError(t, compile(t, report.Schema, report.CompareSchema).Validate(value))
	assert.Contains(t, document.String(), `"stated": 5`)
	assert.Contains(t, document.String(), `"stated": 3`)
}
