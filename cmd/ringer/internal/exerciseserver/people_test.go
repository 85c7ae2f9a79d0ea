package exerciseserver

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/browsertest"
)

// is has a tab be in somebody's session.
func (s *site) is(browser context.Context, who *browser, before ...chromedp.Action[chromedp.Void]) *tab {
	s.t.Helper()
	at, err := url.Parse(s.http.URL)
	require.NoError(s.t, err)
	set := browsertest.Call(network.SetCookie, network.SetCookieParams{Name: cookie, Value: who.token, URL: at.String(), Path: "/", Secure: new(true), HTTPOnly: new(true), SameSite: network.CookieSameSiteStrict})
	return s.tab(browser, append(before, set)...)
}

// lived is an exercise in which something of everything was done, with a tab of a trainee
// and one of an instructor.
func lived(t *testing.T, before ...chromedp.Action[chromedp.Void]) (s *site, ann, host *tab) {
	t.Helper()
	browser := chromium(t)
	s = openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	events := s.eventsOf(stepOne)
	for _, form := range []struct {
		who  *browserOf
		path string
		form url.Values
	}{
		{all.ann, "/finding", url.Values{"do": {"hand-in"}, "event": events, "technique": {"T1505.003"}, "host": {"EX01"}, "time": {"2021-06-01 08:05"}, "note": {"A page was written.\nIt is asked for at night."}}},
		{all.ann, "/finding", url.Values{"do": {"save"}, "event": events[:1], "note": {"To look at again"}}},
		{all.ann, "/finding", url.Values{"do": {"hand-in"}, "event": {s.ordinaryEvent()}}},
		{all.ann, "/hint", url.Values{"objective": {"foothold"}, "hint": {"where"}}},
		{all.ann, "/rules", url.Values{"do": {"hand-in"}, "rule": {ruleThatWorks}}},
		{all.ann, "/telemetry", url.Values{"buy": {"sysmon"}}},
		{all.bob, "/finding", url.Values{"do": {"hand-in"}, "event": s.eventsOf(stepTwo), "actor": {"naikon"}}},
		{all.instructor, "/instructor/note", url.Values{"text": {"Ten minutes are left."}}},
	} {
		require.Equal(t, 303, form.who.post(form.path, form.form).status, form.path)
	}
	require.Eventually(t, func() bool { return len(s.server.room.State().Unjudged()) == 0 }, 10*time.Second, 10*time.Millisecond)
	return s, s.is(browser, all.ann, before...), s.is(browser, all.instructor, before...)
}

type browserOf = browser

// pagesOf are the pages that people look at, with who does.
func pagesOf(s *site) (trainee, instructor []string) {
	return []string{"/", "/hunt", "/hunt?q=schtasks%20or", "/hunt?q=nothing-has-this", "/event/" + s.eventsOf(stepOne)[0], "/findings", "/finding?event=" + s.eventsOf(stepOne)[0], "/rules", "/telemetry", "/score", "/board", "/debrief", "/nowhere"},
		[]string{"/instructor", "/instructor/steps", "/instructor/teams", "/instructor/board", "/instructor/debrief"}
}

// tooWide are the elements that reach out of the window, but for those in what can be
// scrolled by itself.
const tooWide = `[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .skip, .hidden')).map((e) => e.tagName + '.' + e.getAttribute('class') + ' ' + Math.round(e.getBoundingClientRect().right) + ' ' + e.textContent.trim().slice(0, 40)).slice(0, 8)`

// The same rules that the HTML report is held to.
func TestPagesAreForEverybodysEyesAndEars(t *testing.T) {
	t.Parallel()
	s, ann, host := lived(t)
	checks, err := os.ReadFile("../../../../emulation/report/html/testdata/checks.js")
	require.NoError(t, err)
	trainee, instructor := pagesOf(s)
	for _, side := range []struct {
		of    *tab
		pages []string
	}{{ann, trainee}, {host, instructor}} {
		for i, path := range side.pages {
			side.of.run(size(1280, 900), scheme("light"))
			side.of.open(path)
			for _, shown := range []struct {
				name, color   string
				width, height int64
			}{{"desk", "light", 1280, 900}, {"dark", "dark", 1280, 900}, {"phone", "light", 360, 740}, {"projector", "light", 1920, 1080}} {
				side.of.run(size(shown.width, shown.height), scheme(shown.color))
				if shown.name != "projector" {
					picture(t, side.of, fmt.Sprintf("%d-%s-%s", i, strings.Join(regexp.MustCompile(`[a-z]+`).FindAllString(path, 2), "-"), shown.name))
				} else if path == "/board" || path == "/instructor/debrief" {
					picture(t, side.of, fmt.Sprintf("projector-%d", i))
				}
				evaluate[bool](side.of, `document.querySelectorAll('details').forEach((d) => { d.open = true; }); true`)
				assert.Empty(t, evaluate[[]string](side.of, string(checks)), "%s, %s", path, shown.name)
				assert.LessOrEqual(t, evaluate[int64](side.of, `document.documentElement.scrollWidth`), shown.width, "%s, %s: %v", path, shown.name, evaluate[[]string](side.of, tooWide))
			}
		}
		assert.Len(t, evaluate[[]string](side.of, `[...document.querySelectorAll('[aria-live], [role=status], [role=alert]')].map((e) => e.tagName)`), 1, "what changes is told")
	}
}

