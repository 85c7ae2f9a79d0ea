package exerciseserver

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// findingView is the form of a finding.
type findingView struct {
	formView
	Technique, Host, Time, Note, More string
	Techniques                        []pair
	Hosts                             []string
	Actors                            []pair
	Events                            []eventRow
}

// techniqueChoices are the techniques of both versions of ATT&CK that are known.
var techniqueChoices = sync.OnceValue(func() []pair {
	names := map[string]string{}
	for _, version := range attack.Versions() {
		for _, technique := range version.Techniques() {
			if technique.RevokedBy == "" && !technique.Deprecated {
				names[technique.ID] = technique.Name
			}
		}
	}
	var out []pair
	for id, name := range names {
		out = append(out, pair{Name: id, Value: name})
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(a.Name, b.Name) })
	return out
})

// findingPage is the form, with what was picked or with a draft of the team.
func (s *Server) findingPage(v *visit, who trainee) {
	given := v.r.URL.Query()
	var from exercise.Finding
	if draft := given.Get("draft"); draft != "" {
		saved, ok := s.savedFinding(who, draft)
		if !ok {
			v.fail(http.StatusNotFound)
			return
		}
		from = saved
	}
	from.Events = append(from.Events, given["event"]...)
	s.showFinding(v, http.StatusOK, from, nil, "")
}

// savedFinding is a draft of the team by its number: no other's is found.
func (s *Server) savedFinding(who trainee, number string) (exercise.Finding, bool) {
	team, _ := s.room.State().Team(who.team)
	wanted, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return exercise.Finding{}, false
	}
	for _, e := range slices.Concat(team.Saved, team.HandedIn) {
		if e.Number == wanted && e.Finding != nil {
			return *e.Finding, true
		}
	}
	return exercise.Finding{}, false
}

// showFinding shows the form filled in; unknown are ids that are not those of events.
func (s *Server) showFinding(v *visit, status int, from exercise.Finding, unknown []string, wrong string) {
	view := findingView{formView: v.form(), Technique: from.Technique, Host: from.Host, Note: from.Note, More: strings.Join(unknown, "\n"), Techniques: techniqueChoices()}
	released := s.room.Released()
	var earliest *hunt.View
	for _, id := range from.Events[:min(len(from.Events), exercise.MaxEvents)] {
		event, ok := s.options.Events.Event(id, released)
		if !ok || slices.ContainsFunc(view.Events, func(r eventRow) bool { return r.ID == event.ID }) {
			continue
		}
		view.Events = append(view.Events, eventRow{event, true})
		if earliest == nil || event.Time.Before(earliest.Time) {
			earliest = &event
		}
	}
	if !from.Time.IsZero() {
		view.Time = virtualTime(from.Time)
	}
	if earliest != nil && wrong == "" {
		view.Host = cmp.Or(view.Host, earliest.Host)
		view.Time = cmp.Or(view.Time, virtualTime(earliest.Time))
	}
	all, err := s.finder.find(v.r.Context(), query.Query{}, s.finder.upTo(s.options.Now(), s.room.Released), search{}.part())
	if err != nil {
		v.broke(err)
		return
	}
	for _, value := range all.choices[0].Values {
		view.Hosts = append(view.Hosts, value.Value)
	}
	for _, actor := range s.room.Truth().Actors() {
		view.Actors = append(view.Actors, pair{Name: actor.Name, Value: actor.Title, Chosen: actor.Name == from.Actor})
	}
	v.show(status, page{Name: "finding", Title: text("finding.title"), Wrong: wrong, Data: view})
}

// takeFinding saves a draft or hands a finding in. It is acknowledged once it is on
// disk.
func (s *Server) takeFinding(v *visit, who trainee) {
	finding, unknown, wrong := s.findingOf(v)
	kind, done := exercise.HandedIn, "handed_in"
	if v.field("do") == "save" {
		kind, done = exercise.Saved, "saved"
	} else if wrong == "" && len(finding.Events) == 0 {
		wrong = text("finding.needs_event")
	}
	if wrong != "" {
		s.showFinding(v, http.StatusUnprocessableEntity, finding, unknown, wrong)
		return
	}
	_, err := s.room.Enter(v.r.Context(), exercise.Entry{Kind: kind, Key: v.key(v.who), Team: who.team, Member: who.member, Finding: &finding})
	if v.refused(err, func(wrong string) { s.showFinding(v, http.StatusUnprocessableEntity, finding, unknown, wrong) }) {
		return
	}
	v.goTo("/findings?done=" + done)
}

