package exerciseserver

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lacks is assert.NotContains without the page in what it says.
func lacks(t *testing.T, body, text, about string) {
	t.Helper()
	assert.False(t, strings.Contains(body, text), "%s has %q", about, text)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// beginning is the first event of an answer that lasts, or all of one that does not.
func (b *browser) beginning(path string) answer {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.t.Context(), 10*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.site.http.URL+path, nil)
	require.NoError(b.t, err)
	if b.token != "" {
		r.AddCookie(&http.Cookie{Name: cookie, Value: b.token})
	}
	response, err := b.client.Do(r)
	require.NoError(b.t, err)
	defer response.Body.Close()
	out := answer{status: response.StatusCode, header: response.Header}
	if response.StatusCode != http.StatusOK {
		text, err := io.ReadAll(response.Body)
		require.NoError(b.t, err)
		out.body = string(text)
		return out
	}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() && lines.Text() != "" {
		out.body += lines.Text() + "\n"
	}
	return out
}

// Nothing of the truth is in the source of any page of a trainee before the end, whatever
// was found or handed in.
func TestTheTruthIsNotInTheSourceOfATraineesPages(t *testing.T) {
	t.Parallel()
	s := openSite(t, &memoryLog{})
	all := s.people()
	s.release(all.instructor)
	events := s.eventsOf(stepOne)
	require.Equal(t, 303, all.ann.post("/finding", url.Values{"do": {"hand-in"}, "event": events, "technique": {"T1505.003"}, "host": {"EX01"}, "actor": {"soft_cell"}}).status)
	require.Equal(t, 303, all.ann.post("/finding", url.Values{"do": {"hand-in"}, "event": s.eventsOf(stepTwo)}).status)
	rule := "title: x\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s: {Image|endswith: '\\schtasks.exe'}\n  condition: s\n"
	tried := all.ann.post("/rules", url.Values{"do": {"try"}, "rule": {rule}})
	require.Equal(t, 200, tried.status)
	require.Contains(t, tried.body, "2 alerts")
	require.Equal(t, 303, all.ann.post("/rules", url.Values{"do": {"hand-in"}, "rule": {rule}}).status)
	require.Eventually(t, func() bool { return strings.Contains(all.ann.get("/score").body, "variant") }, 10*time.Second, 10*time.Millisecond)
	require.Equal(t, 403, all.ann.get("/debrief").status)

	pages := map[string]string{"the rule that was tried": tried.body}
	for name, call := range calls {
		if strings.HasPrefix(name, "GET ") && !strings.Contains(name, "instructor") {
			pages[name] = s.call(all.ann, http.MethodGet, call.path, nil).body
		}
	}
	for _, id := range append(events, s.eventsOf(stepTwo)...) {
		pages["event "+id] = all.ann.get("/event/" + id).body
	}
	all.ann.get("/hunt?page=2")
	require.Greater(t, len(pages), 15)
	for name, body := range pages {
		require.NotEmpty(t, body, name)
		for _, truth := range []string{"hushed", "asset-of-", "campaign", "observed", "provenance", "lineage", "ordinary-day", "r-1", `"step"`, "ex01-", "dc01-", "ops02-"} {
			lacks(t, strings.ToLower(body), truth, name)
		}
	}
	assert.Contains(t, all.instructor.get("/instructor/steps").body, stepOne, "the instructor sees it")
	require.Equal(t, 303, all.instructor.post("/instructor/clock", url.Values{"do": {"end"}, "sure": {"yes"}}).status)
	after := all.ann.get("/debrief")
	assert.Equal(t, 200, after.status)
	assert.Contains(t, after.body, stepOne, "after the end a trainee does, too")
	lacks(t, after.body, "Green", "but nothing of another team")
}
