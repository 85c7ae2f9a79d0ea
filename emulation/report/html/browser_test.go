package html_test

import (
	"bytes"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/browsertest"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/reporttest"
	"github.com/ringer-lab/ringer/lab/fake"
)

var pictures = flag.String("pictures", "", "a folder to write pictures of the pages to")

//go:embed testdata/checks.js
var checks string

// tab is a page, opened from disk in a browser of its own, with what the browser said
// of it.
type tab struct {
	context.Context
	address string

	mutex    sync.Mutex
	messages []string // errors on the console, and requests
}

// open opens a page, or skips the test where there is no Chromium.
func open(t *testing.T, run evidence.Run, before ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	allocator := browsertest.Allocator(t, exec.LookPath)
	file := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(file, written(t, run), 0o600))
	out := &tab{address: (&url.URL{Scheme: "file", Path: file}).String()}
	var stop context.CancelFunc
	out.Context, stop = chromedp.NewContext(allocator, chromedp.WithListener(out.onEvent))
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(out, browsertest.Call(network.Enable, network.EnableParams{}), browsertest.Call(log.Enable, cdp.Empty{})))
	out.run(t, append(before, chromedp.Navigate(out.address))...)
	return out
}

func (p *tab) onEvent(said any) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch said := said.(type) {
	case *runtime.EventConsoleAPICalled:
		p.messages = append(p.messages, "console: "+said.Type.String())
	case *runtime.EventExceptionThrown:
		p.messages = append(p.messages, "exception: "+said.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		p.messages = append(p.messages, "log: "+said.Entry.Text)
	case *network.EventRequestWillBeSent:
		if said.Request.URL != p.address {
			p.messages = append(p.messages, "request: "+said.Request.URL)
		}
	}
}

// patience is how long the browser may take for what it is asked.
const patience = 2 * time.Minute

func (p *tab) run(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, stop := context.WithTimeout(p, patience)
	defer stop()
	require.NoError(t, chromedp.Do(ctx, actions...))
}

// ask runs an action that gives a value.
func ask[T any](t *testing.T, p *tab, action chromedp.Action[T]) T {
	t.Helper()
	ctx, stop := context.WithTimeout(p, patience)
	defer stop()
	value, err := chromedp.Run(ctx, action)
	require.NoError(t, err)
	return value
}

// evaluate runs a script of the test's own in the page.
func evaluate[T any](t *testing.T, p *tab, script string) T {
	t.Helper()
	return ask(t, p, chromedp.Evaluate[T](script))
}

const openAll = `document.querySelectorAll('details').forEach((d) => { d.open = true; }); true`

// scheme has the page shown in a colour scheme, on a medium.
func scheme(color, medium string) chromedp.Action[chromedp.Void] {
	return browsertest.Call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: color}},
	})
}

