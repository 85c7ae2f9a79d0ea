package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden holds a view against testdata/NAME.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = display.Render(got)
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// sample is a run in which every verdict occurs.
func sample() result.Run {
	page := event.Event{
		ID: "mail-7", Time: time.Date(2021, 1, 3, 9, 0, 0, 0, time.UTC), Provenance: event.Translated,
		Sources:         []event.LogSource{{Category: "file_event", Product: "windows"}},
		Fields:          map[string]any{"TargetFilename": `C:\inetpub\wwwroot\x.aspx`, "EventID": 11},
		FieldProvenance: map[string]event.Provenance{"EventID": event.Declared},
		Lineage:         event.Lineage{Asset: "mail", Step: "backdoor", Process: 4, Seen: []uint64{12}},
	}
	var judged []result.Expectation
	for _, v := range verdict.All() {
		expectation := result.Expectation{
			Detector: "sigma", Rule: "bd1212e5-78da-431e-95fa-c58e3237a8e6", Title: "Rule That Is " + v.String() + " With a Title Longer Than a Line",
			Want: verdict.Fires, Shape: event.Native, Verdict: v, File: "mail.hcl", Line: 20 + int(v),
		}
		switch v {
		case verdict.Pending, verdict.Detected:
		case verdict.Silent:
			expectation.Want, expectation.Shape, expectation.Asked = verdict.Quiet, event.EDR, 4
			expectation.Nearest = &detect.NearMiss{Event: "mail-7", Distance: 2, Changes: []string{
				`TargetFilename would have to end with ".ashx" or ".asmx"`, `Image must not be "C:\Windows\System32\inetsrv\w3wp.exe"`,
			}}
		case verdict.BlindSpot:
			expectation.Want, expectation.Because = verdict.Blind, "nothing writes it down"
		case verdict.NotAsked:
			expectation.Want, expectation.Reason = verdict.Quiet, "the step left no event in product windows, category registry_set; it left file_event (4)"
		case verdict.Skipped:
			expectation.Reason = "no image of nginx"
		case verdict.NoEffect:
			expectation.Want, expectation.Reason = verdict.Quiet, "write page: permission denied"
		case verdict.DetectedLate:
			expectation.Detector, expectation.Rule, expectation.Title = "falco.host", "Page By Web Worker", "Page By Web Worker"
			expectation.Reason = "an alert came 45s after the step, which is more than 30s; it was joined by container, process"
			expectation.Outside = []result.OutsideAlert{{
				Rule: "Page By Web Worker", ID: "f1", Number: 2, Arrived: time.Date(2026, 11, 24, 8, 0, 45, 0, time.UTC), AfterSeconds: 45, Late: true,
				By: []outside.Evidence{outside.Container, outside.Process}, Joined: "joined by container, process",
			}}
		case verdict.FalseAlarm:
			expectation.Want, expectation.Because, expectation.Evidence = verdict.Quiet, "looks elsewhere", []event.Event{page}
		case verdict.Missed:
			expectation.Explanation = "✗ all of\n  ✗ TargetFilename ends with .aspx, is " + `C:\x`
		case verdict.Errored:
			expectation.Reason = "the sensor lost 1 of 2 observations"
		}
		judged = append(judged, expectation)
	}
	near := &detect.NearMiss{Event: "mail-1", Distance: 1, Changes: []string{`Image would have to end with "\w3wp.exe"`}}
	quiet := []result.Expectation{
		{Detector: "sigma", Rule: "1", Title: "One", Want: verdict.Quiet, Shape: event.Native, Verdict: verdict.Silent, Asked: 3, Nearest: near},
		{Detector: "sigma", Rule: "2", Title: "Two", Want: verdict.Quiet, Shape: event.Native, Verdict: verdict.Silent, Asked: 3, Nearest: near},
	}
	scenarios := []result.Scenario{{
		Name: "mail-backdoor", Title: "Backdoor in the mail server", File: "mail.hcl", Attack: "18.1", Seconds: 1.25,
		Actors: []result.Actor{{Name: "emissary_panda", Group: "G0027", Title: "Threat Group-3390"}},
		Outside: []result.OutsideDetector{{
			Name: "falco.host", Format: "falco", WithinSeconds: 30, WaitSeconds: 60, Probe: "Ringer Probe", Alerts: 3, Again: 1, Ignored: 2,
			Outages: []outside.Outage{{From: time.Date(2026, 11, 24, 8, 1, 0, 0, time.UTC), Reason: "the program ended: exit status 1"}},
			Unjoined: []result.OutsideAlert{{
				Rule: "Shell", ID: "f2", Number: 1, Arrived: time.Date(2026, 11, 24, 8, 0, 45, 0, time.UTC), By: []outside.Evidence{outside.Process},
				Joined: "it matches backdoor and again equally (process)", Fits: []string{"backdoor", "again"},
			}},
		}},
		Assets: []result.Asset{{
			Name: "mail", Kind: "exchange", Platform: effect.Windows, Hostname: "MAIL01", OpenSeconds: 0.4,
			IsolationChecks: []runner.IsolationCheck{{Attempt: "reach the gateway", Refused: true, Response: "no route"}}, Leftover: []string{`C:\left.txt`},
		}},
		Baselines: []result.Step{{
			ID: "office_day", Behaviour: "office_day", Asset: "mail", At: "before", Proven: true, Proofs: []effect.Proof{},
			Events: map[string]int{"translated": 3}, Expectations: quiet, NotAsked: 9,
		}},
		Steps: []result.Step{
			{
				ID: "backdoor", Behaviour: "owa_web_shell_drop", Technique: "T1505.003", Actor: "emissary_panda", Asset: "mail", At: "45d",
				Seconds: 0.05, Proven: true, Proofs: []effect.Proof{{Check: "page is there", Before: "no such file"}},
				Seen: 9, Events: map[string]int{"translated": 4}, Expectations: judged,
				UnexpectedAlerts: []detect.Alert{{Detector: "sigma", Rule: "ba7a84f1-78c5-4bda-a66a-13eac8224c46", Title: "Unexpected", Level: "medium", Shape: event.Native, Events: []string{"mail-7"}}},
			},
			{ID: "quiet_step", Behaviour: "run_key_set", Asset: "mail", At: "46d", Proven: true, Proofs: []effect.Proof{}, Events: map[string]int{}, Expectations: []result.Expectation{}},
			{ID: "broken_step", Behaviour: "run_key_set", Asset: "mail", At: "47d", Proofs: []effect.Proof{}, Events: map[string]int{}, Expectations: []result.Expectation{}, Error: "the asset broke"},
		},
	}}
	return result.Run{
		Format: result.Format, ID: "3b0a6d5c-2f0e-4a5e-8a53-b5c2e9f0c7f1", Version: "v1", Lab: "docker", Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Seconds: 1.5, Rules: 31, Summary: result.Summarise(scenarios, nil), Scenarios: scenarios,
	}
}

