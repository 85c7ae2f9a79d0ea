package robustness

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
)

// decisive are those of the altered lines that the rule fired on as reported
// and does no more; where it did not fire on a command line, all.
func decisive(lines []Line, before, after []event.Event) []Line {
	var lost []Line
	for _, one := range lines {
		if slices.ContainsFunc(before, of(one.Reported)) && !slices.ContainsFunc(after, of(one.Altered)) {
			lost = append(lost, one)
		}
	}
	if len(lost) == 0 {
		return lines
	}
	return lost
}

// why a rule did not fire: what it found wanting in the first of the lines that
// it was asked of, or else in the nearest event. The reason is there where it
// fired, but less than before.
func why(missed result.Expectation, lines []Line) []string {
	var all []string
	if missed.Reason != "" {
		all = append(all, missed.Reason)
	}
	for _, line := range lines {
		for _, one := range missed.Wanting {
			if of(line.Altered)(one.Event) {
				return append(all, one.Changes...)
			}
		}
	}
	if len(missed.Wanting) > 0 {
		all = append(all, missed.Wanting[0].Changes...)
	}
	return all
}

// of tells the events of a command line: what it started, and what that did.
func of(line string) func(event.Event) bool {
	return func(e event.Event) bool { return lineOf(e.Shaped(event.EDR)) == line }
}

// lineOf is the command line of an event; auditd has it in pieces, a0 and on.
func lineOf(fields map[string]any) string {
	if line, ok := fields["CommandLine"].(string); ok {
		return line
	}
	var words []string
	for {
		word, ok := fields["a"+strconv.Itoa(len(words))].(string)
		if !ok {
			return strings.Join(words, " ")
		}
		words = append(words, word)
	}
}
