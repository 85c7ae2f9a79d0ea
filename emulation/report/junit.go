package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// The structs are what GitLab and Jenkins both take. Jenkins' xUnit plugin refuses
// whatever its schema does not name (jenkinsci/xunit-plugin, junit-10.xsd): a count
// of the skipped of all suites, properties, a file or a line of a case.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Time       string          `xml:"time,attr"`
		Timestamp  string          `xml:"timestamp,attr,omitempty"`
		File       string          `xml:"file,attr,omitempty"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
		strict     Strictness
		// allowed are the verdicts of which a gate allowed as many as there are.
		allowed map[verdict.Verdict]bool
	}
	junitCase struct {
		Class   string     `xml:"classname,attr"`
		Name    string     `xml:"name,attr"`
		Time    string     `xml:"time,attr"`
		Failure *junitText `xml:"failure"`
		Error   *junitText `xml:"error"`
		Skipped *junitText `xml:"skipped"`
		Output  string     `xml:"system-out,omitempty"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitText struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes a suite a scenario and a case an expectation; a step that broke
// and has none is a case too, and so are an asset that broke or was not brought
// back to how it was, and a scenario that was interrupted. Strict has
// what it fails on fail here as well: skips, rules that were not asked, and a case an
// alert nobody expected. A blind spot is a skip that nothing fails on: a case that
// passed would say that it was seen. Of a verdict that rests on stated fields the
// case's output names them.
//
// No two cases of a scenario have the same class and name: of two that do, GitLab
// counts the first. A suite a gate has a case a bound. What a gate that the run passed
// allows is skipped: its job does not fail either.
func JUnit(w io.Writer, run result.Run, strict Strictness) error {
	all := junitSuites{Name: junitName, Time: seconds(run.Seconds)}
	for _, scenario := range run.Scenarios {
		suite := junitSuite{
			Name: scenario.Name, Time: seconds(scenario.Seconds), File: scenario.File, strict: strict,
			Timestamp: junitTime(run.Started), Properties: junitProperties(run, scenario), allowed: allowedVerdicts(run),
		}
		for _, steps := range [][]result.Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				suite.addStep(scenario, step)
			}
		}
		for _, gap := range scenario.Gaps {
			suite.addGap(scenario, gap)
		}
		for _, asset := range scenario.Assets {
			suite.addAsset(scenario, asset)
		}
		all.addSuite(suite)
	}
	for _, g := range run.Gates {
		all.addSuite(gateSuite(run, g))
	}
	for _, name := range run.Interrupted {
		suite := junitSuite{Name: name, Time: seconds(0), Timestamp: junitTime(run.Started)}
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
	s.Suites = append(s.Suites, suite)
}

func (s *junitSuite) addStep(scenario result.Scenario, step result.Step) {
	class, share := scenario.Name+"."+step.ID, step.Seconds/float64(max(1, len(step.Expectations)))
	if became, reason := step.WithoutExpectations(); became != verdict.Pending {
		s.addCase(junitCase{Class: class, Name: step.Behaviour, Time: seconds(share)}, became, reason, "")
	}
	for _, expectation := range step.Expectations {
		name := fmt.Sprintf("%s %s %s", expectation.Want, expectation.Rule, expectation.Title+shapeMark(expectation))
		testCase := junitCase{Class: class, Name: name, Time: seconds(share)}
		if len(expectation.Stated) > 0 {
			testCase.Output = "rests on stated fields: " + strings.Join(expectation.Stated, ", ")
		}
		if s.strict >= Observed && len(expectation.Stated) > 0 {
			s.addFailure(testCase, "stated", FormatVerdict(expectation))
			continue
		}
		s.addCase(testCase, expectation.Verdict, junitMessage(expectation), junitReason(expectation))
	}
	if s.strict >= Strict {
		for _, alert := range step.UnexpectedAlerts {
			s.addFailure(junitCase{Class: class, Name: "unexpected " + alert.Rule + " " + alert.Title, Time: seconds(0)},
				"unexpected", "unexpected alert, level "+cmp.Or(alert.Level, "none")+": the step expects nothing of this rule")
		}
	}
}

// addGap adds a skipped case, also under strict, which does not fail on it.
func (s *junitSuite) addGap(scenario result.Scenario, gap result.Gap) {
	s.Tests++
	s.Skipped++
	s.Cases = append(s.Cases, junitCase{
		Class: scenario.Name, Name: "gap " + gap.ID, Time: seconds(0), Skipped: &junitText{Message: FormatGap(gap), Type: "gap"},
	})
}

// addFailure puts a case in that fails under strict only.
func (s *junitSuite) addFailure(testCase junitCase, kind, why string) {
	s.Tests++
	s.Failures++
	testCase.Failure = &junitText{Message: why, Type: kind}
	s.Cases = append(s.Cases, testCase)
}

// addAsset adds a case for an asset that broke or was not restored, as that makes the
// run end with an error.
func (s *junitSuite) addAsset(scenario result.Scenario, asset result.Asset) {
	testCase := func(what string) junitCase {
		return junitCase{Class: scenario.Name, Name: "asset " + asset.Name + what, Time: seconds(0)}
	}
	if asset.Error != "" {
		s.addCase(testCase(""), verdict.Errored, asset.Error, "")
	}
	if len(asset.Leftover) > 0 {
		s.addCase(testCase(", undo"), verdict.Errored, "undo did not restore "+Plural(len(asset.Leftover), "path"), strings.Join(asset.Leftover, "\n"))
	}
}

// junitMostText bounds what is said of one case: GitLab reads no file of 30 MB.
const junitMostText = 8 << 10

// junitReason is the place in the scenario, and what the terminal says under a
// verdict as well.
func junitReason(expectation result.Expectation) string {
	lines := []string{fmt.Sprintf("%s:%d", expectation.File, expectation.Line)}
	if expectation.Because != "" && !expectation.Verdict.Met() {
		lines = append(lines, "expected, because "+expectation.Because)
	}
	lines = append(lines, firedOnLines(expectation)...)
	if expectation.Explanation != "" {
		lines = append(lines, strings.TrimRight(expectation.Explanation, "\n"))
	}
	return cut(strings.Join(lines, "\n"), junitMostText)
}

func (s *junitSuite) addCase(testCase junitCase, v verdict.Verdict, reason, more string) {
	said := &junitText{Message: strings.TrimSuffix(verdictName(v)+": "+reason, ": "), Type: v.String(), Text: more}
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
	case verdict.NoEffect, verdict.DetectedLate, verdict.FalseAlarm, verdict.Missed:
		if s.allowed[v] {
			s.Skipped++
			said.Message += " (a gate allows it)"
			testCase.Skipped = said
			break
		}
		s.Failures++
		testCase.Failure = said
	case verdict.BlindSpot:
		s.Skipped++
		testCase.Skipped = said
	case verdict.Silent, verdict.Detected:
	}
	s.Cases = append(s.Cases, testCase)
}

// junitProperties say what a suite was judged from.
func junitProperties(run result.Run, scenario result.Scenario) []junitProperty {
	var all []junitProperty
	for _, property := range []junitProperty{
		{"run", run.ID}, {"ringer", run.Version}, {"lab", run.Lab}, {"attack", string(scenario.Attack)},
	} {
		if property.Value != "" {
			all = append(all, property)
		}
	}
	return all
}

// junitTime is a time as JUnit's own writers write it; empty if there is none.
func junitTime(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05")
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }
