package report_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// jenkinsElement is what the schema of Jenkins' xUnit plugin allows of an element:
// jenkinsci/xunit-plugin, types/model/xsd/junit-10.xsd.
type jenkinsElement struct{ attributes, required, children string }

var jenkins = map[string]jenkinsElement{
	"testsuites": {"name time tests failures errors", "", "testsuite"},
	"testsuite":  {"name tests failures errors group time skipped timestamp hostname id package file log url", "name tests failures errors", "testsuite properties testcase system-out system-err"},
	"testcase":   {"name time classname group", "name", "skipped error failure system-out system-err"},
	"properties": {"", "", "property"},
	"property":   {"name value", "name value", ""},
	"failure":    {"type message", "", ""},
	"error":      {"type message", "", ""},
	"skipped":    {"type message", "", ""},
	"system-out": {"", "", ""},
}

var surefireTime = regexp.MustCompile(`^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$`)

func TestJUnitIsAsTheSchemaOfJenkinsSays(t *testing.T) {
	t.Parallel()
	run := sample()
	run.Interrupted = []string{"naikon"}
	for _, strict := range []report.Strictness{report.Lenient, report.Strict, report.Observed} {
		var out strings.Builder
		require.NoError(t, report.JUnit(&out, run, strict))
		decoder := xml.NewDecoder(strings.NewReader(out.String()))
		var inside []string
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			switch token := token.(type) {
			case xml.StartElement:
				checkElement(t, inside, token)
				inside = append(inside, token.Name.Local)
			case xml.EndElement:
				inside = inside[:len(inside)-1]
			}
		}
	}
}

func checkElement(t *testing.T, inside []string, element xml.StartElement) {
	t.Helper()
	name := element.Name.Local
	allowed, known := jenkins[name]
	require.True(t, known, name)
	if len(inside) > 0 {
		assert.Contains(t, strings.Fields(jenkins[inside[len(inside)-1]].children), name)
	}
	var given []string
	for _, attribute := range element.Attr {
		given = append(given, attribute.Name.Local)
		assert.Contains(t, strings.Fields(allowed.attributes), attribute.Name.Local, name)
		if attribute.Name.Local == "time" {
			assert.Regexp(t, surefireTime, attribute.Value)
		}
	}
	assert.Subset(t, given, strings.Fields(allowed.required), name)
}

// Of two cases with the same class and name GitLab counts the first alone.
func TestNoTwoJUnitCasesHaveTheSameClassAndName(t *testing.T) {
	t.Parallel()
	run := sample()
	run.Scenarios[0].Assets[0].Error = "the asset broke"
	judged := run.Scenarios[0].Steps[0].Expectations
	for i := range judged {
		judged[i].Rule = judged[i].Verdict.String() // at a step a rule is asked once in a shape
	}
	var out strings.Builder
	require.NoError(t, report.JUnit(&out, run, report.Strict))
	var back struct {
		Suites []struct {
			Cases []struct {
				Class string `xml:"classname,attr"`
				Name  string `xml:"name,attr"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(out.String()), &back))
	seen := map[string]bool{}
	for _, suite := range back.Suites {
		for _, testCase := range suite.Cases {
			key := testCase.Class + "\x00" + testCase.Name
			assert.False(t, seen[key], "%q occurs twice", testCase.Name)
			seen[key] = true
		}
	}
}

func TestABlindSpotIsASkipThatStrictDoesNotFailOn(t *testing.T) {
	t.Parallel()
	step := result.Step{ID: "step", Proven: true, Expectations: []result.Expectation{{Rule: "1", Title: "One", Verdict: verdict.BlindSpot, File: "a.hcl", Line: 3}}}
	for _, strict := range []report.Strictness{report.Lenient, report.Strict} {
		var out strings.Builder
		require.NoError(t, report.JUnit(&out, result.Run{Scenarios: []result.Scenario{{Name: "s", Steps: []result.Step{step}}}}, strict))
		assert.Contains(t, out.String(), `tests="1" failures="0" errors="0" skipped="1"`)
		assert.Contains(t, out.String(), `<skipped message="blind spot: rule One" type="blind_spot">a.hcl:3</skipped>`)
	}
}

func TestWhatIsSaidOfACaseIsBounded(t *testing.T) {
	t.Parallel()
	step := result.Step{ID: "step", Proven: true, Expectations: []result.Expectation{{Rule: "1", Title: "One", Verdict: verdict.Missed, Explanation: strings.Repeat("x", 1<<20)}}}
	var out strings.Builder
	require.NoError(t, report.JUnit(&out, result.Run{Scenarios: []result.Scenario{{Name: "s", Steps: []result.Step{step}}}}, report.Lenient))
	assert.Less(t, out.Len(), 10<<10)
}
