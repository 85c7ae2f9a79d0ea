package html

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// answer is what a reader sees who reads no more.
type answer struct {
	Mark     mark
	Sentence string
	Figures  []figure
	Asked    []question
	Replayed bool
}

// figure is a number with what it counts; Link leads to the list of what is counted.
type figure struct{ Class, Number, Name, Note, Link string }

// question is what one scenario asked.
type question struct {
	Name, Title, Link string
	Actors, Hosts     []string
	Span              string
	References        []string
}

func answerOf(of evidence.Run) answer {
	out := answer{Replayed: of.Replayed}
	out.Mark, out.Sentence = sentence(of)
	out.Figures = figures(of)
	for i, s := range of.Scenarios {
		q := question{Name: s.Judged.Name, Title: s.Judged.Title, Link: fmt.Sprintf("scenario-%d", i+1), References: slices.Clone(s.References)}
		for _, actor := range s.Judged.Actors {
			q.Actors = append(q.Actors, actor.String())
			q.References = append(q.References, actor.References...)
		}
		for _, asset := range s.Judged.Assets {
			q.Hosts = append(q.Hosts, fmt.Sprintf("%s, %s", asset.Hostname, strings.ReplaceAll(asset.Kind, "_", " ")))
		}
		q.Span = spanOf(s)
		out.Asked = append(out.Asked, q)
	}
	return out
}

// spanOf says how many steps a scenario has, over which virtual time.
func spanOf(s evidence.Scenario) string {
	said := report.Plural(len(s.Judged.Steps), "step")
	if n := len(s.Judged.Baselines); n > 0 {
		said += " after " + report.Plural(n, "ordinary day")
	}
	if len(s.Steps) == 0 {
		return said
	}
	first, last := s.Steps[len(s.Judged.Baselines):], s.Steps[len(s.Steps)-1]
	if len(first) > 1 && last.Offset > first[0].Offset {
		said += ", over " + span(last.Offset-first[0].Offset) + " of virtual time"
	}
	return said
}

// sentence answers the question.
func sentence(of evidence.Run) (mark, string) {
	sum := of.Result.Summary
	count := func(v verdict.Verdict) int { return sum.Verdicts[v.String()] }
	detected, late, missed, alarms := count(verdict.Detected), count(verdict.DetectedLate), count(verdict.Missed), count(verdict.FalseAlarm)
	open := count(verdict.Skipped) + count(verdict.NotAsked) + count(verdict.NoEffect) + count(verdict.Errored)
	switch {
	case missed > 0:
		return mark{"bad", "✗", "No"}, fmt.Sprintf("No: %d of %s did not come", missed, report.Plural(detected+late+missed, "expected alert"))
	case late > 0:
		return mark{"bad", "✗", "No"}, fmt.Sprintf("No: %d of %s came late", late, report.Plural(detected+late, "expected alert"))
	case alarms > 0:
		return mark{"bad", "✗", "No"}, fmt.Sprintf("Seen, but %s where rules must be silent", report.Plural(alarms, "false alarm"))
	case sum.Worst == verdict.Errored:
		return mark{"bad", "!", "Not answered"}, "Not answered in full: the run broke"
	case open > 0:
		return mark{"warn", "–", "In part"}, fmt.Sprintf("Answered in part: %d of %s not judged", open, report.Plural(sum.Expectations, "expectation"))
	case sum.Expectations == 0:
		return mark{"warn", "–", "Not asked"}, "Nothing was asked: no step expects anything"
	case detected == 0:
		return mark{"good", "✓", "Yes"}, fmt.Sprintf("As expected: %s stayed silent", report.Plural(count(verdict.Silent), "rule"))
	case detected == 1:
		return mark{"good", "✓", "Yes"}, "Yes: the one expected alert came"
	}
	return mark{"good", "✓", "Yes"}, fmt.Sprintf("Yes: all %d expected alerts came", detected)
}

// figures are in the order of the question: seen, quiet, blind, not judged.
func figures(of evidence.Run) []figure {
	sum := of.Result.Summary
	count := func(v verdict.Verdict) int { return sum.Verdicts[v.String()] }
	near := 0
	for _, s := range of.Scenarios {
		for _, step := range s.Steps {
			for _, expectation := range step.Judged.Expectations {
				if expectation.Nearest != nil && expectation.Nearest.Distance == 1 {
					near++
				}
			}
		}
	}
	class := func(n int, otherwise string) string {
		if n > 0 {
			return otherwise
		}
		return "quiet"
	}
	missed, alarms := count(verdict.Missed)+count(verdict.DetectedLate), count(verdict.FalseAlarm)
	open := count(verdict.Skipped) + count(verdict.NotAsked) + count(verdict.NoEffect) + count(verdict.Errored)
	seenClass, quietClass := "good", "quiet"
	if missed > 0 {
		seenClass = "bad"
	}
	if alarms > 0 {
		quietClass = "bad"
	}
	all := []figure{
		{seenClass, fmt.Sprint(count(verdict.Detected)), "seen", fmt.Sprintf("of %s", report.Plural(count(verdict.Detected)+missed, "expected alert")), "findings"},
		{quietClass, fmt.Sprint(count(verdict.Silent)), "silent", fmt.Sprintf("of %d that must be; %d one change from firing", count(verdict.Silent)+alarms, near), "findings"},
		{class(count(verdict.BlindSpot), "warn"), fmt.Sprint(count(verdict.BlindSpot)), "blind", "known not to be seen", "gaps"},
		{class(open, "warn"), fmt.Sprint(open), "not judged", "skipped, not asked, not proven or broken", "gaps"},
		{class(sum.UnexpectedAlerts, "warn"), fmt.Sprint(sum.UnexpectedAlerts), "unexpected", "alerts that no expectation names", "unexpected"},
	}
	if sum.Gaps > 0 {
		all = append(all, figure{"warn", fmt.Sprint(sum.Gaps), "gaps", "named by a scenario and not performed", gapsID})
	}
	return all
}
