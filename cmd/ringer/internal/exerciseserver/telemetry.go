package exerciseserver

import (
	"net/http"
	"slices"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// telemetryView is what the page of telemetry that can be bought is given.
type telemetryView struct {
	formView
	Budget    string
	Purchases []pair
	Said      string
}

func (s *Server) telemetryPage(v *visit, who trainee) {
	s.showTelemetry(v, who, http.StatusOK, "")
}

func (s *Server) showTelemetry(v *visit, who trainee, status int, wrong string) {
	of := s.room.Definition()
	if len(of.Purchases) == 0 {
		v.fail(http.StatusNotFound)
		return
	}
	team, _ := s.room.State().Team(who.team)
	view := telemetryView{formView: v.form(), Budget: text("telemetry.budget", team.Spent, of.Budget)}
	for _, purchase := range of.Purchases {
		view.Purchases = append(view.Purchases, pair{
			Name: purchase.Name, Value: text("telemetry.purchase", purchase.Title, purchase.Cost), Chosen: purchase.Cost == 0 || slices.Contains(team.Purchases, purchase.Name),
		})
	}
	for _, line := range team.Lines {
		if line.Kind == exercise.LineTelemetry || line.Kind == exercise.LineToBeJudged {
			view.Said = line.Why
		}
	}
	v.show(status, page{Name: "telemetry", Title: text("telemetry.title"), Done: v.done("bought"), Wrong: wrong, Data: view})
}

func (s *Server) takeTelemetry(v *visit, who trainee) {
	chosen := v.r.PostForm["buy"]
	_, err := s.room.Enter(v.r.Context(), exercise.Entry{
		Kind: exercise.Bought, Key: v.key(v.who), Team: who.team, Member: who.member, Purchases: chosen,
	})
	if v.refused(err, func(wrong string) { s.showTelemetry(v, who, http.StatusUnprocessableEntity, wrong) }) {
		return
	}
	v.goTo("/telemetry?done=bought")
}
