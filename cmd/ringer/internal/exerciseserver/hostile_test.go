package exerciseserver

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
)

// payloads are texts that would do something where they were not inert.
var payloads = map[string]string{
	"script":    `<script>hostile()</script>`,
	"attribute": `" onmouseover="hostile()" x="`,
	"element":   `'><img src=x onerror=hostile()>`,
	"closing":   `</textarea></title></datalist><svg onload=hostile()>`,
	"template":  `{{printf "%s%s" "RAN" "DOWN"}}${"RAN"+"DOWN"}`,
	"sql":       `x'); DROP TABLE entries; --`,
	"header":    "x\r\nSet-Cookie: hostile=1\r\n\r\n<script>hostile()</script>",
	"address":   `javascript:hostile()`,
	"stream":    "x\n\nevent: clock\ndata: {\"state\":\"hostile\"}\n\n",
	"style":     `</style><style>*{background:url(https://hostile.example)}`,
	"direction": "\u202ehostile\u2066",
	"nothing":   "\x00\x1b[2Jhostile",
	"broken":    "\xff\xfehostile",
	"long":      strings.Repeat("hostile ", 20000),
}

// active are traces of a payload that is not inert.
var active = []string{"<script>hostile", "<img src=x", "<svg onload", `" onmouseover=`, "RANDOWN", `href="javascript:`, `action="javascript:`, "<style>*", "\u202e", "\x00", "\x1b"}

func assertInert(t *testing.T, got answer, about string) {
	t.Helper()
	assert.NotEqual(t, http.StatusInternalServerError, got.status, about)
	assert.Empty(t, got.header.Values("Hostile"), about)
	for _, set := range got.header.Values("Set-Cookie") {
		assert.False(t, strings.HasPrefix(set, "hostile"), about)
	}
	for _, trace := range active {
		lacks(t, got.body, trace, about)
	}
}

// forms are every form with every field; the pages on which each is shown are read after.
var forms = []struct {
	who    string
	path   string
	form   url.Values
	fields []string
}{
	{"ann", "/finding", url.Values{"do": {"save"}}, []string{"technique", "host", "actor", "time", "note", "more", "event", "do", "key", "form"}},
	{"ann", "/finding", url.Values{"do": {"hand-in"}, "event": {"EVENT"}}, []string{"technique", "host", "actor", "time", "note", "more", "event", "key"}},
	{"ann", "/rules", url.Values{"do": {"try"}}, []string{"rule", "do"}},
	{"ann", "/rules", url.Values{"do": {"hand-in"}}, []string{"rule", "key"}},
	{"ann", "/telemetry", url.Values{}, []string{"buy", "key"}},
	{"ann", "/hint", url.Values{"objective": {"foothold"}, "hint": {"where"}}, []string{"objective", "hint", "key"}},
	{"instructor", "/instructor/note", url.Values{}, []string{"text", "key"}},
	{"instructor", "/instructor/clock", url.Values{"do": {"pace"}, "pace": {"60"}}, []string{"pace", "do", "key"}},
	{"instructor", "/instructor/clock", url.Values{"do": {"jump"}}, []string{"to"}},
	{"instructor", "/instructor/clock", url.Values{"do": {"end"}}, []string{"sure"}},
	{"instructor", "/instructor/inject", url.Values{"step": {stepOne}}, []string{"step", "key"}},
	{"instructor", "/instructor/freeze", url.Values{}, []string{"do"}},
	{"instructor", "/instructor/teams", url.Values{"do": {"team"}}, []string{"name", "do"}},
	{"instructor", "/instructor/teams", url.Values{"do": {"member"}, "team": {"TEAM"}}, []string{"name", "team"}},
	{"instructor", "/instructor/teams", url.Values{"do": {"link"}, "team": {"TEAM"}, "member": {"x"}}, []string{"member", "team"}},
}

func TestHostileTextInAnyFieldComesOutInert(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	who := map[string]*browser{"ann": all.ann, "instructor": all.instructor}
	event, team := s.eventsOf(stepOne)[0], s.member("Blue", "Ann").Team
	for _, form := range forms {
		for _, field := range form.fields {
			for name, payload := range payloads {
				values := url.Values{}
				for key, value := range form.form {
					values[key] = []string{strings.NewReplacer("EVENT", event, "TEAM", team).Replace(value[0])}
				}
				values[field] = []string{payload}
				assertInert(t, who[form.who].post(form.path, values), form.path+" "+field+": "+name)
			}
		}
	}
	for _, path := range []string{"/", "/hunt", "/findings", "/finding", "/rules", "/telemetry", "/score", "/board"} {
		assertInert(t, all.ann.get(path), path)
		assertInert(t, all.bob.get(path), path)
	}
	for _, path := range []string{"/instructor", "/instructor/steps", "/instructor/teams", "/instructor/board", "/instructor/debrief"} {
		assertInert(t, all.instructor.get(path), path)
	}
	// What can be taken was: the words are there, as text.
	assert.Contains(t, all.ann.get("/").body, "&lt;script&gt;hostile()&lt;/script&gt;")
	assert.Contains(t, all.instructor.get("/instructor/board").body, "{{printf &#34;%s%s&#34;")
	assert.Contains(t, all.ann.get("/findings").body, "DROP TABLE entries; --")
	assert.NotContains(t, s.logged.String(), "panic")
}

func TestHostileTextInAnAddressComesOutInert(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	for name, payload := range payloads {
		if len(payload) > 8000 {
			payload = payload[:8000]
		}
		given := url.QueryEscape(payload)
		for _, parameter := range []string{"q", "host", "source", "from", "to", "order", "page"} {
			assertInert(t, all.ann.get("/hunt?"+parameter+"="+given), "hunt "+parameter+": "+name)
		}
		for _, path := range []string{"/finding?draft=", "/finding?event=", "/findings?done=", "/rules?done=", "/?done=", "/event/", "/debrief?step="} {
			assertInert(t, all.ann.get(path+url.PathEscape(payload)), path+name)
		}
		for _, path := range []string{"/join/", "/static/", "/nowhere/"} {
			assertInert(t, all.nobody.get(path+url.PathEscape(payload)), path+name)
			s.passing(time.Minute)
		}
		for _, path := range []string{"/instructor/export/", "/instructor/debrief?step=", "/instructor?done="} {
			assertInert(t, all.instructor.get(path+url.PathEscape(payload)), path+name)
		}
	}
}

// A line break in a note does not begin an event of its own in what pages are told.
func TestANoteCannotForgeWhatPagesAreTold(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.http.URL+"/live", nil)
	require.NoError(t, err)
	r.AddCookie(&http.Cookie{Name: cookie, Value: all.ann.token})
	response, err := all.ann.client.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	require.True(t, lines.Scan())
	require.Equal(t, 303, all.instructor.post("/instructor/note", url.Values{"text": {payloads["stream"] + payloads["script"]}}).status)
	var events []string
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			events = append(events, name)
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && events != nil && events[len(events)-1] == "note" {
			assert.Contains(t, data, `\n\nevent: clock`)
			break
		}
	}
	assert.NotEmpty(t, events)
	assert.Equal(t, http.StatusSeeOther, all.instructor.post("/instructor/leave", url.Values{"form": {access.FormToken(all.instructor.token)}}).status)
}