func TestJUnitHasACaseAnExpectation(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.JUnit(&out, sample(), report.Lenient))
	golden(t, "junit.golden", out.String())
	var back struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
	}
	require.NoError(t, xml.Unmarshal([]byte(out.String()), &back))
	assert.Equal(t, 15, back.Tests, "two of the baseline, eleven verdicts, a broken step and an asset that is not as it was")
	assert.Equal(t, 4, back.Failures)
	assert.Equal(t, 4, back.Errors)
}

func TestStrictJUnitFailsOnWhatStrictFailsOn(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.JUnit(&out, sample(), report.Strict))
	assert.Contains(t, out.String(), `tests="16" failures="7" errors="4" skipped="1"`)
	assert.Contains(t, out.String(), `<testcase classname="mail-backdoor.backdoor" name="unexpected ba7a84f1-78c5-4bda-a66a-13eac8224c46 Unexpected" time="0.000">
      <failure message="unexpected alert, level medium: the step expects nothing of this rule" type="unexpected"></failure>`)
	assert.Contains(t, out.String(), `<failure message="skipped: no image of nginx; rule Rule That Is skipped With a Title Longer Than a Line" type="skipped">`)
}

func TestJSONIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	schema := compiled(t)
	var out bytes.Buffer
	require.NoError(t, report.JSON(&out, sample()))
	golden(t, "json.golden", out.String())
	document, err := jsonschema.UnmarshalJSON(&out)
	require.NoError(t, err)
	require.NoError(t, schema.Validate(document))
}

// What an image of the user's own was allowed is in the document and on the terminal.
func TestWhatAnImageWasAllowedIsTold(t *testing.T) {
	t.Parallel()
	run := sample()
	run.Scenarios = slices.Clone(run.Scenarios)
	run.Scenarios[0].Assets = slices.Clone(run.Scenarios[0].Assets)
	run.Scenarios[0].Assets[0].Wrapped = &plan.Wrapped{Image: "registry.example/app:1", ID: "sha256:0123456789abcdef", Platform: "linux/amd64", Allowed: []string{"user=www-data", "port=8080"}}
	name := run.Scenarios[0].Name + "/" + run.Scenarios[0].Assets[0].Name
	assert.Equal(t, []string{name + " of registry.example/app:1 (sha256:0123456789ab, linux/amd64): user=www-data, port=8080"}, report.AllowedWords(run))
	var out bytes.Buffer
	require.NoError(t, report.Terminal(&out, run, report.Style{Width: 200}))
	assert.Contains(t, out.String(), "allowed    "+name+" of registry.example/app:1")
	out.Reset()
	require.NoError(t, report.JSON(&out, run))
	document, err := jsonschema.UnmarshalJSON(&out)
	require.NoError(t, err)
	require.NoError(t, compiled(t).Validate(document))
}

