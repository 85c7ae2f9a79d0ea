package exerciseserver

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
)

// home is where everybody comes first: trainees to what they are asked, instructors to
// theirs, others are told how to join.
func (s *Server) home(v *visit) {
	switch v.who.Role {
	case access.Trainee:
		s.briefPage(v, trainee{v.who.Team, v.who.Member})
	case access.Instructor:
		v.goTo("/instructor")
	case access.Nobody:
		v.show(http.StatusOK, page{Name: "welcome", Title: text("welcome.title")})
	}
}

// NewLink makes a one-time link for somebody and returns its address, which is nowhere
// kept. It fails if the log does.
func (s *Server) NewLink(ctx context.Context, who access.Identity) (string, error) {
	token := access.NewToken()
	if _, err := s.room.Enter(ctx, access.NewLink(token, who)); err != nil {
		return "", err
	}
	return s.address + "/join/" + token, nil
}

// joinView is what the page of a link is given.
type joinView struct{ Who, Action, Form string }

// invited finds out who a link is for, and answers where it is for nobody: a link is
// refused where there were too many wrong tries, where it is unknown, and where it was
// used.
func (s *Server) invited(v *visit) (who access.Identity, token string, ok bool) {
	if allowed, wait := s.limiter.Allowed(addressOf(v.r), s.options.Now()); !allowed {
		s.counts.Add(access.TooMany)
		v.w.Header().Set("Retry-After", strconv.Itoa(1+int(wait.Seconds())))
		v.fail(http.StatusTooManyRequests)
		return who, "", false
	}
	token = v.r.PathValue("token")
	who, spent := access.OfLink(s.room.State(), token)
	switch {
	case who.Role == access.Nobody:
		s.wrong(v.r, access.UnknownLink)
		v.show(http.StatusNotFound, page{Name: "error", Title: text("join.unknown.title"), Data: text("join.unknown")})
	case spent:
		s.wrong(v.r, access.SpentLink)
		v.show(http.StatusGone, page{Name: "error", Title: text("join.spent.title"), Data: text("join.spent")})
	default:
		return who, token, true
	}
	return who, "", false
}

// joinPage asks before it joins: what only looks at a link, such as a preview in a
// chat, does not use it up.
func (s *Server) joinPage(v *visit) {
	who, token, ok := s.invited(v)
	if !ok {
		return
	}
	v.show(http.StatusOK, page{Name: "join", Title: text("join.title"), Data: joinView{s.nameOf(who), "/join/" + token, access.FormToken(token)}})
}

func (s *Server) join(v *visit) {
	who, link, ok := s.invited(v)
	if !ok {
		return
	}
	if !access.IsFormToken(link, v.r.PostForm.Get("form")) {
		s.counts.Add(access.WrongForm)
		v.fail(http.StatusForbidden)
		return
	}
	session := access.NewToken()
	stored, err := s.room.Enter(v.r.Context(), access.Redeem(link, session, who))
	switch {
	case err != nil:
		v.broke(err)
	case stored.Token.Hash != access.Digest(session): // another used it meanwhile
		s.wrong(v.r, access.SpentLink)
		v.show(http.StatusGone, page{Name: "error", Title: text("join.spent.title"), Data: text("join.spent")})
	default:
		v.remember(session)
		v.goTo("/")
	}
}

// leave ends the session, here and in the browser.
func (v *visit) leave() {
	if _, err := v.server.room.Enter(v.r.Context(), access.Leave(v.secret, v.who)); err != nil {
		v.broke(err)
		return
	}
	v.forget()
	v.goTo("/")
}

// nameOf is how somebody is called on a page.
func (s *Server) nameOf(who access.Identity) string {
	if who.Role == access.Instructor {
		return text("who.instructor")
	}
	team, member := s.names(who.Team, who.Member)
	return text("who.member", member, team)
}

// names are those of a team and a member.
func (s *Server) names(teamID, memberID string) (team, member string) {
	for _, t := range s.room.State().Teams() {
		if t.ID != teamID {
			continue
		}
		for _, m := range t.Members {
			if m.ID == memberID {
				return t.Name, m.Name
			}
		}
		return t.Name, memberID
	}
	return teamID, memberID
}

// refused answers with why an entry was not taken, on the page that sent it; it reports
// whether there was something to answer.
func (v *visit) refused(err error, again func(wrong string)) bool {
	switch {
	case err == nil:
		return false
	case errors.Is(err, room.ErrRefused):
		again(reason(err))
	default:
		v.broke(err)
	}
	return true
}
