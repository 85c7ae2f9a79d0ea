package report

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// eventLine says where an event is from, how it is known, and what it is.
func eventLine(e event.Event) string {
	return fmt.Sprintf("%s (%s) %s", evidence.SourceName(e), e.Provenance, evidence.Describe(e))
}

// firedOnLines returns a line for each event that a false alarm fired on.
func firedOnLines(expectation result.Expectation) []string {
	if expectation.Verdict != verdict.FalseAlarm {
		return nil
	}
	var lines []string
	for _, e := range expectation.Evidence {
		lines = append(lines, "fired on "+eventLine(e))
	}
	return lines
}