func TestTheSchemaRefusesWhatIsNotOfTheFormat(t *testing.T) {
	t.Parallel()
	schema := compiled(t)
	for _, break_ := range []struct {
		name string
		with func(map[string]any)
	}{
		{"another format", func(m map[string]any) { m["format"] = "ringer.run/0" }},
		{"an unknown verdict", func(m map[string]any) { m["summary"].(map[string]any)["worst"] = "fine" }},
		{"no scenarios", func(m map[string]any) { delete(m, "scenarios") }},
		{"a silence that does not say how near it was", func(m map[string]any) { delete(ofDay(m), "nearest") }},
		{"a silence that was asked of nothing", func(m map[string]any) { ofDay(m)["asked"] = 0 }},
		{"a distance of what fired", func(m map[string]any) { ofDay(m)["verdict"] = "detected" }},
	} {
		var out bytes.Buffer
		require.NoError(t, report.JSON(&out, sample()))
		var document map[string]any
		require.NoError(t, json.Unmarshal(out.Bytes(), &document))
		break_.with(document)
		assert.Error(t, schema.Validate(document), break_.name)
	}
}

// ofDay is the first expectation of the sample's ordinary day: a silent one.
func ofDay(document map[string]any) map[string]any {
	scenario := document["scenarios"].([]any)[0].(map[string]any)
	day := scenario["baselines"].([]any)[0].(map[string]any)
	return day["expectations"].([]any)[0].(map[string]any)
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	return compile(t, report.Schema)
}

// compile gives the last of the schemas, which may refer to the others.
func compile(t *testing.T, schemas ...[]byte) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	var id string
	for _, schema := range schemas {
		text, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		require.NoError(t, err)
		id = text.(map[string]any)["$id"].(string)
		require.NoError(t, compiler.AddResource(id, text))
	}
	schema, err := compiler.Compile(id)
	require.NoError(t, err)
	return schema
}

func TestARunThatWasInterruptedSaysOfWhat(t *testing.T) {
	t.Parallel()
	run := sample()
	run.Interrupted = []string{"naikon", "overlap"}
	run.Summary = result.Summarise(run.Scenarios, run.Interrupted)
	var terminal, junit strings.Builder
	require.NoError(t, report.Terminal(&terminal, run, report.Style{Width: 80}))
	assert.Contains(t, terminal.String(), "\ninterrupted and not judged: naikon, overlap\n")
	assert.Regexp(t, `2\s+scenarios\s+interrupted`, terminal.String())
	require.NoError(t, report.JUnit(&junit, run, report.Lenient))
	assert.Contains(t, junit.String(), `<testsuites name="ringer" tests="17" failures="4" errors="6"`)
	assert.Contains(t, junit.String(), `<error message="errored: interrupted and not judged" type="errored"></error>`)

	var out bytes.Buffer
	require.NoError(t, report.JSON(&out, run))
	document, err := jsonschema.UnmarshalJSON(&out)
	require.NoError(t, err)
	require.NoError(t, compiled(t).Validate(document))

	nothing := result.Run{Interrupted: []string{"naikon"}, Lab: "docker"}
	terminal.Reset()
	require.NoError(t, report.Terminal(&terminal, nothing, report.Style{Width: 100}))
	assert.Contains(t, terminal.String(), "0 scenarios, 0 steps, 0 events, 1 scenario interrupted, 0.0 s       FAIL\n")
}

// A view must not hide that its writer broke.
func TestAViewReportsAWriterThatBreaks(t *testing.T) {
	t.Parallel()
	for _, view := range []func(io.Writer) error{
		func(w io.Writer) error { return report.Terminal(w, sample(), report.Style{}) },
		func(w io.Writer) error { return report.JSON(w, sample()) },
		func(w io.Writer) error { return report.JUnit(w, sample(), report.Strict) },
		func(w io.Writer) error { return report.DryRun(w, nil, report.Style{}) },
	} {
		assert.ErrorIs(t, view(failingWriter{}), io.ErrShortWrite)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