func size(width, height int64) chromedp.Action[chromedp.Void] {
	return browsertest.Call(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

func noScript() chromedp.Action[chromedp.Void] {
	return browsertest.Call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

func runs(t *testing.T) map[string]evidence.Run {
	t.Helper()
	return map[string]evidence.Run{"sample": withHistory(t), "overlap": overlap(t)}
}

func TestThePageAsksForNothingAndHasNoError(t *testing.T) {
	t.Parallel()
	for name, run := range runs(t) {
		p := open(t, run)
		evaluate[bool](t, p, openAll)
		evaluate[bool](t, p, `document.querySelectorAll('button').forEach((b) => b.click()); location.hash = 'step-1-2'; true`)
		p.run(t, chromedp.Sleep(100*time.Millisecond))
		p.mutex.Lock()
		assert.Empty(t, p.messages, name)
		p.mutex.Unlock()
	}
}

func TestHeadingsLabelsLandmarksAndContrastAreAsTheyMustBe(t *testing.T) {
	t.Parallel()
	for name, run := range runs(t) {
		p := open(t, run)
		evaluate[bool](t, p, openAll)
		for _, width := range []int64{1280, 320} {
			for _, shown := range []struct{ color, medium string }{{"light", "screen"}, {"dark", "screen"}, {"dark", "print"}} {
				p.run(t, size(width, 900), scheme(shown.color, shown.medium))
				problems := evaluate[[]string](t, p, checks)
				assert.Empty(t, problems, "%s, %d px, %s, %s", name, width, shown.color, shown.medium)
			}
		}
	}
}

// tooWide are the elements that reach out of the window, but for those in what can be
// scrolled by itself.
const tooWide = `[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .skip')).map((e) => e.tagName + '.' + e.getAttribute('class') + ' ' + Math.round(e.getBoundingClientRect().right) + ' ' + e.textContent.trim().slice(0, 40)).slice(0, 12)`

func TestThePageIsNotWiderThanATelephone(t *testing.T) {
	t.Parallel()
	for name, run := range runs(t) {
		p := open(t, run, size(320, 640))
		for _, details := range []string{"true", openAll} {
			evaluate[bool](t, p, details)
			wide := evaluate[[]string](t, p, tooWide)
			assert.LessOrEqual(t, evaluate[int](t, p, `document.documentElement.scrollWidth`), 320, "%s: %v", name, wide)
		}
	}
}

// The script filters and folds, no more: what is read without it is the same.
func TestWithoutItsScriptThePageSaysTheSame(t *testing.T) {
	t.Parallel()
	const text = `[...document.body.children].filter((e) => e.tagName !== 'SCRIPT').map((e) => e.innerText).join('\n')`
	const controls = `document.querySelectorAll('.controls').forEach((e) => e.remove()); true`
	for name, run := range runs(t) {
		with := open(t, run)
		assert.Positive(t, evaluate[int](t, with, `[...document.querySelectorAll('.controls')].filter((e) => e.checkVisibility()).length`), name)
		evaluate[bool](t, with, controls)
		evaluate[bool](t, with, openAll)
		without := open(t, run, noScript())
		assert.Zero(t, evaluate[int](t, without, `[...document.querySelectorAll('.controls')].filter((e) => e.checkVisibility()).length`), name)
		evaluate[bool](t, without, openAll)
		said := evaluate[string](t, without, text)
		assert.Greater(t, len(said), 1000)
		assert.Equal(t, evaluate[string](t, with, text), said, name)
	}
}

func TestTheFocusGoesThroughThePageInItsOrderAndIsSeen(t *testing.T) {
	t.Parallel()
	p := open(t, reporttest.Sample(t), size(1280, 900))
	const here = `(() => {
		const stops = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter((e) => e.checkVisibility());
		const e = document.activeElement, css = getComputedStyle(e);
		return [stops.indexOf(e), stops.length, css.outlineStyle !== 'none' && parseFloat(css.outlineWidth) >= 2 ? 1 : 0];
	})()`
	at := evaluate[[]int](t, p, here)
	for i := range at[1] {
		p.run(t, chromedp.KeyEvent(kb.Tab))
		now := evaluate[[]int](t, p, here)
		require.Equal(t, i, now[0], "the stops are in the order of the page")
		assert.Equal(t, 1, now[2], "the focus is seen at stop %d: %s", i, evaluate[string](t, p, `document.activeElement.outerHTML.slice(0, 200)`))
	}
	p = open(t, reporttest.Sample(t), size(1280, 900))
	p.run(t, chromedp.KeyEvent(kb.Tab))
	assert.Equal(t, "#main", evaluate[string](t, p, `document.activeElement.getAttribute('href')`), "the first stop skips to the report")
	p.run(t, chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
	assert.True(t, evaluate[bool](t, p, `document.querySelector('main').contains(document.activeElement)`))
}

func TestStepsAreFilteredAndALinkOpensItsStep(t *testing.T) {
	t.Parallel()
	p := open(t, overlap(t), size(1280, 900))
	const visible = `[...document.querySelectorAll('.scenario .steps')][0].querySelectorAll('.step:not([hidden])').length`
	require.Equal(t, 41, evaluate[int](t, p, visible))
	evaluate[bool](t, p, `(() => { const actor = document.querySelector('.controls [name=actor]'); actor.value = 'naikon'; actor.dispatchEvent(new Event('input')); return true; })()`)
	assert.Equal(t, 11, evaluate[int](t, p, visible))
	p.run(t, chromedp.SendKeys(chromedp.CSS(".controls input"), "autostart"))
	assert.Equal(t, 1, evaluate[int](t, p, visible))
	assert.Contains(t, evaluate[string](t, p, `document.querySelector('.controls output').textContent`), "shown")
	evaluate[bool](t, p, `location.hash = document.querySelector('.hit').id; true`)
	p.run(t, chromedp.Sleep(100*time.Millisecond))
	assert.True(t, evaluate[bool](t, p, `document.querySelector('.hit').checkVisibility()`))
}

func TestPaperHasEverything(t *testing.T) {
	t.Parallel()
	p := open(t, reporttest.Sample(t), noScript())
	p.run(t, scheme("light", "print"))
	hidden := evaluate[[]string](t, p, `[...document.querySelectorAll('main p, main li, main td, main pre')].filter((e) => !e.closest('nav, .controls, .tall') && e.textContent.trim() && !e.getBoundingClientRect().height).map((e) => e.textContent.slice(0, 60))`)
	assert.Empty(t, hidden, "what is folded on a screen is unfolded on paper, also without the script")
	document := ask(t, p, chromedp.PrintToPDF(chromedp.PDFPrintBackground()))
	assert.True(t, bytes.HasPrefix(document, []byte("%PDF-")))
	if *pictures != "" {
		require.NoError(t, os.WriteFile(filepath.Join(*pictures, "sample.pdf"), document, 0o600))
	}
}

// Pictures are for a person to look at: go test -run Pictures -pictures DIR.
func TestPicturesAreTakenWhereAsked(t *testing.T) {
	t.Parallel()
	if *pictures == "" {
		t.Skip("no folder was given: -pictures DIR")
	}
	all := runs(t)
	lab := fake.Lab{Now: func() time.Time { return reporttest.Started }, ClaimObserved: true}
	broken, err := evidence.Collect(reporttest.PerformedWith(t, lab, "overlap.hcl", func(name string, rule []byte) []byte {
		return bytes.ReplaceAll(rule, []byte("EventID: 104"), []byte("EventID: 1104"))
	}))
	require.NoError(t, err)
	all["broken"] = broken
	for name, run := range all {
		p := open(t, run)
		for _, shown := range []struct {
			name, color, medium string
			width, height       int64
			do                  string
		}{
			{"light", "light", "screen", 1280, 1700, "true"},
			{"dark", "dark", "screen", 1280, 1700, "true"},
			{"phone", "light", "screen", 390, 3400, "true"},
			{"narrow", "dark", "screen", 320, 3000, "true"},
			{"step", "light", "screen", 1280, 1900, `document.querySelectorAll('.step').forEach((s, i) => { s.open = i < 3 || i === 12 || i === 8; }); document.querySelectorAll('.hit details').forEach((d, i) => { d.open = i < 1; }); document.querySelector('.scenario').scrollIntoView(); true`},
			{"step-dark", "dark", "screen", 1280, 1900, `document.querySelector('.scenario').scrollIntoView(); true`},
			{"step-phone", "light", "screen", 390, 1900, `document.querySelector('.scenario').scrollIntoView(); true`},
			{"end", "light", "screen", 1280, 1900, `document.querySelectorAll('.step').forEach((s) => { s.open = false; }); document.querySelector('.bars, #gaps').scrollIntoView(); true`},
			{"print", "light", "print", 800, 2600, `scrollTo(0, 0); true`},
		} {
			p.run(t, size(shown.width, shown.height), scheme(shown.color, shown.medium))
			evaluate[bool](t, p, shown.do)
			p.run(t, chromedp.Sleep(200*time.Millisecond))
			picture := ask(t, p, chromedp.CaptureScreenshot())
			require.NoError(t, os.WriteFile(filepath.Join(*pictures, fmt.Sprintf("%s-%s.png", name, shown.name)), picture, 0o600))
		}
	}
}
