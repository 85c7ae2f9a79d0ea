package exerciseserver

import (
	"net/http"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
)

// route is one row of the table of routes. It is made by [open], [forTrainee] or
// [forInstructor] alone: what a handler is given can only be made for its role, so that
// a route without a role does not compile.
type route struct {
	method, pattern string
	role            access.Role
	serve           func(*visit)
}

// trainee is who asks on a page for trainees. The ids are those of the session: no
// request can name another team.
type trainee struct{ team, member string }

// instructor is who asks on a page for instructors.
type instructor struct{ _ struct{} }

func open(method, pattern string, serve func(*visit)) route {
	return route{method, pattern, access.Nobody, serve}
}

func forTrainee(method, pattern string, serve func(*visit, trainee)) route {
	return route{method, pattern, access.Trainee, func(v *visit) {
		serve(v, trainee{v.who.Team, v.who.Member})
	}}
}

func forInstructor(method, pattern string, serve func(*visit, instructor)) route {
	return route{method, pattern, access.Instructor, func(v *visit) { serve(v, instructor{}) }}
}

// asks bounds how much a session asks for at a time that takes the server's time: nobody
// has others wait.
func asks(of route) route {
	serve := of.serve
	of.serve = func(v *visit) {
		session := access.Digest(v.secret)
		if !v.server.asking.enter(session) {
			v.server.counts.Add(access.TooMany)
			v.w.Header().Set("Retry-After", "1")
			v.fail(http.StatusTooManyRequests)
			return
		}
		defer v.server.asking.leave(session)
		serve(v)
	}
	return of
}

// maxAsking is how many searches and trials a session may have at a time.
const maxAsking = 4

// admit is the one place where roles and forms are checked.
func (s *Server) admit(of route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(w, r)
		defer v.recover()
		switch {
		case of.role == access.Nobody:
		case v.who.Role == access.Nobody:
			s.counts.Add(access.NotAllowed)
			v.fail(http.StatusUnauthorized)
			return
		case v.who.Role != of.role:
			s.counts.Add(access.NotAllowed)
			v.fail(http.StatusForbidden)
			return
		}
		if of.method == http.MethodPost {
			if err := r.ParseForm(); err != nil {
				v.fail(http.StatusBadRequest)
				return
			}
			if of.role != access.Nobody && !access.IsFormToken(v.secret, r.PostForm.Get("form")) {
				s.counts.Add(access.WrongForm)
				v.fail(http.StatusForbidden)
				return
			}
		}
		of.serve(v)
	}
}
