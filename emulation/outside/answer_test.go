package outside_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/outside"
)

// gathered is what comes of arrivals, each given as its seconds after the start.
func gathered(of outside.Detector, alerts map[float64]outside.Alert, order ...float64) outside.Watch {
	g := outside.NewGathering(of)
	if len(order) > 0 {
		g.Add(outside.Alert{ID: "before", Rule: "Probe"}, after(-1))
	}
	for i, at := range order {
		alert := alerts[at]
		if alert.ID == "" {
			alert.ID = fmt.Sprint(i)
		}
		g.Add(alert, after(at))
	}
	return g.Watch()
}

func TestADetectorsAnswer(t *testing.T) {
	t.Parallel()
	of := outside.Detector{Name: "falco.host", Within: 30 * time.Second, Wait: time.Minute}
	tee, again := step("tee", 0, "/usr/bin/tee", "/etc/cron.d/x"), step("again", 2, "/usr/bin/tee", "/etc/cron.d/x")
	wrote := outside.Alert{Rule: "Cron", RuleID: "7", Process: "tee"}
	copied := outside.Alert{Rule: "Cron", Process: "tee", Path: "/etc/cron.d/x"}
	other := outside.Alert{Rule: "Other"}
	same := outside.Alert{ID: "same", Rule: "Cron", Process: "tee"}
	counted := outside.Alert{Rule: "Cron", Process: "tee", Count: 5}
	for _, test := range []struct {
		name   string
		alerts map[float64]outside.Alert
		order  []float64
		steps  []outside.Performed
		rule   string
		inTime int
		late   int
		number int
		after  time.Duration
		says   outside.Answer // its sentences
	}{
		{name: "in time", alerts: map[float64]outside.Alert{4: wrote}, order: []float64{4}, inTime: 1, number: 1, after: 3 * time.Second},
		{name: "by the number of the rule", rule: "7", alerts: map[float64]outside.Alert{4: wrote}, order: []float64{4}, inTime: 1, number: 1, after: 3 * time.Second},
		{name: "while it is performed", alerts: map[float64]outside.Alert{0.5: wrote}, order: []float64{0.5}, inTime: 1, number: 1, says: outside.Answer{Unknown: "nothing came from it after the step: it cannot be told whether it still worked"}},
		{name: "late", alerts: map[float64]outside.Alert{45: wrote}, order: []float64{45}, late: 1, number: 1, after: 44 * time.Second},
		{name: "after the wait", alerts: map[float64]outside.Alert{62: wrote}, order: []float64{62}, says: outside.Answer{Afterwards: "an alert came 1m1s after the step, when it was not waited for any more"}},
		{name: "another rule", alerts: map[float64]outside.Alert{4: other}, order: []float64{4}},
		{name: "the same alert twice", alerts: map[float64]outside.Alert{4: same, 5: same}, order: []float64{4, 5}, inTime: 1, number: 1, after: 3 * time.Second},
		{name: "a repetition", alerts: map[float64]outside.Alert{4: wrote, 40: wrote}, order: []float64{4, 40}, inTime: 1, number: 2, after: 3 * time.Second},
		{name: "a repetition that came first", alerts: map[float64]outside.Alert{4: wrote, 40: wrote}, order: []float64{40, 4}, inTime: 1, number: 2, after: 3 * time.Second},
		{name: "what the tool counted", alerts: map[float64]outside.Alert{4: counted}, order: []float64{4}, inTime: 1, number: 5, after: 3 * time.Second},
		{name: "another thing", alerts: map[float64]outside.Alert{4: wrote, 5: copied}, order: []float64{4, 5}, inTime: 2, number: 1, after: 3 * time.Second},
		{
			name: "two steps alike", alerts: map[float64]outside.Alert{4: wrote}, order: []float64{4}, steps: []outside.Performed{tee, again},
			says: outside.Answer{Ambiguous: "an alert of this rule cannot be told apart: it matches tee and again equally (process)"},
		},
		{name: "nothing", says: outside.Answer{Unknown: "nothing came from it during the run, and it has no probe: it cannot be told whether it works"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := gathered(of, test.alerts, test.order...)
			steps := test.steps
			if steps == nil {
				steps = []outside.Performed{tee}
			}
			rule := test.rule
			if rule == "" {
				rule = "Cron"
			}
			is := outside.AnswerOf(w, outside.Join(w, steps), tee, rule)
			assert.Equal(t, test.inTime, is.InTime())
			assert.Equal(t, test.late, is.Late())
			if len(is.Alerts) > 0 {
				assert.Equal(t, test.number, is.Alerts[0].Number)
				assert.Equal(t, test.after, is.Alerts[0].After)
			}
			is.Alerts = nil
			assert.Equal(t, test.says, is)
		})
	}
}

