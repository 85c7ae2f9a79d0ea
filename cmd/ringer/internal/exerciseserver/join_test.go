package exerciseserver

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
)

// pathOf is the path of a new link.
func (s *site) pathOf(who access.Identity) string {
	s.t.Helper()
	link, err := s.server.NewLink(s.t.Context(), who)
	require.NoError(s.t, err)
	at, err := url.Parse(link)
	require.NoError(s.t, err)
	return at.Path
}

func TestALinkThatIsLookedAtIsNotUsedUp(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	path := s.pathOf(access.Identity{Role: access.Instructor})
	preview := s.browser()
	for range 3 {
		shown := preview.get(path)
		require.Equal(t, http.StatusOK, shown.status)
		assert.Empty(t, shown.header.Values("Set-Cookie"))
		assert.Equal(t, http.StatusOK, preview.send(http.MethodHead, path, nil).status)
	}
	b := s.browser()
	joined := b.send(http.MethodPost, path, url.Values{"form": {hiddenValue(t, b.get(path).body, "form")}})
	require.Equal(t, http.StatusSeeOther, joined.status)
	assert.Equal(t, "/", joined.header.Get("Location"))
	set := joined.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-ringer=", "Path=/", "HttpOnly", "Secure", "SameSite=Strict"} {
		assert.Contains(t, set, part)
	}
	assert.NotContains(t, set, "Domain")
	assert.Equal(t, http.StatusOK, b.get("/instructor").status)
}

func TestALinkIsUsedOnceAlsoByManyAtOnce(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	path := s.pathOf(access.Identity{Role: access.Instructor})
	form := url.Values{"form": {access.FormToken(strings.TrimPrefix(path, "/join/"))}}
	var mutex sync.Mutex
	statuses := map[int]int{}
	var all sync.WaitGroup
	for range 8 {
		b := s.browser()
		all.Go(func() {
			got := b.send(http.MethodPost, path, form)
			mutex.Lock()
			defer mutex.Unlock()
			statuses[got.status]++
		})
	}
	all.Wait()
	assert.Equal(t, map[int]int{http.StatusSeeOther: 1, http.StatusGone: 7}, statuses)
	assert.Equal(t, int64(7), s.server.counts.Of(access.SpentLink))
	assert.Equal(t, http.StatusGone, s.browser().get(path).status)
	assert.Equal(t, int64(8), s.server.counts.Of(access.SpentLink))
}