// findingOf reads the form. Only events that are released can be named.
func (s *Server) findingOf(v *visit) (finding exercise.Finding, unknown []string, wrong string) {
	technique, _, _ := strings.Cut(v.field("technique"), " ")
	finding = exercise.Finding{Technique: strings.ToUpper(technique), Host: v.field("host"), Actor: v.field("actor"), Note: v.field("note")}
	released := s.room.Released()
	for _, id := range slices.Concat(v.r.PostForm["event"], strings.Fields(v.field("more"))) {
		if _, ok := s.options.Events.Event(id, released); !ok {
			unknown = append(unknown, id)
		} else if !slices.Contains(finding.Events, id) {
			finding.Events = append(finding.Events, id)
		}
	}
	at, inTime := parseTime(v.field("time"))
	finding.Time = at
	actors := s.room.Truth().Actors()
	_, known := attack.Known(finding.Technique)
	switch {
	case finding.Technique != "" && !known:
		wrong = text("finding.wrong_technique", finding.Technique)
	case v.field("time") != "" && !inTime:
		wrong = text("hunt.wrong_time", text("finding.time"))
	case finding.Actor != "" && !slices.ContainsFunc(actors, func(a exercise.TrueActor) bool { return a.Name == finding.Actor }):
		wrong = text("finding.wrong_actor")
	case len(unknown) > 0:
		wrong = text("finding.unknown_events", strings.Join(unknown[:min(5, len(unknown))], ", "))
	case len(finding.Events) > exercise.MaxEvents:
		wrong = text("finding.too_many", exercise.MaxEvents)
	}
	return finding, unknown, wrong
}

// findingsView is what the page of a team's findings is given.
type findingsView struct{ HandedIn, Saved []findingCard }

type findingCard struct {
	Title, Note, By, Use string
	Facts                []string
}

func (s *Server) findingsPage(v *visit, who trainee) {
	team, _ := s.room.State().Team(who.team)
	var view findingsView
	for _, e := range slices.Backward(team.HandedIn) {
		if e.Kind == exercise.HandedIn {
			view.HandedIn = append(view.HandedIn, s.cardOf(e))
		}
	}
	for _, e := range slices.Backward(team.Saved) {
		view.Saved = append(view.Saved, s.cardOf(e))
	}
	v.show(http.StatusOK, page{Name: "findings", Title: text("findings.title"), Done: v.done("handed_in", "saved"), Data: view})
}

func (s *Server) cardOf(e exercise.Entry) findingCard {
	_, member := s.names(e.Team, e.Member)
	out := findingCard{
		Title: text("findings.number", e.Number), Note: e.Finding.Note,
		By:  text("findings.by", member, wallTime(e.At), virtualTime(e.Virtual)),
		Use: "/finding?" + url.Values{"draft": {strconv.FormatInt(e.Number, 10)}}.Encode(),
	}
	actor := e.Finding.Actor
	for _, a := range s.room.Truth().Actors() {
		if a.Name == actor {
			actor = a.Title
		}
	}
	for _, fact := range []string{e.Finding.Technique, e.Finding.Host, actor} {
		if fact != "" {
			out.Facts = append(out.Facts, fact)
		}
	}
	if !e.Finding.Time.IsZero() {
		out.Facts = append(out.Facts, virtualTime(e.Finding.Time))
	}
	out.Facts = append(out.Facts, counted("findings.events", len(e.Finding.Events)))
	return out
}

// done is what was just done, where the address says one of these.
func (v *visit) done(names ...string) string {
	if name := v.r.URL.Query().Get("done"); slices.Contains(names, name) {
		return text("done." + name)
	}
	return ""
}
