package exerciseserver

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

const (
	eventsAPage = 50
	// mostPages bounds how far a list is turned: who wants more narrows the search.
	mostPages  = 2000
	searchTime = 20 * time.Second
)

// facetFields are the fields whose values are counted beside the results.
var facetFields = []string{query.HostName, query.SourceName, "EventID", "Image", "ParentImage", "User", "TargetFilename", "name", "exe", "auid"}

// search is what a request asks for.
type search struct {
	query, host, source, from, to string
	oldest                        bool
	page                          int
}

func searchOf(values url.Values) search {
	page, err := strconv.Atoi(values.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	get := func(name string) string { return strings.TrimSpace(values.Get(name)) }
	return search{
		query: get("q"), host: get("host"), source: get("source"), from: get("from"), to: get("to"),
		oldest: values.Get("order") == "oldest", page: min(page, mostPages),
	}
}

// address is where the same search is, on that page.
func (q search) address(page int) string {
	values := url.Values{}
	for name, value := range map[string]string{"q": q.query, "host": q.host, "source": q.source, "from": q.from, "to": q.to} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if q.oldest {
		values.Set("order", "oldest")
	}
	if page > 1 {
		values.Set("page", strconv.Itoa(page))
	}
	return "/hunt?" + values.Encode()
}

// part is which of what is found a page shows.
func (q search) part() hunt.Page {
	return hunt.Page{Offset: (max(1, q.page) - 1) * eventsAPage, Limit: eventsAPage, Oldest: q.oldest, Facets: facetFields, Values: 8}
}

// with is the search narrowed by a further query, from its first page.
func (q search) with(more string) search {
	q.page = 1
	if q.query == "" {
		q.query = more
		return q
	}
	// A choice is put in parentheses: what is added holds for all of it.
	if strings.Contains(strings.ToLower(q.query), " or ") && !strings.HasPrefix(q.query, "(") {
		q.query = "(" + q.query + ")"
	}
	q.query += " " + more
	return q
}

// parse reads the query and what was chosen beside it.
func (q search) parse() (query.Query, []string) {
	var wrong []string
	if _, problems := query.Parse(q.query); len(problems) > 0 {
		for _, p := range problems {
			said := text("hunt.problem", p.From+1, p.Text)
			if p.Instead != "" {
				said += " " + text("hunt.instead", p.Instead)
			}
			wrong = append(wrong, said)
		}
	}
	all := q.query
	if all != "" {
		all = "(" + all + ")"
	}
	for _, chosen := range []struct{ field, value string }{{query.HostName, q.host}, {query.SourceName, q.source}} {
		if chosen.value != "" {
			all += " " + query.Pivot(chosen.field, chosen.value)
		}
	}
	for _, bound := range []struct{ field, value, wrong string }{{"after", q.from, "hunt.from"}, {"before", q.to, "hunt.to"}} {
		if bound.value == "" {
			continue
		}
		at, ok := parseTime(bound.value)
		if !ok {
			wrong = append(wrong, text("hunt.wrong_time", text(bound.wrong)))
			continue
		}
		all += " " + bound.field + ":" + at.Format(time.RFC3339Nano)
	}
	if len(wrong) > 0 {
		return query.Query{}, wrong
	}
	parsed, problems := query.Parse(all)
	for _, p := range problems {
		wrong = append(wrong, p.Text)
	}
	return parsed, wrong
}

// huntView is what the page of a search is given.
type huntView struct {
	Query, From, To string
	Oldest          bool
	Hosts, Sources  []pair
	Problems        []string
	Help            []pair
	Found, Page     string
	Earlier, Later  string
	Events          []eventRow
	Facets          []facetView
	Timeline        *timelineView
}

// eventRow is an event in a list.
type eventRow struct {
	hunt.View
	Picked bool
}

type facetView struct {
	Field  string
	Open   bool
	Values []facetValue
}

type facetValue struct{ Value, Count, To string }

func (s *Server) huntPage(v *visit, _ trainee) {
	asked := searchOf(v.r.URL.Query())
	view := huntView{Query: asked.query, From: asked.from, To: asked.to, Oldest: asked.oldest, Help: queryHelp()}
	parsed, problems := asked.parse()
	status := http.StatusOK
	if len(problems) > 0 {
		status, parsed = http.StatusUnprocessableEntity, query.Query{}
	}
	released := s.finder.upTo(s.options.Now(), s.room.Released)
	of, err := s.finder.find(v.r.Context(), parsed, released, asked.part())
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		v.fail(http.StatusServiceUnavailable)
		return
	case err != nil:
		v.broke(err)
		return
	}
	view.Hosts, view.Sources = choices(of.choices[0], asked.host), choices(of.choices[1], asked.source)
	if view.Problems = problems; len(problems) == 0 {
		view.fill(of, asked)
	}
	v.show(status, page{Name: "hunt", Title: text("hunt.title"), Data: view})
}

func choices(facet hunt.Facet, chosen string) []pair {
	var out []pair
	known := chosen == ""
	for _, value := range facet.Values {
		known = known || value.Value == chosen
		out = append(out, pair{Value: value.Value, Chosen: value.Value == chosen})
	}
	if !known {
		out = append(out, pair{Value: chosen, Chosen: true})
	}
	return out
}

// fill sets what the search found.
func (view *huntView) fill(of found, asked search) {
	result := of.result
	view.Timeline = timelineOf(of.buckets, asked)
	view.Found = text("hunt.found", grouped(strconv.Itoa(result.Total)), grouped(strconv.Itoa(of.released)))
	for _, note := range result.Notes {
		view.Problems = append(view.Problems, note.Text)
	}
	for _, event := range result.Events {
		view.Events = append(view.Events, eventRow{View: event})
	}
	view.Page = text("hunt.page", asked.page, max(1, (result.Total+eventsAPage-1)/eventsAPage))
	if asked.page > 1 {
		view.Earlier = asked.address(asked.page - 1)
	}
	if asked.page*eventsAPage < result.Total && asked.page < mostPages {
		view.Later = asked.address(asked.page + 1)
	}
	for i, facet := range result.Facets {
		if len(facet.Values) == 0 {
			continue
		}
		shown := facetView{Field: facet.Field, Open: i < 3}
		for _, value := range facet.Values {
			shown.Values = append(shown.Values, facetValue{value.Value, grouped(strconv.Itoa(value.Count)), asked.with(value.Query).address(1)})
		}
		view.Facets = append(view.Facets, shown)
	}
}

// queryHelp are examples of what can be asked.
func queryHelp() []pair {
	var out []pair
	for _, name := range []string{"text", "phrase", "field", "ends", "has", "host", "time", "or", "not"} {
		out = append(out, pair{Name: text("help." + name + ".example"), Value: text("help." + name)})
	}
	return out
}
