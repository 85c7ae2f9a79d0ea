package exerciseserver

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// briefView is what the page of what is asked is given.
type briefView struct {
	Intro      string
	Notes      []noteView
	Objectives []objectiveView
	Counts     []string
}

type objectiveView struct {
	Title, Question, Worth, How, State string
	Hints                              []hintView
}

type hintView struct {
	formView
	Objective, Name, Text string
	Cost                  string
	Taken                 bool
}

func (s *Server) briefPage(v *visit, who trainee) { s.showBrief(v, who, http.StatusOK, "") }

func (s *Server) showBrief(v *visit, who trainee, status int, wrong string) {
	of := s.room.Definition()
	team, _ := s.room.State().Team(who.team)
	view := briefView{Intro: of.Intro, Notes: s.notes(), Counts: countsOf(of)}
	for i, objective := range of.Objectives {
		view.Objectives = append(view.Objectives, objectiveOf(v, objective, team.Objectives[i]))
	}
	v.show(status, page{Name: "brief", Title: of.Title, Done: v.done("hint"), Wrong: wrong, Data: view})
}

func objectiveOf(v *visit, o exercise.Objective, state exercise.ObjectiveState) objectiveView {
	out := objectiveView{
		Title: o.Title, Question: o.Question, Worth: counted("points", o.Points), How: howCounted(o),
		State: text("brief.state", state.Points, state.Of, state.Tries, state.Tries+state.Left),
	}
	if state.Charged != 0 {
		out.State += " " + counted("brief.charged", state.Charged)
	}
	for _, hint := range o.Hints {
		shown := hintView{formView: v.form(), Objective: o.Name, Name: hint.Name, Cost: counted("points", hint.Cost)}
		if slices.ContainsFunc(state.Hints, func(h exercise.Hint) bool { return h.Name == hint.Name }) {
			shown.Taken, shown.Text = true, hint.Text
		}
		out.Hints = append(out.Hints, shown)
	}
	return out
}

// howCounted says what an answer to an objective is worth by its parts.
func howCounted(o exercise.Objective) string {
	var parts []string
	for _, part := range []struct {
		share float64
		said  string
	}{
		{o.Partial.Technique, text("share.technique")}, {o.Partial.Host, text("share.host")},
		{o.Partial.Time, text("share.time", within(o.Within))}, {o.Partial.Evidence, counted("share.evidence", o.Evidence)},
		{o.Partial.Detection, text("share.detection")}, {o.Partial.Silence, text("share.silence")},
	} {
		if part.share > 0 {
			parts = append(parts, text("share", part.said, trimmed(part.share*100)))
		}
	}
	said := text("brief.shares", strings.Join(parts, "; "))
	switch {
	case o.Find.Actor != "":
		said = text("brief.actor")
	case len(o.Find.See) > 0:
		said = text("brief.see")
	}
	if o.Wrong < 0 {
		said += " " + counted("brief.wrong", o.Wrong)
	}
	return said
}

// within is a length of time as people say it.
func within(d time.Duration) string {
	if hours := int(d.Hours()); d >= time.Hour && d%time.Hour == 0 {
		return counted("hours", hours)
	}
	return counted("minutes", int(d.Round(time.Minute).Minutes()))
}

// countsOf are the rules of scoring.
func countsOf(of exercise.Definition) []string {
	out := []string{text("brief.best"), text("brief.hints"), text("brief.attribution")}
	if of.Wrong < 0 {
		out = append(out, counted("brief.accusation", of.Wrong))
	}
	if of.Minutes > 0 {
		out = append(out, counted("brief.minutes", of.Minutes))
	}
	return append(out, text("brief.pace", trimmed(of.Pace)))
}

// takeHint charges a hint and shows it. It is charged once, however often it is taken.
func (s *Server) takeHint(v *visit, who trainee) {
	_, err := s.room.Enter(v.r.Context(), exercise.Entry{
		Kind: exercise.TookHint, Key: v.key(v.who), Team: who.team, Member: who.member,
		Objective: v.field("objective"), Hint: v.field("hint"),
	})
	if v.refused(err, func(wrong string) { s.showBrief(v, who, http.StatusUnprocessableEntity, wrong) }) {
		return
	}
	v.goTo("/?done=hint")
}
