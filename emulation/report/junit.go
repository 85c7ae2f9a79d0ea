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

// JUnit writes a suite a scenario and a case an expectation; a step that broke
// and has none is a case too, and so are an asset that broke or was not brought
// back to how it was, and a scenario that was interrupted. Strict has
// what it fails on fail here as well: skips, rules that were not asked, and a case an
// alert nobody expected. Of a verdict that rests on stated fields the property
// "stated" names them.
func JUnit(w io.Writer, run result.Run, strict Strictness) error {
	all := junitSuites{Name: junitName, Time: seconds(run.Seconds)}
	for _, scenario := range run.Scenarios {
		suite := junitSuite{Name: scenario.Name, Time: seconds(scenario.Seconds), strict: strict}
		for _, steps := range [][]result.Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				suite.add(scenario, step)
			}
		}
		for _, asset := range scenario.Assets {
			suite.addBroken(scenario, asset)
		}
		all.put(suite)
	}
	for _, name := range run.Interrupted {
		suite := junitSuite{Name: name, Time: seconds(0)}
		suite.put(junitCase{Class: name, Name: "interrupted", Time: seconds(0)}, verdict.Errored, "interrupted, and nothing of it judged", "")
		all.put(suite)
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

func (s *junitSuites) put(one junitSuite) {
	s.Tests += one.Tests
	s.Failures += one.Failures
	s.Errors += one.Errors
	s.Skipped += one.Skipped
	s.Suites = append(s.Suites, one)
}

func (s *junitSuite) add(scenario result.Scenario, step result.Step) {
	class, share := scenario.Name+"."+step.ID, step.Seconds/float64(max(1, len(step.Expectations)))
	if became, reason := step.Unasked(); became != verdict.Pending {
		s.put(junitCase{Class: class, Name: step.Behaviour, Time: seconds(share)}, became, reason, "")
	}
	for _, one := range step.Expectations {
		name := fmt.Sprintf("%s %s %s", one.Want, one.Rule, one.Title+shapeMark(one))
		file := junitCase{Class: class, Name: name, File: one.File, Line: one.Line, Time: seconds(share)}
		if len(one.Stated) > 0 {
			file.Stated = &junitProperty{Name: "stated", Value: strings.Join(one.Stated, ", ")}
		}
		if s.strict >= Observed && len(one.Stated) > 0 {
			s.refuse(file, Said(one))
			continue
		}
		s.put(file, one.Verdict, one.Reason, junitReason(one))
	}
	if s.strict >= Strict {
		for _, alert := range step.Collateral {
			s.refuse(junitCase{Class: class, Name: "unexpected " + alert.Rule + " " + alert.Title, Time: seconds(0)},
				"unexpected alert, level "+cmp.Or(alert.Level, "none")+": the step expects nothing of this rule")
		}
	}
}

// refuse puts a case in that fails under strict only.
func (s *junitSuite) refuse(one junitCase, why string) {
	s.Tests++
	s.Failures++
	one.Failure = &junitText{Message: why}
	s.Cases = append(s.Cases, one)
}

// addBroken puts a case in for what ends a run with an error, whatever was
// expected.
func (s *junitSuite) addBroken(scenario result.Scenario, asset result.Asset) {
	one := junitCase{Class: scenario.Name, Name: "asset " + asset.Name, Time: seconds(0)}
	if asset.Error != "" {
		s.put(one, verdict.Errored, asset.Error, "")
	}
	if len(asset.Left) > 0 {
		s.put(one, verdict.Errored, "undo left "+Plural(len(asset.Left), "path"), strings.Join(asset.Left, "\n"))
	}
}

// junitReason is what the terminal says under a verdict as well.
func junitReason(one result.Expectation) string {
	var lines []string
	if one.Because != "" && !one.Verdict.Met() {
		lines = append(lines, "expected, because "+one.Because)
	}
	lines = append(lines, firedOn(one)...)
	if one.Explanation != "" {
		lines = append(lines, strings.TrimRight(one.Explanation, "\n"))
	}
	return strings.Join(lines, "\n")
}

func (s *junitSuite) put(one junitCase, v verdict.Verdict, reason, more string) {
	said := &junitText{Message: strings.TrimSuffix(words(v)+": "+reason, ": "), Text: more}
	s.Tests++
	switch v {
	case verdict.Errored, verdict.Pending:
		s.Errors++
		one.Error = said
	case verdict.Skipped, verdict.NotAsked:
		if s.strict >= Strict {
			s.Failures++
			one.Failure = said
			break
		}
		s.Skipped++
		one.Skipped = said
	case verdict.NoEffect, verdict.FalseAlarm, verdict.Missed:
		s.Failures++
		one.Failure = said
	case verdict.Silent, verdict.Detected, verdict.BlindSpot:
	}
	s.Cases = append(s.Cases, one)
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }
