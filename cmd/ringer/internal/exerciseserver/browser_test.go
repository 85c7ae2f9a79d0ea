package exerciseserver

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/emulation/report/browsertest"
)

var pictures = flag.String("pictures", "", "a folder to write pictures of the pages to")

// patience is how long the browser may take for what it is asked.
const patience = time.Minute

// chromium is one browser for a test; the test is skipped where there is none.
func chromium(t *testing.T) context.Context {
	t.Helper()
	// The certificate is the server's own.
	browser, stop := chromedp.NewContext(browsertest.Allocator(t, exec.LookPath, chromedp.IgnoreCertErrors))
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(browser, chromedp.Navigate("about:blank")))
	return browser
}

// tab is somebody's page in a browser context of their own: cookies are not shared.
type tab struct {
	context.Context
	t    *testing.T
	site *site

	mutex    sync.Mutex
	messages []string // what the browser said against a page, and requests to elsewhere
}

func (s *site) tab(browser context.Context, before ...chromedp.Action[chromedp.Void]) *tab {
	s.t.Helper()
	out := &tab{t: s.t, site: s}
	var stop context.CancelFunc
	out.Context, stop = chromedp.NewContext(browser, chromedp.WithNewBrowserContext(), chromedp.WithListener(out.onEvent))
	s.t.Cleanup(stop)
	// The first actions make the page: it lasts as long as their context.
	require.NoError(s.t, chromedp.Do(out.Context, append([]chromedp.Action[chromedp.Void]{browsertest.Call(network.Enable, network.EnableParams{}), browsertest.Call(log.Enable, cdp.Empty{})}, before...)...))
	return out
}

func (p *tab) onEvent(said any) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch said := said.(type) {
	case *runtime.EventExceptionThrown:
		p.messages = append(p.messages, "exception: "+said.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		p.messages = append(p.messages, "log: "+said.Entry.Text+" "+said.Entry.URL)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(said.Request.URL, p.site.http.URL+"/") {
			p.messages = append(p.messages, "request: "+said.Request.URL)
		}
	}
}

// quiet tells that the browser had nothing to say against any page.
func (p *tab) quiet() {
	p.t.Helper()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	assert.Empty(p.t, p.messages)
}

func (p *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p, patience)
	defer stop()
	require.NoError(p.t, chromedp.Do(ctx, actions...))
}

func (p *tab) open(path string) { p.t.Helper(); p.run(chromedp.Navigate(p.site.http.URL + path)) }

// press presses a button or link that leads to another page.
func (p *tab) press(selector string) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p, patience)
	defer stop()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	require.NoError(p.t, err, selector)
}

func (p *tab) write(selector, text string) {
	p.t.Helper()
	evaluate[bool](p, fmt.Sprintf(`document.querySelector(%q).value = ''; true`, selector))
	p.run(chromedp.SendKeys(chromedp.CSS(selector), text))
}

func evaluate[T any](p *tab, script string) T {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p, patience)
	defer stop()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	require.NoError(p.t, err, script)
	return value
}

// said is what a page says.
func (p *tab) said() string { p.t.Helper(); return evaluate[string](p, `document.body.innerText`) }

// eventually waits until the page says something of itself, without being read again.
func (p *tab) eventually(script, what string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return evaluate[bool](p, script) }, 20*time.Second, 50*time.Millisecond, what)
}

// scheme has pages shown in a colour scheme.
func scheme(color string) chromedp.Action[chromedp.Void] {
	return browsertest.Call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "screen", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: color}}})
}

