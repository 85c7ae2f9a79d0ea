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

// statedFields returns, for each expectation's rule, the events on which its answer
// rests on stated fields. Declared events are left out, as no verdict is met by them.
func (j Judges) statedFields(ctx context.Context, run *runner.RunRecord) (map[detect.Question]detect.FieldsByEvent, error) {
	questions := questionsIn(run.Plan)
	all := map[detect.Question]detect.FieldsByEvent{}
	for _, records := range [][]runner.StepRecord{run.Baselines, run.Steps} {
		seen, _ := event.WithoutDeclared(eventsIn(records))
		found, err := detect.AllStatedFields(ctx, j.Detectors, questions, seen)
		if err != nil {
			return nil, err
		}
		for question, fields := range found {
			if all[question] == nil {
				all[question] = detect.FieldsByEvent{}
			}
			maps.Copy(all[question], fields)
		}
	}
	return all, nil
}

func questionsIn(p *plan.Plan) []detect.Question {
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

// decisiveStatedFields returns the stated fields that a met verdict rests on, sorted:
// the verdict would be another if the alerts that rest on them did not come, or if
// those that could did. It returns nil if the verdict is certain or not met.
func (s stepJudge) decisiveStatedFields(want plan.Expectation, expected verdict.Expected, got verdict.Verdict, asked int) []string {
	fields := s.statedFields[questionOf(want)]
	if !got.Met() || len(fields) == 0 {
		return nil
	}
	own := alertsFor(want, s.observed)
	certain, possible := 0, len(own)
	alerted := map[string]bool{}
	for _, alert := range own {
		alerted[alert.Newest()] = true
		if len(fields[alert.Newest()]) == 0 {
			certain++
		}
	}
	for _, e := range s.record.Events {
		if !alerted[e.ID] && len(fields[e.ID]) > 0 {
			possible++
		}
	}
	fewer, _ := verdict.Judge(expected, s.evidence(want, asked, certain), s.Today)
	more, _ := verdict.Judge(expected, s.evidence(want, asked, possible), s.Today)
	names := map[string]bool{}
	for _, e := range s.record.Events {
		if alerted[e.ID] && fewer != got || !alerted[e.ID] && more != got {
			for _, name := range fields[e.ID] {
				names[name] = true
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(names))
}
