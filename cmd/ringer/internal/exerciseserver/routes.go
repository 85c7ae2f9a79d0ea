package exerciseserver

import "net/http"

// table is every route with who may take it. There is no other way to a handler.
func (s *Server) table() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		open(get, "/{$}", s.home),
		open(get, "/static/", s.static),
		open(get, "/join/{token}", s.joinPage),
		open(post, "/join/{token}", s.join),

		asks(forTrainee(get, "/hunt", s.huntPage)),
		asks(forTrainee(get, "/event/{id}", s.eventPage)),
		forTrainee(get, "/findings", s.findingsPage),
		asks(forTrainee(get, "/finding", s.findingPage)),
		forTrainee(post, "/finding", s.takeFinding),
		forTrainee(get, "/rules", s.rulesPage),
		asks(forTrainee(post, "/rules", s.takeRule)),
		forTrainee(get, "/telemetry", s.telemetryPage),
		forTrainee(post, "/telemetry", s.takeTelemetry),
		forTrainee(post, "/hint", s.takeHint),
		forTrainee(get, "/score", s.scorePage),
		forTrainee(get, "/board", s.boardPage),
		forTrainee(get, "/debrief", s.ownDebrief),
		forTrainee(get, "/live", s.liveForTrainee),
		forTrainee(post, "/leave", func(v *visit, _ trainee) { v.leave() }),

		forInstructor(get, "/instructor", s.controlPage),
		forInstructor(post, "/instructor/clock", s.setClock),
		forInstructor(post, "/instructor/note", s.sendNote),
		forInstructor(get, "/instructor/steps", s.stepsPage),
		forInstructor(post, "/instructor/inject", s.inject),
		forInstructor(get, "/instructor/teams", s.teamsPage),
		forInstructor(post, "/instructor/teams", s.changeTeams),
		forInstructor(get, "/instructor/board", s.instructorBoard),
		forInstructor(post, "/instructor/freeze", s.freeze),
		forInstructor(get, "/instructor/debrief", s.debriefPage),
		forInstructor(get, "/instructor/export/{name}", s.export),
		forInstructor(get, "/instructor/live", s.liveForInstructor),
		forInstructor(post, "/instructor/leave", func(v *visit, _ instructor) { v.leave() }),
	}
}