func size(width, height int64) chromedp.Action[chromedp.Void] {
	return browsertest.Call(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

func noScript() chromedp.Action[chromedp.Void] {
	return browsertest.Call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// joined is a tab of somebody who joined by pressing the button of a link's page.
func (s *site) joined(browser context.Context, link string, before ...chromedp.Action[chromedp.Void]) *tab {
	s.t.Helper()
	p := s.tab(browser, before...)
	at, err := url.Parse(link)
	require.NoError(s.t, err)
	p.open(at.Path)
	p.press("main button")
	return p
}

const ruleThatWorks = "title: Task at night\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n  selection:\n    Image|endswith: '\\\\schtasks.exe'\n  condition: selection\n"

// exerciseInABrowser is an exercise of two teams from the first link to the debrief; with
// is what is done to a trainee's browser before.
func exerciseInABrowser(t *testing.T, name string, with ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	browser := chromium(t)
	s := openSite(t, &memoryLog{})
	link, err := s.server.NewLink(t.Context(), access.Identity{Role: access.Instructor})
	require.NoError(t, err)
	host := s.joined(browser, link, size(1280, 1400))

	host.open("/instructor/teams")
	people := map[string]*tab{}
	for team, member := range map[string]string{"Blue": "Ann", "Green": "Bob"} {
		host.write("#name", team)
		host.press(`button[value="team"]`)
		id := evaluate[string](host, fmt.Sprintf(`[...document.querySelectorAll('main h2')].find((h) => h.textContent === %q).id`, team))
		host.write(fmt.Sprintf(`section[aria-labelledby="%s"] input[name="name"]:not([type="hidden"])`, id), member)
		host.press(fmt.Sprintf(`section[aria-labelledby="%s"] button[value="member"]`, id))
		host.press(fmt.Sprintf(`section[aria-labelledby="%s"] button[value="link"]`, id))
		people[member] = s.joined(browser, evaluate[string](host, `document.querySelector('.links code').textContent`), with...)
	}
	ann, bob := people["Ann"], people["Bob"]
	assert.Contains(t, ann.said(), "Who was at the mail host?")
	picture(t, host, name+"-teams")
	host.open("/instructor")
	host.press(`button[value="start"]`)
	s.passing(time.Minute)

	// Each finds a step by searching, picks its events and hands them in.
	for _, found := range []struct {
		by                            *tab
		query, technique, host, actor string
	}{{ann, "w3wp.exe", "T1505.003", "EX01", "soft_cell"}, {bob, "Image:*schtasks.exe", "T1053.005", "DC01", "soft_cell"}} {
		found.by.open("/hunt")
		found.by.write("#q", found.query)
		found.by.press(`form[role="search"] button`)
		require.Contains(t, found.by.said(), "2 of 34 released events found")
		found.by.run(chromedp.Click(chromedp.CSS("#results tbody tr:nth-child(1) .pick input")), chromedp.Click(chromedp.CSS("#results tbody tr:nth-child(2) .pick input")))
		found.by.press("form[action='/finding'] .actions button")
		found.by.write("#technique", found.technique)
		evaluate[bool](found.by, fmt.Sprintf(`document.querySelector('#actor').value = %q; true`, found.actor))
		require.Equal(t, found.host, evaluate[string](found.by, `document.querySelector('#host').value`), "it is that of the events")
		found.by.press(`button[value="hand-in"]`)
		require.Contains(t, found.by.said(), "Handed in.")
	}
	// Bob also accuses an ordinary day.
	bob.open("/hunt?q=netsvcs&order=oldest")
	bob.press("#results tbody tr:nth-child(1) th a")
	bob.press(`form[action="/finding"] button`)
	bob.press(`button[value="hand-in"]`)

	// Ann's rule works, Bob's alarms; both are tried first.
	for member, rule := range map[string]string{"Ann": ruleThatWorks, "Bob": strings.ReplaceAll(ruleThatWorks, `'\\schtasks.exe'`, "['schtasks.exe', 'svchost.exe']")} {
		p := people[member]
		p.open("/rules")
		p.run(chromedp.SetValue(chromedp.CSS("#rule"), rule))
		p.press(`button[value="try"]`)
		said := p.said()
		if member == "Ann" {
			assert.Contains(t, said, "2 alerts on what is released")
			assert.Contains(t, said, "0 alarms on ordinary days")
		} else {
			assert.Contains(t, said, "32 alerts on what is released")
			assert.Contains(t, said, "4 alarms on ordinary days")
		}
		p.press(`button[value="hand-in"]`)
		assert.Contains(t, p.said(), "The rule was handed in")
	}
	picture(t, ann, name+"-rules")
	ann.open("/")
	ann.press(`form[action="/hint"] button`)
	assert.Contains(t, ann.said(), "Look at the hushed-hint of the mail host.")

	// The scores are those of the log, with how they come about.
	require.Eventually(t, func() bool { return len(s.server.room.State().Unjudged()) == 0 }, 10*time.Second, 10*time.Millisecond)
	ann.open("/score")
	assert.Contains(t, ann.said(), "technique 0.25 × 1 + host 0.25 × 1 + time 0.25 × 1 + evidence (2 of 2 events) 0.25 × 1")
	board := s.server.room.Board(0)
	require.Len(t, board.Rows, 2)
	assert.Equal(t, []any{"Blue", 30 + 40 - 5, 20}, []any{board.Rows[0].Name, board.Rows[0].Points, board.Rows[0].Attribution})
	assert.Equal(t, []any{"Green", 20 - 4 - 5, -10}, []any{board.Rows[1].Name, board.Rows[1].Points, board.Rows[1].Attribution})
	bob.open("/board")
	said := bob.said()
	assert.Regexp(t, `(?s)1\s+Blue\s+65\s+20.*2\s+Green your team\s+11\s+-10`, said)
	picture(t, bob, name+"-board")

	host.open("/instructor")
	picture(t, host, name+"-control")
	host.run(chromedp.Click(chromedp.CSS("#sure")))
	host.press(`button[value="end"]`)
	host.open("/instructor/debrief")
	said = host.said()
	for _, truth := range []string{titleOne, "T1505.003", "EX01", "hushed rule title", "Named GALLIUM, rightly.", "What only hunting found", titleTwo + ": Green", "False accusations", "Green, finding"} {
		assert.Contains(t, said, truth)
	}
	host.press(`a[rel="next"]`)
	assert.Contains(t, host.said(), "Named GALLIUM, wrongly.")
	picture(t, host, name+"-debrief")
	ann.open("/debrief")
	assert.Contains(t, ann.said(), titleOne)
	for _, p := range []*tab{host, ann, bob} {
		p.quiet()
	}
}

func TestAnExerciseInABrowser(t *testing.T) {
	t.Parallel()
	exerciseInABrowser(t, "script", size(1280, 1400))
}

func TestTheSameWithoutTheScript(t *testing.T) {
	t.Parallel()
	exerciseInABrowser(t, "plain", noScript(), size(1280, 1400))
}

// picture is for a person to look at: go test -run Browser -pictures DIR.
func picture(t *testing.T, p *tab, name string) {
	t.Helper()
	if *pictures == "" {
		return
	}
	ctx, stop := context.WithTimeout(p, patience)
	defer stop()
	taken, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(*pictures, name+".png"), taken, 0o600))
}
