package exerciseserver

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
)

// calls are how each route is called in the tests. A route that has none fails the test.
var calls = map[string]struct {
	path string
	form url.Values
	want int // of who may
}{
	"GET /{$}":                      {path: "/", want: 200},
	"GET /static/":                  {path: "STATIC", want: 200},
	"GET /join/{token}":             {path: "LINK", want: 200},
	"POST /join/{token}":            {path: "LINK", form: url.Values{}, want: 303},
	"GET /hunt":                     {path: "/hunt?q=schtasks", want: 200},
	"GET /event/{id}":               {path: "EVENT", want: 200},
	"GET /findings":                 {path: "/findings", want: 200},
	"GET /finding":                  {path: "/finding", want: 200},
	"POST /finding":                 {path: "/finding", form: url.Values{"do": {"save"}, "note": {"x"}}, want: 303},
	"GET /rules":                    {path: "/rules", want: 200},
	"POST /rules":                   {path: "/rules", form: url.Values{"do": {"try"}, "rule": {"title: x"}}, want: 200},
	"GET /telemetry":                {path: "/telemetry", want: 200},
	"POST /telemetry":               {path: "/telemetry", form: url.Values{"buy": {"web"}}, want: 303},
	"POST /hint":                    {path: "/hint", form: url.Values{"objective": {"foothold"}, "hint": {"where"}}, want: 303},
	"GET /score":                    {path: "/score", want: 200},
	"GET /board":                    {path: "/board", want: 200},
	"GET /debrief":                  {path: "/debrief", want: 403}, // before the end
	"GET /live":                     {path: "/live", want: 200},
	"POST /leave":                   {path: "/leave", form: url.Values{}, want: 303},
	"GET /instructor":               {path: "/instructor", want: 200},
	"POST /instructor/clock":        {path: "/instructor/clock", form: url.Values{"do": {"pause"}}, want: 303},
	"POST /instructor/note":         {path: "/instructor/note", form: url.Values{"text": {"hello"}}, want: 303},
	"GET /instructor/steps":         {path: "/instructor/steps", want: 200},
	"POST /instructor/inject":       {path: "/instructor/inject", form: url.Values{"step": {stepOne}}, want: 303},
	"GET /instructor/teams":         {path: "/instructor/teams", want: 200},
	"POST /instructor/teams":        {path: "/instructor/teams", form: url.Values{"do": {"team"}, "name": {"Red"}}, want: 303},
	"GET /instructor/board":         {path: "/instructor/board", want: 200},
	"POST /instructor/freeze":       {path: "/instructor/freeze", form: url.Values{"do": {"freeze"}}, want: 303},
	"GET /instructor/debrief":       {path: "/instructor/debrief", want: 200},
	"GET /instructor/export/{name}": {path: "/instructor/export/debrief.csv", want: 200},
	"GET /instructor/live":          {path: "/instructor/live", want: 200},
	"POST /instructor/leave":        {path: "/instructor/leave", form: url.Values{}, want: 303},
}

func TestEveryRouteAnswersWhoMayAndNobodyElse(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	who := map[string]*browser{"nobody": all.nobody, "trainee of team 1": all.ann, "trainee of team 2": all.bob, "instructor": all.instructor}
	roles := map[string]access.Role{"nobody": access.Nobody, "trainee of team 1": access.Trainee, "trainee of team 2": access.Trainee, "instructor": access.Instructor}
	require.Len(t, s.server.routes, len(calls), "each route is called")
	for _, route := range s.server.routes {
		name := route.method + " " + route.pattern
		call, ok := calls[name]
		require.True(t, ok, "%s is not in the table of the test", name)
		if strings.HasSuffix(route.pattern, "/leave") {
			continue // below: it ends the session
		}
		for caller, b := range who {
			want := call.want
			switch {
			case route.role == access.Nobody && route.pattern == "/{$}" && caller == "instructor":
				want = http.StatusSeeOther
			case route.role == access.Nobody:
			case roles[caller] == access.Nobody:
				want = http.StatusUnauthorized
			case roles[caller] != route.role:
				want = http.StatusForbidden
			}
			got := s.call(b, route.method, call.path, call.form)
			assert.Equal(t, want, got.status, "%s of %s: %s", name, caller, got.body)
			if want >= 400 && call.want < 400 {
				lacks(t, got.body, "hushed", name+" of "+caller)
				assert.Empty(t, got.header.Get("Location"))
			}
		}
	}
	for caller, path := range map[string]string{"trainee of team 1": "/leave", "instructor": "/instructor/leave"} {
		before := who[caller].token
		assert.Equal(t, http.StatusSeeOther, who[caller].post(path, nil).status)
		who[caller].token = before
		assert.Equal(t, http.StatusUnauthorized, who[caller].get("/hunt").status, "the session is over, also for who kept its cookie")
	}
}

// call calls a route, of one that lasts only its beginning.
func (s *site) call(b *browser, method, path string, form url.Values) answer {
	s.t.Helper()
	switch path {
	case "STATIC":
		path = assetPath("style.css")
	case "EVENT":
		path = "/event/" + s.eventsOf(stepOne)[0]
	case "LINK":
		link, err := s.server.NewLink(s.t.Context(), access.Identity{Role: access.Instructor})
		require.NoError(s.t, err)
		at, err := url.Parse(link)
		require.NoError(s.t, err)
		kept := b.token
		defer func() { b.token = kept }()
		if method == http.MethodPost {
			token := strings.TrimPrefix(at.Path, "/join/")
			return b.send(method, at.Path, url.Values{"form": {access.FormToken(token)}})
		}
		path = at.Path
	}
	if strings.HasSuffix(path, "/live") {
		return b.beginning(path)
	}
	if method == http.MethodPost {
		return b.post(path, form)
	}
	return b.get(path)
}

// What a member of one team made is not found by a member of another, whatever number is
// asked for; nor does any page of theirs show it.
func TestTeamsCannotSeeOneAnother(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	events := s.eventsOf(stepOne)
	require.Equal(t, 303, all.ann.post("/finding", url.Values{"do": {"save"}, "note": {"annas-draft"}, "event": events[:1]}).status)
	require.Equal(t, 303, all.ann.post("/finding", url.Values{"do": {"hand-in"}, "note": {"annas-finding"}, "event": events}).status)
	require.Equal(t, 303, all.ann.post("/rules", url.Values{"do": {"hand-in"}, "rule": {"title: annas-rule"}}).status)
	require.Equal(t, 303, all.ann.post("/hint", url.Values{"objective": {"foothold"}, "hint": {"where"}}).status)
	own := all.ann.get("/findings").body
	assert.Contains(t, own, "annas-draft")
	assert.Contains(t, own, "annas-finding")
	assert.Contains(t, all.ann.get("/").body, "hushed-hint")
	for _, path := range []string{"/", "/findings", "/finding", "/rules", "/score", "/telemetry", "/board", "/hunt"} {
		body := all.bob.get(path).body
		for _, theirs := range []string{"annas-", "hushed-hint", "Ann"} {
			lacks(t, body, theirs, path)
		}
	}
	for number := range s.server.room.State().Applied() + 1 {
		draft := all.bob.get("/finding?draft=" + grouped(itoa(number)))
		assert.Equal(t, http.StatusNotFound, draft.status, "entry %d", number)
	}
}
