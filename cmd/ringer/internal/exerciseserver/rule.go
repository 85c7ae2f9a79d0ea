package exerciseserver

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/hunt"
)

// trialTime is how long a rule may be tried, waiting for others' aside.
const trialTime = 45 * time.Second

// rulesView is what the page of rules is given.
type rulesView struct {
	formView
	Text       string
	Asked      bool // whether rules count in this exercise
	Problems   []string
	Tried      bool
	Alerts     string
	AskedOf    string
	Hits       []hitView
	Nearest    string
	Changes    []string
	Alarms     string
	OnOrdinary []string
	HandedIn   []handedRule
}

type hitView struct {
	hunt.View
	Title, More string
}

type handedRule struct{ Title, Said, By, Text string }

func (s *Server) rulesPage(v *visit, who trainee) {
	view := s.rulesView(v, who)
	view.Text = text("rules.example")
	if len(view.HandedIn) > 0 {
		view.Text = view.HandedIn[0].Text // to be bettered
	}
	v.show(http.StatusOK, page{Name: "rules", Title: text("rules.title"), Done: v.done("rule"), Data: view})
}

// rulesView is the page before anything is tried.
func (s *Server) rulesView(v *visit, who trainee) rulesView {
	out := rulesView{formView: v.form(), Asked: s.asksForRules()}
	team, _ := s.room.State().Team(who.team)
	for _, e := range slices.Backward(team.HandedIn) {
		if e.Kind != exercise.RuleIn {
			continue
		}
		_, member := s.names(e.Team, e.Member)
		card := handedRule{Title: text("rules.number", e.Number), By: text("findings.by", member, wallTime(e.At), virtualTime(e.Virtual)), Text: e.Rule.Text}
		for _, line := range team.Lines {
			if line.Entry == e.Number {
				card.Said += line.Why + ". "
			}
		}
		out.HandedIn = append(out.HandedIn, card)
	}
	return out
}

func (s *Server) asksForRules() bool {
	return slices.ContainsFunc(s.room.Definition().Objectives, func(o exercise.Objective) bool { return len(o.Find.Detect) > 0 })
}

// takeRule tries a rule on what is released, or hands it in.
func (s *Server) takeRule(v *visit, who trainee) {
	given := v.field("rule") + "\n"
	if v.field("do") == "hand-in" {
		if !s.asksForRules() {
			v.fail(http.StatusConflict)
			return
		}
		_, err := s.room.Enter(v.r.Context(), exercise.Entry{
			Kind: exercise.RuleIn, Key: v.key(v.who), Team: who.team, Member: who.member, Rule: &exercise.Rule{Text: given},
		})
		if v.refused(err, func(wrong string) {
			view := s.rulesView(v, who)
			view.Text = given
			v.show(http.StatusUnprocessableEntity, page{Name: "rules", Title: text("rules.title"), Wrong: wrong, Data: view})
		}) {
			return
		}
		v.goTo("/rules?done=rule")
		return
	}
	ctx, stop := context.WithTimeout(v.r.Context(), trialTime)
	defer stop()
	trial, err := s.options.Events.TryRule(ctx, given, s.room.Released())
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		v.fail(http.StatusServiceUnavailable)
		return
	case err != nil:
		v.broke(err)
		return
	}
	view := s.rulesView(v, who)
	view.Text = given
	view.fill(trial)
	v.show(http.StatusOK, page{Name: "rules", Title: text("rules.title"), Data: view})
}

// fill sets what a trial says.
func (r *rulesView) fill(trial hunt.RuleTrial) {
	for _, problem := range trial.Problems {
		said := problem.Text
		if problem.Line > 0 {
			said = text("rules.at_line", problem.Line, said)
		}
		r.Problems = append(r.Problems, said)
	}
	if !trial.Usable {
		return
	}
	r.Tried = true
	r.Alerts, r.AskedOf = alertsText("rules.alerts", trial.Released), counted("rules.asked", trial.Asked)
	for _, alert := range trial.Released.Alerts {
		if len(alert.Events) == 0 {
			continue
		}
		hit := hitView{View: alert.Events[len(alert.Events)-1], Title: alert.Title}
		if more := alert.More + len(alert.Events) - 1; more > 0 {
			hit.More = counted("rules.rests_on", more)
		}
		r.Hits = append(r.Hits, hit)
	}
	if trial.Nearest != nil {
		r.Nearest, r.Changes = trial.Nearest.Text, trial.Nearest.Changes
	}
	r.Alarms = alertsText("rules.alarms", trial.Ordinary)
	for _, alert := range trial.Ordinary.Alerts {
		if len(alert.Events) > 0 {
			at := alert.Events[len(alert.Events)-1]
			r.OnOrdinary = append(r.OnOrdinary, text("rules.alarm", virtualTime(at.Time), at.Host, at.Summary))
		}
	}
}

// alertsText says how many alerts there are.
func alertsText(key string, alerts hunt.RuleAlerts) string {
	said := counted(key, alerts.Total)
	if alerts.Cut {
		said += " " + text("rules.cut")
	}
	return said
}