func TestTheFocusGoesThroughAPageInItsOrderAndIsSeen(t *testing.T) {
	t.Parallel()
	s, ann, host := lived(t, size(1280, 900))
	const here = `(() => {
		const stops = [...document.querySelectorAll('a[href]:not([tabindex]), button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter((e) => e.checkVisibility());
		const e = document.activeElement, css = getComputedStyle(e);
		return [stops.indexOf(e), stops.length, css.outlineStyle !== 'none' && parseFloat(css.outlineWidth) >= 2 ? 1 : 0];
	})()`
	for _, page := range []struct {
		of   *tab
		path string
	}{{ann, "/finding?event=" + s.eventsOf(stepOne)[0]}, {ann, "/"}, {host, "/instructor"}} {
		page.of.open(page.path)
		at := evaluate[[]int](page.of, here)
		require.Greater(t, at[1], 8)
		for i := range at[1] {
			page.of.run(chromedp.KeyEvent(kb.Tab))
			now := evaluate[[]int](page.of, here)
			require.Equal(t, i, now[0], "%s: the stops are in the order of the page", page.path)
			assert.Equal(t, 1, now[2], "%s: the focus is seen at stop %d: %s", page.path, i, evaluate[string](page.of, `document.activeElement.outerHTML.slice(0, 200)`))
		}
	}
	ann.open("/hunt")
	ann.run(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
	assert.Equal(t, "q", evaluate[string](ann, `document.activeElement.id`), "the first stop skips to the page")
	evaluate[bool](ann, `document.querySelector('#results tbody tr:nth-child(2) th a').focus(); true`)
	ann.run(chromedp.KeyEvent(kb.ArrowDown))
	assert.True(t, evaluate[bool](ann, `document.activeElement === document.querySelector('#results tbody tr:nth-child(3) th a')`), "arrows go through the results")
}

// What the instructor does is seen on a page that stays open.
func TestAnOpenPageIsTold(t *testing.T) {
	t.Parallel()
	s, ann, host := lived(t, size(1280, 900))
	ann.open("/")
	host.open("/instructor")
	ann.eventually(`document.querySelector('#clock-released').textContent === '34 events'`, "the clock is told")
	host.write("#text", "Look at <b>EX01</b>")
	host.press(`form[action="/instructor/note"] button`)
	ann.eventually(`document.querySelector('#live-notes').innerText.includes('Look at <b>EX01</b>')`, "the note is shown")
	assert.Contains(t, evaluate[string](ann, `document.querySelector('#told').textContent`), "Look at <b>EX01</b>", "and read out")
	assert.Zero(t, evaluate[int](ann, `document.querySelectorAll('main b b, #told b').length`))
	ann.open("/hunt")
	assert.Equal(t, "Look at <b>EX01</b>", evaluate[string](ann, `document.querySelector('#latest').textContent`), "the note is on every page")
	host.write("#text", "Ten minutes more.")
	host.press(`form[action="/instructor/note"] button`)
	ann.eventually(`document.querySelector('#latest').textContent === 'Ten minutes more.'`, "also one that is open")
	host.press(`button[value="pause"]`)
	ann.eventually(`document.querySelector('#clock-state').textContent === 'paused'`, "the pause is told")

	ann.open("/board")
	before := s.server.room.Board(0).Rows
	require.NoError(t, s.server.AddTeam(t.Context(), "Late", nil))
	ann.eventually(fmt.Sprintf(`document.querySelectorAll('#live-board tbody tr').length === %d`, len(before)+1), "the board is told")
	s.browser().get("/join/nobodys-link")
	host.open("/instructor")
	s.browser().get("/join/nobodys-link")
	host.eventually(`document.querySelector('#live-refused dd').textContent === '2'`, "refused tries are told")
	ann.quiet()
	host.quiet()
}