func TestJoiningTakesTheFormOfTheLinksOwnPage(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	path := s.pathOf(access.Identity{Role: access.Instructor})
	for _, form := range []url.Values{{}, {"form": {"x"}}, {"form": {access.FormToken("another")}}} {
		assert.Equal(t, http.StatusForbidden, s.browser().send(http.MethodPost, path, form).status)
	}
	right := url.Values{"form": {access.FormToken(strings.TrimPrefix(path, "/join/"))}}
	cross := s.browser().send(http.MethodPost, path, right, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	assert.Equal(t, http.StatusForbidden, cross.status)
	assert.Equal(t, http.StatusSeeOther, s.browser().send(http.MethodPost, path, right).status)
}

func TestTenThousandWrongTriesAreRefusedAndCounted(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	path := s.pathOf(s.member("Blue", "Ann"))
	const tries = 10_000
	b := s.browser()
	for i := range tries {
		got := b.get("/join/" + access.NewToken())
		if i < 20 {
			require.Equal(t, http.StatusNotFound, got.status)
		} else {
			require.Equal(t, http.StatusTooManyRequests, got.status)
			require.NotEmpty(t, got.header.Get("Retry-After"))
		}
	}
	assert.Equal(t, int64(20), s.server.counts.Of(access.UnknownLink))
	assert.Equal(t, int64(tries-20), s.server.counts.Of(access.TooMany))
	assert.Equal(t, 1, s.server.limiter.Remembered())
	assert.Equal(t, http.StatusTooManyRequests, b.get(path).status, "not even the right one is taken meanwhile")
	assert.Equal(t, http.StatusOK, all.ann.get("/hunt").status, "who has joined goes on")
	shown := all.instructor.get("/instructor")
	assert.Contains(t, shown.body, "9,981", "the instructor sees it")
	s.passing(time.Minute)
	assert.Equal(t, http.StatusOK, b.get(path).status, "after a while the link is taken")
}

func TestGuessedSessionsAreRefusedAndCounted(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	b := s.browser()
	for range 100 {
		b.token = access.NewToken()
		require.Equal(t, http.StatusUnauthorized, b.get("/hunt").status)
	}
	assert.Equal(t, int64(20), s.server.counts.Of(access.UnknownSession))
	assert.Equal(t, int64(80), s.server.counts.Of(access.TooMany))
	assert.Equal(t, http.StatusOK, all.ann.get("/hunt").status)
}

func TestAFormWithoutItsTokenIsRefusedAndCounted(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	before := s.server.room.State().Applied()
	for name, call := range calls {
		path, ok := strings.CutPrefix(name, "POST ")
		if !ok || strings.HasPrefix(path, "/join") {
			continue
		}
		b := all.ann
		if strings.HasPrefix(path, "/instructor") {
			b = all.instructor
		}
		for _, token := range []string{"", "x", access.FormToken(all.bob.token)} {
			form := url.Values{"form": {token}}
			for key, value := range call.form {
				form[key] = value
			}
			assert.Equal(t, http.StatusForbidden, b.send(http.MethodPost, path, form).status, "%s with %q", path, token)
		}
		form := url.Values{"form": {access.FormToken(b.token)}}
		cross := b.send(http.MethodPost, path, form, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
		assert.Equal(t, http.StatusForbidden, cross.status, path)
	}
	assert.Positive(t, s.server.counts.Of(access.WrongForm))
	assert.Positive(t, s.server.counts.Of(access.OtherSite))
	assert.Equal(t, before, s.server.room.State().Applied(), "and nothing was done")
}

func TestNoSecretIsLoggedOrKept(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	path := s.pathOf(access.Identity{Role: access.Instructor})
	all := s.people()
	s.log.mutex.Lock()
	s.log.broken = true
	s.log.mutex.Unlock()
	require.Equal(t, http.StatusInternalServerError, all.ann.post("/hint", url.Values{"objective": {"foothold"}, "hint": {"where"}}).status)
	assert.Contains(t, s.logged.String(), "the disk is full")
	said := s.logged.String()
	for _, e := range s.log.entries {
		said += e.Key
		if e.Token != nil {
			said += e.Token.Hash + e.Token.From
		}
	}
	for _, secret := range []string{all.ann.token, all.bob.token, all.instructor.token, strings.TrimPrefix(path, "/join/")} {
		assert.NotContains(t, said, secret)
	}
}

// A session that asks for much at a time has nobody else wait.
func TestASessionAsksForSoMuchAtATime(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	session := access.Digest(all.ann.token)
	for range maxAsking {
		require.True(t, s.server.asking.enter(session))
	}
	got := all.ann.get("/hunt")
	assert.Equal(t, http.StatusTooManyRequests, got.status)
	assert.Equal(t, "1", got.header.Get("Retry-After"))
	assert.Equal(t, http.StatusOK, all.bob.get("/hunt").status)
	s.server.asking.leave(session)
	assert.Equal(t, http.StatusOK, all.ann.get("/hunt").status)
	for range maxOpenOwn {
		require.True(t, s.server.open.enter(session))
	}
	assert.Equal(t, http.StatusServiceUnavailable, all.ann.beginning("/live").status)
	assert.Equal(t, http.StatusOK, all.bob.beginning("/live").status)
}

func TestTeamsAreMadeOnTheInstructorsPage(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	teams := func(form url.Values) answer { t.Helper(); return all.instructor.post("/instructor/teams", form) }
	assert.Equal(t, http.StatusSeeOther, teams(url.Values{"do": {"team"}, "name": {"Red"}}).status)
	again := teams(url.Values{"do": {"team"}, "name": {"red"}})
	assert.Equal(t, http.StatusUnprocessableEntity, again.status)
	assert.Contains(t, again.body, "There is a team “red” already.")
	assert.Equal(t, http.StatusUnprocessableEntity, teams(url.Values{"do": {"team"}, "name": {" "}}).status)
	red := teamID("Red")
	assert.Equal(t, http.StatusSeeOther, teams(url.Values{"do": {"member"}, "team": {red}, "name": {"Eve"}}).status)
	again = teams(url.Values{"do": {"member"}, "team": {red}, "name": {"EVE"}})
	assert.Equal(t, http.StatusUnprocessableEntity, again.status)
	assert.Contains(t, again.body, "already")
	assert.Equal(t, http.StatusUnprocessableEntity, teams(url.Values{"do": {"member"}, "team": {"nobodys"}, "name": {"Eve"}}).status)
	for _, form := range []url.Values{{"do": {"link"}, "team": {red}, "member": {"x"}}, {"do": {"link"}}} {
		assert.Equal(t, http.StatusNotFound, teams(form).status)
	}
	links := teams(url.Values{"do": {"links"}})
	assert.Equal(t, http.StatusOK, links.status)
	assert.Equal(t, 1, strings.Count(links.body, "/join/"), "only Eve has not joined")
	assert.Contains(t, links.body, "Eve of team Red")
	lacks(t, all.instructor.get("/instructor/teams").body, "/join/", "the page after it")
	more := teams(url.Values{"do": {"instructor"}})
	assert.Equal(t, 1, strings.Count(more.body, "/join/"))
}

// While events are read, nothing is answered that would be wrong without them.
func TestUntilAllIsReadEveryPageSaysSo(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	var ready atomic.Bool
	s.server.options.Ready = ready.Load
	for name, call := range calls {
		method, _, _ := strings.Cut(name, " ")
		if call.path == "STATIC" || call.path == "EVENT" || call.path == "LINK" {
			continue
		}
		got := all.ann.send(method, call.path, map[string]url.Values{http.MethodPost: {}}[method])
		assert.Equal(t, http.StatusServiceUnavailable, got.status, name)
		assert.Equal(t, method == http.MethodGet, got.header.Get("Refresh") != "", name)
	}
	assert.Equal(t, http.StatusOK, all.ann.get(assetPath("style.css")).status)
	ready.Store(true)
	assert.Equal(t, http.StatusOK, all.ann.get("/hunt").status)
}
