package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// descriptiveFields are the fields that describe an event best; the first that it has
// is shown.
var descriptiveFields = []string{"CommandLine", "TargetFilename", "TargetObject", "ScriptBlockText", "TaskName", "ServiceName", "name", "exe", "a0"}

// eventLine returns a description of an event in one line.
func eventLine(e event.Event, shape event.Shape) string {
	source := e.Sources[0]
	line := fmt.Sprintf("%s (%s)", cmp.Or(source.Category, source.Service, source.Product), e.Provenance)
	fields := e.Shaped(shape)
	for _, name := range descriptiveFields {
		if value, ok := fields[name]; ok {
			return fmt.Sprintf("%s %s=%v", line, name, value)
		}
	}
	names := slices.Sorted(maps.Keys(fields))
	return line + " with " + strings.Join(names[:min(5, len(names))], ", ")
}

// firedOnLines returns a line for each event that a false alarm fired on.
func firedOnLines(expectation result.Expectation) []string {
	if expectation.Verdict != verdict.FalseAlarm {
		return nil
	}
	var lines []string
	for _, e := range expectation.Evidence {
		lines = append(lines, "fired on "+eventLine(e, expectation.Shape))
	}
	return lines
}
