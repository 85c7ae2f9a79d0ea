package verdict_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/verdict"
)

var today = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestJudge(t *testing.T) {
	t.Parallel()
	proven := func(alerts int) verdict.Evidence { return verdict.Evidence{Proven: true, Alerts: alerts, Asked: 3} }
	notAsked := verdict.Evidence{Proven: true, NotAskedReason: "the step left no in it"}
	fires := verdict.Expected{Want: verdict.Fires, Least: 1}
	quiet := verdict.Expected{Want: verdict.Quiet}
	gap := func(until string) verdict.Expected {
		day, _ := time.Parse(time.DateOnly, until)
		return verdict.Expected{Want: verdict.KnownGap, Until: day}
	}
	for _, test := range []struct {
		name   string
		want   verdict.Expected
		seen   verdict.Evidence
		is     verdict.Verdict
		reason string
	}{
		{"detected when the rule that should fire did", fires, proven(2), verdict.Detected, ""},
		{"missed when it did not", fires, proven(0), verdict.Missed, ""},
		{"silent when the rule that should not fire did not", quiet, proven(0), verdict.Silent, ""},
		{"a false alarm when it did", quiet, proven(1), verdict.FalseAlarm, ""},
		{"missed when it fired less than asked for", verdict.Expected{Want: verdict.Fires, Least: 3}, proven(2), verdict.Missed, "2 alerts, expected at least 3"},
		{"a false alarm when it fired more than allowed", verdict.Expected{Want: verdict.Fires, Least: 1, Most: 1}, proven(2), verdict.FalseAlarm, "2 alerts, expected at most 1"},
		{"a blind spot while the gap is accepted", gap("2027-03-31"), proven(0), verdict.BlindSpot, ""},
		{"detected when the gap was closed", gap("2027-03-31"), proven(1), verdict.Detected, "the gap is closed: change verdict to fires"},
		{"missed when the gap is past its date", gap("2026-03-31"), proven(0), verdict.Missed, "the gap was accepted until 2026-03-31"},
		{"a blind spot where nothing is expected to see it", verdict.Expected{Want: verdict.Blind}, proven(0), verdict.BlindSpot, ""},
		{"no effect, though the silence was as wished", quiet, verdict.Evidence{UnprovenReason: "refused"}, verdict.NoEffect, "refused"},
		{"no effect, even where an alert came", fires, verdict.Evidence{Alerts: 1, UnprovenReason: "refused"}, verdict.NoEffect, "refused"},
		{"errored when telemetry was lost, whatever else holds", quiet, verdict.Evidence{Broken: "lost", Proven: true}, verdict.Errored, "lost"},
		{"skipped when the step was", fires, verdict.Evidence{Skipped: "no image"}, verdict.Skipped, "no image"},
		{"skipped when green would rest on declared events", quiet, verdict.Evidence{Proven: true, Asked: 1, Declared: true}, verdict.Skipped, "would be silent, but nothing was performed: the events are declared"},
		{"missed also on declared events", fires, verdict.Evidence{Proven: true, Asked: 1, Declared: true}, verdict.Missed, ""},
		{"not asked, though silent", quiet, notAsked, verdict.NotAsked, "the step left no in it"},
		{"not asked, though nothing is expected to see it", verdict.Expected{Want: verdict.Blind}, notAsked, verdict.NotAsked, "the step left no in it"},
		{"not asked, though the gap is accepted", gap("2027-03-31"), notAsked, verdict.NotAsked, "the step left no in it"},
		{"missed where it was not asked and should fire", fires, notAsked, verdict.Missed, "the step left no in it"},
		{"missed where it was not asked and the gap is past its date", gap("2026-03-31"), notAsked, verdict.Missed, "the gap was accepted until 2026-03-31; the step left no in it"},
		{"detected late", fires, verdict.Evidence{Proven: true, Asked: 1, Late: 1, LateReason: "40s after"}, verdict.DetectedLate, "40s after"},
		{"detected, as one alert was in time", fires, verdict.Evidence{Proven: true, Asked: 1, Alerts: 1, Late: 1, LateReason: "40s after"}, verdict.Detected, ""},
		{"detected late, as one in time is not enough", verdict.Expected{Want: verdict.Fires, Least: 2}, verdict.Evidence{Proven: true, Asked: 1, Alerts: 1, Late: 1, LateReason: "40s after"}, verdict.DetectedLate, "40s after"},
		{"detected, as late is allowed", verdict.Expected{Want: verdict.Fires, Least: 1, LateAllowed: true}, verdict.Evidence{Proven: true, Asked: 1, Late: 1, LateReason: "40s after"}, verdict.Detected, "40s after, as is allowed"},
		{"a false alarm also when late", quiet, verdict.Evidence{Proven: true, Asked: 1, Late: 1}, verdict.FalseAlarm, ""},
		{"errored, never missed, where a detector did not answer", fires, verdict.Evidence{Proven: true, Asked: 1, Unanswered: "it ended"}, verdict.Errored, "it ended"},
		{"errored, never silent, where a detector did not answer", quiet, verdict.Evidence{Proven: true, Asked: 1, Unanswered: "it ended"}, verdict.Errored, "it ended"},
		{"errored where the gap is past its date", gap("2026-03-31"), verdict.Evidence{Proven: true, Asked: 1, Unanswered: "it ended"}, verdict.Errored, "the gap was accepted until 2026-03-31; it ended"},
		{"detected before the detector ended", fires, verdict.Evidence{Proven: true, Asked: 1, Alerts: 1, Unanswered: "it ended"}, verdict.Detected, ""},
		{"skipped where alerts cannot be told apart", fires, verdict.Evidence{Proven: true, Asked: 1, Ambiguous: "of a or b"}, verdict.Skipped, "of a or b"},
		{"skipped, never silent, where alerts cannot be told apart", quiet, verdict.Evidence{Proven: true, Asked: 1, Ambiguous: "of a or b"}, verdict.Skipped, "of a or b"},
		{"no effect before not asked", quiet, verdict.Evidence{UnprovenReason: "refused"}, verdict.NoEffect, "refused"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			is, reason := verdict.Judge(test.want, test.seen, today)
			assert.Equal(t, test.is, is, "%s", is)
			assert.Equal(t, test.reason, reason)
		})
	}
}

func TestEveryVerdictHasItsPlaceInTheOrder(t *testing.T) {
	t.Parallel()
	var names []string
	for _, v := range verdict.All() {
		names = append(names, v.String())
		var back verdict.Verdict
		text, err := v.MarshalText()
		assert.NoError(t, err)
		assert.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, v, back)
	}
	assert.Equal(t, []string{"pending", "silent", "detected", "blind_spot", "not_asked", "skipped", "no_effect", "detected_late", "false_alarm", "missed", "errored"}, names)
	assert.Equal(t, verdict.Pending, verdict.Worst(), "nothing judged is not green")
	assert.Equal(t, verdict.Missed, verdict.Worst(verdict.Detected, verdict.Missed, verdict.Silent))
	assert.False(t, verdict.NotAsked.Met(), "a rule that was not asked proves nothing")
}
