package exerciseserver

import (
	"net/http"
	"time"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// eventView is what the page of an event is given.
type eventView struct {
	hunt.View
	Around, OnHost string
	Fields         []pair
	Tree           []processView
	Cut            bool
}

// processView is a process with those that it started.
type processView struct {
	Name, Command, Event, Events, To string
	Here                             bool
	Children                         []processView
}

// around is how far before and after an event one looks for what belongs to it.
const around = 10 * time.Minute

func (s *Server) eventPage(v *visit, _ trainee) {
	released := s.room.Released()
	event, ok := s.options.Events.Event(v.r.PathValue("id"), released)
	if !ok {
		v.fail(http.StatusNotFound)
		return
	}
	near := search{host: event.Host, from: event.Time.Add(-around).Format(time.RFC3339Nano), to: event.Time.Add(around).Format(time.RFC3339Nano), oldest: true}
	view := eventView{View: event, Around: near.address(1), OnHost: search{host: event.Host}.address(1)}
	for _, field := range event.Fields {
		for _, value := range field.Values {
			shown := pair{Name: field.Name, Value: value}
			if len(value) <= query.MaxBytes/2 {
				shown.To = search{query: query.Pivot(field.Name, value)}.address(1)
			}
			view.Fields = append(view.Fields, shown)
		}
	}
	if tree, ok := s.options.Events.Tree(event.ID, released); ok {
		view.Tree, view.Cut = nested(tree.Processes), tree.Cut
	}
	v.show(http.StatusOK, page{Name: "event", Title: event.Summary, Data: view})
}

// nested makes lists within lists of processes that follow their parents.
func nested(flat []hunt.Process) []processView {
	var out []processView
	for i := 0; i < len(flat); {
		end := i + 1
		for end < len(flat) && flat[end].Depth > flat[i].Depth {
			end++
		}
		p := flat[i]
		shown := processView{Name: p.Image, Command: p.CommandLine, Here: p.Asked, Events: counted("tree.events", p.Events), Children: nested(flat[i+1 : end])}
		if shown.Name == "" {
			shown.Name = text("tree.unknown")
		}
		if p.Started != nil {
			shown.Event = p.Started.ID
		}
		if p.Query != "" && p.Events > 0 {
			shown.To = search{query: p.Query}.address(1)
		}
		out = append(out, shown)
		i = end
	}
	return out
}
