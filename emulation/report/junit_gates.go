package report

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// gateSuite is a suite of what a run was held to. What is told beside it is skipped.
func gateSuite(run result.Run, g result.Gate) junitSuite {
	suite := junitSuite{Name: "gate " + g.Name, Time: seconds(0), File: g.File, Timestamp: junitTime(run.Started)}
	class := "gate." + g.Name
	for _, check := range g.Checks {
		testCase := junitCase{Class: class, Name: check.Bound + " " + check.Limit, Time: seconds(0), Output: "measured: " + check.Measured}
		if check.Outcome == result.Passed {
			suite.addCase(testCase, verdict.Detected, "", "")
			continue
		}
		var sentences []string
		for _, finding := range check.Findings {
			sentences = append(sentences, finding.Sentence)
		}
		suite.addFailure(testCase, string(check.Outcome), cut(strings.Join(sentences, "\n"), junitMostText))
	}
	for i, warning := range g.Warnings {
		suite.Tests++
		suite.Skipped++
		suite.Cases = append(suite.Cases, junitCase{
			Class: class, Name: fmt.Sprintf("warning %d", i+1), Time: seconds(0), Skipped: &junitText{Message: warning.Sentence, Type: "warning"},
		})
	}
	return suite
}

// allowedVerdicts are those that the gates of a run govern, if it passed them all.
func allowedVerdicts(run result.Run) map[verdict.Verdict]bool {
	allowed := map[verdict.Verdict]bool{}
	if !run.GatesPassed() {
		return allowed
	}
	for _, g := range run.Gates {
		for _, v := range g.Governs {
			allowed[v] = true
		}
	}
	return allowed
}

// junitMessage is the reason of a verdict, what it would have taken or on what it fired, and
// the rule's title.
func junitMessage(e result.Expectation) string {
	return strings.TrimPrefix(ShortReason(e)+"; rule "+e.Title, "; ")
}

// mostOfReason is how many letters of a reason a message has.
const mostOfReason = 300

// ShortReason says in one line why an expectation has its verdict; empty if nothing says so.
func ShortReason(e result.Expectation) string {
	why := strings.Join(strings.Fields(e.Reason), " ")
	for _, mismatch := range e.Mismatches {
		if len(mismatch.Changes) > 0 {
			why = strings.TrimPrefix(why+"; "+strings.Join(mismatch.Changes, "; "), "; ")
			break
		}
	}
	if lines := firedOnLines(e); why == "" && len(lines) > 0 && !e.Verdict.Met() {
		why = lines[0]
	}
	return cut(why, mostOfReason)
}