func TestSilenceCountsOnlyIfTheDetectorWasHeardOfLater(t *testing.T) {
	t.Parallel()
	tee := step("tee", 10, "/usr/bin/tee", "/etc/cron.d/x") // until 11, waited for until 71
	of := outside.Detector{Name: "falco.host", Within: 30 * time.Second, Wait: time.Minute, Probe: "Probe"}
	for _, test := range []struct {
		name string
		do   func(*outside.Gathering)
		says string
	}{
		{"never", func(*outside.Gathering) {}, "nothing came from it during the run"},
		{"before", func(g *outside.Gathering) { g.Add(outside.Alert{ID: "p", Rule: "Probe"}, after(5)) }, "nothing came from it after the step: it cannot be told whether it still worked"},
		{"after", func(g *outside.Gathering) { g.Add(outside.Alert{ID: "p", Rule: "Probe"}, after(12)) }, "nothing came from it before the step: it cannot be told whether it worked already"},
		{"before and after", func(g *outside.Gathering) {
			g.Add(outside.Alert{ID: "p", Rule: "Probe"}, after(5))
			g.Add(outside.Alert{ID: "q", Rule: "Probe"}, after(12))
		}, ""},
		{"by answers", func(g *outside.Gathering) { g.Answer(after(9)); g.Answer(after(12)) }, ""},
		{"in an earlier scenario, and after", func(g *outside.Gathering) { g.Answer(after(1)); *g = *g.Next(); g.Answer(after(12)) }, ""},
		{"not while it waits", func(g *outside.Gathering) { g.Out(after(40), "it ended"); g.Out(after(41), "again") }, "it ended"},
		{"not while it is performed, though later", func(g *outside.Gathering) { g.Out(after(9), "it was away"); g.Answer(after(12)) }, "it was away"},
		{"away before", func(g *outside.Gathering) { g.Out(after(1), "it was away"); g.Answer(after(2)); g.Answer(after(80)) }, ""},
		{"away afterwards", func(g *outside.Gathering) { g.Answer(after(1)); g.Answer(after(12)); g.Out(after(90), "it ended") }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			g := outside.NewGathering(of)
			test.do(g)
			w := g.Watch()
			assert.Equal(t, test.says, outside.AnswerOf(w, outside.Join(w, []outside.Performed{tee}), tee, "Cron").Unknown)
		})
	}
}

func TestAnAnswerIsPendingUntilNothingCanChangeIt(t *testing.T) {
	t.Parallel()
	of := outside.Detector{Name: "falco.host", Within: 30 * time.Second, Wait: time.Minute}
	tee := step("tee", 0, "/usr/bin/tee", "/etc/cron.d/x")
	came := gathered(of, map[float64]outside.Alert{4: {Rule: "Cron", Process: "tee"}}, 4)
	answer := outside.AnswerOf(came, outside.Join(came, []outside.Performed{tee}), tee, "Cron")
	silent := outside.Answer{}
	assert.False(t, answer.Pending(came, tee, 1, after(5)), "one is enough")
	assert.True(t, answer.Pending(came, tee, 2, after(5)))
	assert.True(t, answer.Pending(came, tee, 0, after(5)), "another would count")
	assert.True(t, silent.Pending(came, tee, 1, after(60)))
	assert.False(t, silent.Pending(came, tee, 1, after(61)))
	assert.False(t, silent.Pending(came, outside.Performed{}, 1, after(5)), "it was not performed")

	came = gathered(of, map[float64]outside.Alert{40: {Rule: "Cron", Process: "tee"}}, 40)
	late := outside.AnswerOf(came, outside.Join(came, []outside.Performed{tee}), tee, "Cron")
	assert.Equal(t, 1, late.Late())
	assert.False(t, late.Pending(came, tee, 1, after(41)), "none can come in time any more")
	assert.True(t, late.Pending(came, tee, 2, after(41)), "another late one would be enough")
}

// A recording has no monotonic clock: what was gathered must not either.
func TestTimesAreAsARecordingHasThem(t *testing.T) {
	t.Parallel()
	g, now := outside.NewGathering(outside.Detector{}), time.Now()
	g.Add(outside.Alert{ID: "a"}, now)
	g.Out(now, "away")
	g.Answer(now)
	w, want := g.Watch(), now.Round(0)
	require.NotEqual(t, want, now)
	for _, at := range []time.Time{w.Arrivals[0].At, w.First, w.Answered, w.Outages[0].From, w.Outages[0].Until} {
		assert.Equal(t, want, at)
	}
}

func TestTooManyAlertsAreAnOutage(t *testing.T) {
	t.Parallel()
	g := outside.NewGathering(outside.Detector{})
	for i := range outside.MostAlerts + 2 {
		g.Add(outside.Alert{ID: fmt.Sprint(i)}, start)
	}
	g.Note(1, 2, "first")
	g.Note(1, 2, "second")
	w := g.Watch()
	assert.Len(t, w.Arrivals, outside.MostAlerts)
	assert.Equal(t, []outside.Outage{{From: start, Reason: "it sent more alerts than can be judged"}}, w.Outages)
	assert.Equal(t, []any{2, 4, "first"}, []any{w.Ignored, w.Unreadable, w.Problem})
}
