package exerciseserver

import (
	"context"
	"net/http"
	"strings"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/emulation/exercise"
)

// teamsView is what the page of teams is given.
type teamsView struct {
	formView
	InstructorForm, AllForm formView
	Links                   []pair
	Teams                   []teamView
}

type teamView struct {
	formView
	ID, Name string
	Members  []memberView
}

type memberView struct {
	formView
	ID, Team, Name, State string
}

func (s *Server) teamsPage(v *visit, _ instructor) { s.showTeams(v, http.StatusOK, nil, "") }

func (s *Server) showTeams(v *visit, status int, links []pair, wrong string) {
	view := teamsView{formView: v.form(), InstructorForm: v.form(), AllForm: v.form(), Links: links}
	joined := s.room.Joined()
	for _, team := range s.room.State().Teams() {
		shown := teamView{formView: v.form(), ID: team.ID, Name: team.Name}
		for _, member := range team.Members {
			state := text("teams.not_joined")
			if joined[team.ID+"/"+member.ID] {
				state = text("teams.joined")
			}
			shown.Members = append(shown.Members, memberView{v.form(), member.ID, team.ID, member.Name, state})
		}
		view.Teams = append(view.Teams, shown)
	}
	v.show(status, page{Name: "teams", Title: text("teams.title"), Done: v.done("team", "member"), Wrong: wrong, Data: view})
}

// changeTeams makes a team, a member or a link. A link is shown once, in the answer: only
// its digest is kept.
func (s *Server) changeTeams(v *visit, _ instructor) {
	again := func(wrong string) { s.showTeams(v, http.StatusUnprocessableEntity, nil, wrong) }
	ctx, name := v.r.Context(), v.field("name")
	switch v.field("do") {
	case "team":
		if _, known := s.room.State().Team(teamID(name)); known {
			again(text("teams.known", name))
		} else if !v.refused(s.AddTeam(ctx, name, nil), again) {
			v.goTo("/instructor/teams?done=team")
		}
	case "member":
		if team := v.field("team"); s.isMember(access.Identity{Team: team, Member: memberID(team, name)}) {
			again(text("teams.known_member", name))
		} else if !v.refused(s.addMember(ctx, v.field("team"), name), again) {
			v.goTo("/instructor/teams?done=member")
		}
	case "link":
		who := access.Identity{Role: access.Trainee, Team: v.field("team"), Member: v.field("member")}
		if !s.isMember(who) {
			v.fail(http.StatusNotFound)
			return
		}
		s.showLinks(v, []access.Identity{who})
	case "links":
		s.showLinks(v, s.notJoined())
	case "instructor":
		s.showLinks(v, []access.Identity{{Role: access.Instructor}})
	default:
		v.fail(http.StatusBadRequest)
	}
}

func (s *Server) showLinks(v *visit, all []access.Identity) {
	var links []pair
	for _, who := range all {
		link, err := s.NewLink(v.r.Context(), who)
		if err != nil {
			v.broke(err)
			return
		}
		links = append(links, pair{Name: s.nameOf(who), Value: link})
	}
	s.showTeams(v, http.StatusOK, links, "")
}

func (s *Server) isMember(who access.Identity) bool {
	for _, team := range s.room.State().Teams() {
		for _, member := range team.Members {
			if team.ID == who.Team && member.ID == who.Member {
				return true
			}
		}
	}
	return false
}

// notJoined are the members who have no session.
func (s *Server) notJoined() []access.Identity {
	joined := s.room.Joined()
	var out []access.Identity
	for _, team := range s.room.State().Teams() {
		for _, member := range team.Members {
			if !joined[team.ID+"/"+member.ID] {
				out = append(out, access.Identity{Role: access.Trainee, Team: team.ID, Member: member.ID})
			}
		}
	}
	return out
}

// AddTeam makes a team with members; what is there already stays as it is, so that a
// file of teams can be given again. It fails if a name cannot be taken, or the log cannot
// be written.
func (s *Server) AddTeam(ctx context.Context, name string, members []string) error {
	id := teamID(name)
	if _, known := s.room.State().Team(id); !known {
		if _, err := s.room.Enter(ctx, exercise.Entry{Kind: exercise.Team, Key: "team/" + id, Team: id, Name: name}); err != nil {
			return err
		}
	}
	for _, member := range members {
		if err := s.addMember(ctx, id, member); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) addMember(ctx context.Context, team, name string) error {
	id := memberID(team, name)
	_, err := s.room.Enter(ctx, exercise.Entry{Kind: exercise.Member, Key: "member/" + id, Team: team, Member: id, Name: name})
	return err
}

// teamID makes an id of a name: the same name is the same team.
func teamID(name string) string { return "t" + access.Digest(strings.ToLower(name))[:12] }

// memberID makes an id of a name within a team.
func memberID(team, name string) string {
	return "m" + access.Digest(team + "/" + strings.ToLower(name))[:12]
}
