package exerciseserver

import (
	"cmp"
	"net/http"
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// stepsView is what the page of what is performed is given: the truth, for instructors
// alone.
type stepsView struct {
	Steps     []stepRow
	CanInject bool
}

type stepRow struct {
	formView
	ID, Title, Technique, Actor, Host, State string
	At                                       time.Time
	Rules, Teams                             []string
}

func (s *Server) stepsPage(v *visit, _ instructor) { s.showSteps(v, http.StatusOK, "") }

func (s *Server) showSteps(v *visit, status int, wrong string) {
	view := stepsView{CanInject: s.options.Inject != nil}
	for _, of := range s.room.State().Debrief().Steps {
		step := of.TrueStep
		row := stepRow{
			formView: v.form(), ID: step.ID, Title: titleOf(step), Technique: step.Technique, Actor: s.actorTitle(step.Actor), Host: step.Host,
			At: step.From, State: s.stepState(step),
		}
		for _, rule := range step.Rules {
			row.Rules = append(row.Rules, text("steps.rule", rule.Title, cmp.Or(rule.Verdict, text("steps.not_judged"))))
		}
		for _, by := range of.Found {
			row.Teams = append(row.Teams, by.Name)
		}
		view.Steps = append(view.Steps, row)
	}
	v.show(status, page{Name: "steps", Title: text("steps.title"), Done: v.done("injected"), Wrong: wrong, Data: view})
}

func titleOf(step exercise.TrueStep) string {
	if step.Title != "" {
		return step.Title
	}
	return step.ID
}

func (s *Server) actorTitle(name string) string {
	for _, actor := range s.room.Truth().Actors() {
		if actor.Name == name {
			return actor.Title
		}
	}
	return name
}

// stepState says whether a step can be seen by now.
func (s *Server) stepState(step exercise.TrueStep) string {
	now := s.room.Virtual()
	switch {
	case step.Failed != "":
		return text("steps.failed", step.Failed)
	case !s.room.State().Clock().Started || step.From.After(now):
		return text("steps.to_come")
	case step.To.After(now):
		return text("steps.under_way")
	case step.Alerted:
		return text("steps.alerted")
	}
	return text("steps.silent")
}

// inject has a step performed now.
func (s *Server) inject(v *visit, _ instructor) {
	id := v.field("step")
	if _, ok := s.room.Truth().Step(id); s.options.Inject == nil || !ok {
		v.fail(http.StatusNotFound)
		return
	}
	_, err := s.room.Enter(v.r.Context(), exercise.Entry{Kind: exercise.Injected, Key: v.key(v.who), Step: id})
	if err == nil {
		err = s.options.Inject(v.r.Context(), id)
	}
	if v.refused(err, func(wrong string) { s.showSteps(v, http.StatusUnprocessableEntity, wrong) }) {
		return
	}
	v.goTo("/instructor/steps?done=injected")
}
