package result

import (
	"context"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// doubts says on which events the rules that something is expected of rest on
// stated fields. Declared ones are left out: no met verdict rests on them.
func (j Judges) doubts(ctx context.Context, perf *runner.Performance) (map[detect.Question]detect.Doubts, error) {
	questions := questionsOf(perf.Plan)
	all := map[detect.Question]detect.Doubts{}
	for _, records := range [][]runner.Record{perf.Baselines, perf.Steps} {
		var events []event.Event
		for _, record := range records {
			events = append(events, record.Events...)
		}
		seen, _ := event.Undeclared(events)
		found, err := detect.AllDoubts(ctx, j.Detectors, questions, seen)
		if err != nil {
			return nil, err
		}
		for question, doubts := range found {
			if all[question] == nil {
				all[question] = detect.Doubts{}
			}
			maps.Copy(all[question], doubts)
		}
	}
	return all, nil
}

func questionsOf(p *plan.Plan) []detect.Question {
	var questions []detect.Question
	for _, baseline := range p.Baselines {
		for _, want := range baseline.Expect {
			questions = append(questions, questionOf(want))
		}
	}
	for _, step := range p.Steps {
		for _, want := range step.Expect {
			questions = append(questions, questionOf(want))
		}
	}
	return questions
}

func questionOf(want plan.Expectation) detect.Question {
	return detect.Question{Detector: want.Detector, Rule: want.Rule, Shape: want.Shape}
}

// stated names the fields that a verdict rests on which say no more than what
// their author wrote: it would be another if some of the alerts that rest on them
// did not come, or if those came that could. Sorted; nil where the verdict is
// certain, or not met.
func (c court) stated(want plan.Expectation, expected verdict.Expected, got verdict.Verdict, asked int) []string {
	doubts := c.doubts[questionOf(want)]
	if !got.Met() || len(doubts) == 0 {
		return nil
	}
	mine := about(want, c.seen)
	certain, possible := 0, len(mine)
	alerted := map[string]bool{}
	for _, alert := range mine {
		alerted[alert.Newest()] = true
		if len(doubts[alert.Newest()]) == 0 {
			certain++
		}
	}
	for _, e := range c.record.Events {
		if !alerted[e.ID] && len(doubts[e.ID]) > 0 {
			possible++
		}
	}
	fewer, _ := verdict.Judge(expected, c.evidence(want, asked, certain), c.Today)
	more, _ := verdict.Judge(expected, c.evidence(want, asked, possible), c.Today)
	names := map[string]bool{}
	for _, e := range c.record.Events {
		if alerted[e.ID] && fewer != got || !alerted[e.ID] && more != got {
			for _, name := range doubts[e.ID] {
				names[name] = true
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(names))
}
