package exerciseserver

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/hunt"
)

// mostEvidence is how many events of a step are shown.
const mostEvidence = 25

// debriefView is what the page of the debrief is given: the truth.
type debriefView struct {
	Early                 bool
	Exports               []pair
	Where, Previous, Next string
	Step                  *debriefStep
	Steps                 []debriefRow
	OnlyHunting, False    []string
}

type debriefStep struct {
	Title    string
	Truth    []pair
	Evidence []hunt.View
	More     string
	Rules    []string
	Teams    []debriefTeam
}

type debriefTeam struct{ Team, Found, Took string }

type debriefRow struct {
	Title, Actor, Seen, Found, To string
	At                            time.Time
	Here                          bool
}

// debriefPage is the instructor's: of all teams, also before the end.
func (s *Server) debriefPage(v *visit, _ instructor) {
	s.showDebrief(v, "/instructor/debrief", func(string) bool { return true })
}

// ownDebrief is a trainee's: after the end, and of the own team alone.
func (s *Server) ownDebrief(v *visit, who trainee) {
	if !s.room.State().Clock().Ended {
		v.show(http.StatusForbidden, page{Name: "error", Title: text("debrief.title"), Data: text("debrief.not_yet")})
		return
	}
	s.showDebrief(v, "/debrief", func(team string) bool { return team == who.team })
}

func (s *Server) showDebrief(v *visit, path string, shown func(team string) bool) {
	of := s.room.State().Debrief()
	chosen, err := strconv.Atoi(v.r.URL.Query().Get("step"))
	if err != nil {
		chosen = 1
	}
	chosen = max(1, min(chosen, len(of.Steps)))
	at := func(step int) string { return path + "?" + url.Values{"step": {strconv.Itoa(step)}}.Encode() }
	view := debriefView{Early: !s.room.State().Clock().Ended, Where: text("debrief.where", chosen, len(of.Steps))}
	if path == "/instructor/debrief" {
		for _, export := range s.options.Exports {
			view.Exports = append(view.Exports, pair{Name: export.Title, To: "/instructor/export/" + url.PathEscape(export.Name)})
		}
	}
	if chosen > 1 {
		view.Previous = at(chosen - 1)
	}
	if chosen < len(of.Steps) {
		view.Next = at(chosen + 1)
	}
	for i, step := range of.Steps {
		found := slices.DeleteFunc(slices.Clone(step.Found), func(f exercise.FoundBy) bool { return !shown(f.Team) })
		if i+1 == chosen {
			view.Step = s.debriefStep(step, found, shown)
		}
		if slices.Contains(of.OnlyHunted, step.ID) && len(found) > 0 {
			view.OnlyHunting = append(view.OnlyHunting, text("debrief.hunted", titleOf(step.TrueStep), names(found)))
		}
		seen := text("debrief.no_alert")
		if step.Alerted {
			seen = text("debrief.alert")
		}
		view.Steps = append(view.Steps, debriefRow{
			Title: titleOf(step.TrueStep), Actor: s.actorTitle(step.Actor), At: step.From, Seen: seen, Found: cmp.Or(names(found), "–"), To: at(i + 1), Here: i+1 == chosen,
		})
	}
	for _, wrong := range of.Accusations {
		if shown(wrong.Team) {
			view.False = append(view.False, text("debrief.accused", wrong.Name, wrong.Entry, virtualTime(wrong.Virtual), strings.Join([]string{wrong.Finding.Technique, wrong.Finding.Host}, " "), wrong.Points))
		}
	}
	v.show(http.StatusOK, page{Name: "debrief", Title: text("debrief.title"), Data: view})
}

func names(found []exercise.FoundBy) string {
	var out []string
	for _, by := range found {
		out = append(out, by.Name)
	}
	return strings.Join(out, ", ")
}

func (s *Server) debriefStep(step exercise.DebriefStep, found []exercise.FoundBy, shown func(team string) bool) *debriefStep {
	out := &debriefStep{Title: titleOf(step.TrueStep), Truth: []pair{
		{Name: text("steps.step"), Value: step.ID}, {Name: text("finding.technique"), Value: step.Technique}, {Name: text("event.host"), Value: step.Host},
		{Name: text("steps.actor"), Value: s.actorTitle(step.Actor)}, {Name: text("event.time"), Value: text("debrief.from_to", virtualTime(step.From), virtualTime(step.To))},
		{Name: text("debrief.asked"), Value: cmp.Or(strings.Join(step.Objectives, ", "), "–")},
	}}
	if step.Failed != "" {
		out.Truth = append(out.Truth, pair{Name: text("steps.state"), Value: text("steps.failed", step.Failed)})
	}
	for _, id := range step.Events[:min(len(step.Events), mostEvidence)] {
		if own, ok := s.options.Events.IDOf(s.room.Definition().Scenario, id); ok {
			if event, ok := s.options.Events.Event(own, s.options.Events.Len()); ok {
				out.Evidence = append(out.Evidence, event)
			}
		}
	}
	if more := len(step.Events) - mostEvidence; more > 0 {
		out.More = counted("debrief.more", more)
	}
	for _, rule := range step.Rules {
		out.Rules = append(out.Rules, text("debrief.rule", rule.Title, rule.Rule, rule.Want, cmp.Or(rule.Verdict, "–")))
	}
	for _, team := range s.room.State().Teams() {
		if !shown(team.ID) {
			continue
		}
		row := debriefTeam{Team: team.Name, Found: text("debrief.not_found"), Took: "–"}
		if i := slices.IndexFunc(found, func(f exercise.FoundBy) bool { return f.Team == team.ID }); i >= 0 {
			by := found[i]
			row.Found = text("debrief.found_at", virtualTime(by.Virtual), wallTime(by.At), by.Entry)
			row.Took = within(time.Duration(by.AfterSeconds * float64(time.Second)))
			if by.Actor != "" {
				key := "debrief.wrong_actor"
				if by.RightActor {
					key = "debrief.right_actor"
				}
				row.Found += " " + text(key, s.actorTitle(by.Actor))
			}
		}
		out.Teams = append(out.Teams, row)
	}
	return out
}
