package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
	strict   Strictness
}

type junitCase struct {
	Class   string         `xml:"classname,attr"`
	Name    string         `xml:"name,attr"`
	File    string         `xml:"file,attr,omitempty"`
	Line    int            `xml:"line,attr,omitempty"`
	Time    string         `xml:"time,attr"`
	Stated  *junitProperty `xml:"properties>property"`
	Failure *junitText     `xml:"failure"`
	Error   *junitText     `xml:"error"`
	Skipped *junitText     `xml:"skipped"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes a suite for each scenario and a case for each expectation. A step
// that broke and has none is a case too, and so are an asset that broke or was not
// restored, and a scenario that was interrupted. Under strict a case fails for a
// skip, for a rule that was not asked, and for each unexpected alert. Of a verdict
// that rests on stated fields the property "stated" names them. JUnit itself fails
// if w does.
func JUnit(w io.Writer, run result.Run, strict Strictness) error {
	all := junitSuites{Name: junitName, Time: seconds(run.Seconds)}
	for _, scenario := range run.Scenarios {
		suite := junitSuite{Name: scenario.Name, Time: seconds(scenario.Seconds), strict: strict}
		for _, steps := range [][]result.Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				suite.addStep(scenario, step)
			}
		}
		for _, asset := range scenario.Assets {
			suite.addAsset(scenario, asset)
		}
		all.addSuite(suite)
	}
	for _, name := range run.Interrupted {
		suite := junitSuite{Name: name, Time: seconds(0)}
		suite.addCase(junitCase{Class: name, Name: "interrupted", Time: seconds(0)}, verdict.Errored, "interrupted and not judged", "")
		all.addSuite(suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "  ")
	if err := out.Encode(all); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuites) addSuite(suite junitSuite) {
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Errors += suite.Errors
	s.Skipped += suite.Skipped
	s.Suites = append(s.Suites, suite)
}

func (s *junitSuite) addStep(scenario result.Scenario, step result.Step) {
	class, share := scenario.Name+"."+step.ID, step.Seconds/float64(max(1, len(step.Expectations)))
	if became, reason := step.WithoutExpectations(); became != verdict.Pending {
		s.addCase(junitCase{Class: class, Name: step.Behaviour, Time: seconds(share)}, became, reason, "")
	}
	for _, expectation := range step.Expectations {
		name := fmt.Sprintf("%s %s %s", expectation.Want, expectation.Rule, expectation.Title+shapeMark(expectation))
		file := junitCase{Class: class, Name: name, File: expectation.File, Line: expectation.Line, Time: seconds(share)}
		if len(expectation.Stated) > 0 {
			file.Stated = &junitProperty{Name: "stated", Value: strings.Join(expectation.Stated, ", ")}
		}
		if s.strict >= Observed && len(expectation.Stated) > 0 {
			s.addFailure(file, FormatVerdict(expectation))
			continue
		}
		s.addCase(file, expectation.Verdict, expectation.Reason, junitReason(expectation))
	}
	if s.strict >= Strict {
		for _, alert := range step.UnexpectedAlerts {
			s.addFailure(junitCase{Class: class, Name: "unexpected " + alert.Rule + " " + alert.Title, Time: seconds(0)},
				"unexpected alert, level "+cmp.Or(alert.Level, "none")+": the step expects nothing of this rule")
		}
	}
}

// addFailure adds a case that fails only under strict.
func (s *junitSuite) addFailure(testCase junitCase, why string) {
	s.Tests++
	s.Failures++
	testCase.Failure = &junitText{Message: why}
	s.Cases = append(s.Cases, testCase)
}

// addAsset adds a case for an asset that broke or was not restored, as that makes the
// run end with an error.
func (s *junitSuite) addAsset(scenario result.Scenario, asset result.Asset) {
	testCase := junitCase{Class: scenario.Name, Name: "asset " + asset.Name, Time: seconds(0)}
	if asset.Error != "" {
		s.addCase(testCase, verdict.Errored, asset.Error, "")
	}
	if len(asset.Leftover) > 0 {
		s.addCase(testCase, verdict.Errored, "undo did not restore "+Plural(len(asset.Leftover), "path"), strings.Join(asset.Leftover, "\n"))
	}
}

// junitReason returns what the terminal shows under a verdict.
func junitReason(expectation result.Expectation) string {
	var lines []string
	if expectation.Because != "" && !expectation.Verdict.Met() {
		lines = append(lines, "expected, because "+expectation.Because)
	}
	lines = append(lines, firedOnLines(expectation)...)
	if expectation.Explanation != "" {
		lines = append(lines, strings.TrimRight(expectation.Explanation, "\n"))
	}
	return strings.Join(lines, "\n")
}

func (s *junitSuite) addCase(testCase junitCase, v verdict.Verdict, reason, more string) {
	said := &junitText{Message: strings.TrimSuffix(verdictName(v)+": "+reason, ": "), Text: more}
	s.Tests++
	switch v {
	case verdict.Errored, verdict.Pending:
		s.Errors++
		testCase.Error = said
	case verdict.Skipped, verdict.NotAsked:
		if s.strict >= Strict {
			s.Failures++
			testCase.Failure = said
			break
		}
		s.Skipped++
		testCase.Skipped = said
	case verdict.NoEffect, verdict.FalseAlarm, verdict.Missed:
		s.Failures++
		testCase.Failure = said
	case verdict.Silent, verdict.Detected, verdict.BlindSpot:
	}
	s.Cases = append(s.Cases, testCase)
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }
