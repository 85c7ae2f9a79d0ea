package sarif

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

// flowOf is the explanation of a miss as a way through files: from the expectation
// to each part of the rule that the nearest event does not fulfil. There is none
// where the rule's file is not in the repository, or nothing is explained.
func flowOf(run evidence.Run, f evidence.Finding, expected, condition location, inRepository bool) []codeFlow {
	if !inRepository || len(f.Changes) == 0 || len(f.Events) == 0 {
		return nil
	}
	nearest := f.Events[0]
	step := func(at location, said string) threadFlowLocation {
		at.Message = &message{said}
		return threadFlowLocation{at}
	}
	steps := []threadFlowLocation{step(expected, fmt.Sprintf("%s expects an alert", f.Place()))}
	for _, change := range f.Changes[:min(len(f.Changes), maxFlow)] {
		at := condition
		if field, ok := run.Rules[f.Rule].Field(fieldIn(change)); ok {
			at.PhysicalLocation.Region = region{StartLine: field.Line, StartColumn: field.Start, EndLine: field.Line, EndColumn: field.End}
		}
		steps = append(steps, step(at, fmt.Sprintf("on %s: %s", nearest.ID, change)))
	}
	return []codeFlow{{ThreadFlows: []threadFlow{{Locations: append(steps, step(condition, "the condition is not met"))}}}}
}

// fieldIn is the field that a change is about: the word that it begins with.
func fieldIn(change string) string {
	field, _, _ := strings.Cut(change, " ")
	return field
}
