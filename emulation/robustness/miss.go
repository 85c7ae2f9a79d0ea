package robustness

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
)

// decisiveLines are those of the mutated lines that the rule fired on as reported
// and does no more; where it did not fire on a command line, all.
func decisiveLines(lines []Line, before, after []event.Event) []Line {
	var lost []Line
	for _, line := range lines {
		if slices.ContainsFunc(before, onCommandLine(line.Reported)) && !slices.ContainsFunc(after, onCommandLine(line.Mutated)) {
			lost = append(lost, line)
		}
	}
	if len(lost) == 0 {
		return lines
	}
	return lost
}

// missReasons a rule did not fire: what it found wanting in the first of the lines that
// it was asked of, or else in the nearest event. The reason is there where it
// fired, but less than before.
func missReasons(missed result.Expectation, lines []Line) []string {
	var all []string
	if missed.Reason != "" {
		all = append(all, missed.Reason)
	}
	for _, line := range lines {
		for _, wanted := range missed.Mismatches {
			if onCommandLine(line.Mutated)(wanted.Event) {
				return append(all, wanted.Changes...)
			}
		}
	}
	if len(missed.Mismatches) > 0 {
		all = append(all, missed.Mismatches[0].Changes...)
	}
	return all
}

// onCommandLine returns whether an event is of a command line: of the process that it
// started, or of what that process did.
func onCommandLine(line string) func(event.Event) bool {
	return func(e event.Event) bool { return commandLineOf(e.Shaped(event.EDR)) == line }
}

// commandLineOf is the command line of an event; auditd has it in pieces, a0 and on.
func commandLineOf(fields map[string]any) string {
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
