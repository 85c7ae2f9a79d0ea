package exerciseserver

import (
	"net/http"
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// boardView is what the board is given.
type boardView struct {
	formView
	Rows     []boardRow
	Frozen   string
	IsFrozen bool
	// CanFreeze and Teams are the instructor's.
	CanFreeze bool
	Teams     []scoreView
}

type boardRow struct {
	exercise.Row
	Own bool
}

// scoreView is a team's score with how it comes about.
type scoreView struct {
	ID, Name            string
	Points, Attribution int
	Most                int
	Lines               []scoreLine
}

type scoreLine struct {
	What, Why string
	Points    int
	Counts    bool
	At        time.Time
}

func (s *Server) boardPage(v *visit, who trainee) {
	frozen := s.room.Frozen()
	view := boardView{Rows: rowsOf(s.room.Board(frozen), who.team)}
	if frozen > 0 {
		view.Frozen = text("board.frozen")
	}
	v.show(http.StatusOK, page{Name: "board", Title: text("board.title"), Data: view})
}

func rowsOf(board exercise.Board, own string) []boardRow {
	var out []boardRow
	for _, row := range board.Rows {
		out = append(out, boardRow{row, row.Team == own})
	}
	return out
}

func (s *Server) scorePage(v *visit, who trainee) {
	team, _ := s.room.State().Team(who.team)
	v.show(http.StatusOK, page{Name: "score", Title: text("score.title"), Data: s.scoreOf(team)})
}

func (s *Server) scoreOf(team exercise.TeamState) scoreView {
	out := scoreView{ID: team.ID, Name: team.Name, Points: team.Points, Attribution: team.Attribution}
	for _, objective := range s.room.Definition().Objectives {
		out.Most += objective.Points
	}
	for _, line := range team.Lines {
		title := line.What
		if objective, ok := s.definedObjective(line.Objective); ok {
			title = text("score.about", line.What, objective.Title)
		}
		out.Lines = append(out.Lines, scoreLine{title, line.Why, line.Points, line.Counts, line.At})
	}
	return out
}

func (s *Server) definedObjective(name string) (exercise.Objective, bool) {
	of := s.room.Definition()
	return of.Objective(name)
}

// instructorBoard is the board as it is, whatever trainees see, with all scores.
func (s *Server) instructorBoard(v *visit, _ instructor) {
	view := boardView{formView: v.form(), Rows: rowsOf(s.room.Board(0), ""), CanFreeze: true, IsFrozen: s.room.Frozen() > 0}
	if view.IsFrozen {
		view.Frozen = text("board.frozen.instructor")
	}
	for _, team := range s.room.State().Teams() {
		state, _ := s.room.State().Team(team.ID)
		view.Teams = append(view.Teams, s.scoreOf(state))
	}
	v.show(http.StatusOK, page{Name: "board", Title: text("board.title"), Data: view})
}

// freeze has trainees see the board as it is now, until it is thawed: scores go on.
func (s *Server) freeze(v *visit, _ instructor) {
	kind := exercise.Freeze
	if v.field("do") == "thaw" {
		kind = exercise.Thaw
	}
	if _, err := s.room.Enter(v.r.Context(), exercise.Entry{Kind: kind, Key: v.key(v.who)}); err != nil {
		v.broke(err)
		return
	}
	v.goTo("/instructor/board")
}
