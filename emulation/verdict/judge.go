package verdict

import (
	"fmt"
	"strings"
	"time"
)

// Evidence is what a run showed about one expectation.
type Evidence struct {
	// Broken says what broke the run or its telemetry, such as lost events; empty if
	// nothing did.
	Broken string
	// Skipped says why the step was not performed.
	Skipped string
	// Proven is whether the step's effect came about; UnprovenReason says why it is
	// not proven.
	Proven         bool
	UnprovenReason string
	// Alerts counts the rule's alerts on the step's own events. Late counts those that an
	// outside detector raised after its time; LateReason says how much later.
	Alerts, Late int
	LateReason   string
	// Ambiguous says of alerts that they may be the step's or another's, Unanswered why a
	// detector's silence shows nothing; both are empty where that is not so.
	Ambiguous, Unanswered string
	// Asked counts the step's events that the rule was asked of: those of its log
	// source. If there is none, NotAskedReason says what the step left instead.
	Asked          int
	NotAskedReason string
	// Declared is whether all events are declared.
	Declared bool
}

// Expected is what one expectation asks for, as far as it is judged.
type Expected struct {
	Want        Want
	Least, Most int       // number of alerts of a rule that must fire
	Until       time.Time // last day of a known gap
	LateAllowed bool      // an alert that comes late will do
}

// verdictTable has the verdicts without an alert and with one.
var verdictTable = map[Want][2]Verdict{
	Fires:    {Missed, Detected},
	Quiet:    {Silent, FalseAlarm},
	KnownGap: {BlindSpot, Detected},
	Blind:    {BlindSpot, Detected},
}

// Judge decides whether the run can show anything before it reads the alerts:
// silence shows nothing where nothing happened, nor where the rule was asked of no
// event. The reason is empty where the verdict needs none. today decides whether a
// known gap is past its date: it is then judged as one that must fire.
func Judge(want Expected, seen Evidence, today time.Time) (Verdict, string) {
	switch {
	case seen.Broken != "":
		return Errored, seen.Broken
	case seen.Skipped != "":
		return Skipped, seen.Skipped
	case !seen.Proven:
		return NoEffect, seen.UnprovenReason
	}
	verdict, reason := judgeAlerts(want, seen, today)
	if verdict.Met() && seen.Declared {
		return Skipped, fmt.Sprintf("would be %s, but nothing was performed: the events are declared", verdict)
	}
	return verdict, reason
}

// judgeAlerts decides by the alerts, and by whether the rule was asked at all.
func judgeAlerts(want Expected, seen Evidence, today time.Time) (Verdict, string) {
	alerts := seen.Alerts + seen.Late
	if want.Want == KnownGap && !today.Before(want.Until.AddDate(0, 0, 1)) {
		verdict, more := judgeAlerts(Expected{Want: Fires, Least: 1, LateAllowed: want.LateAllowed}, seen, today)
		return verdict, strings.TrimSuffix("the gap was accepted until "+want.Until.Format(time.DateOnly)+"; "+more, "; ")
	}
	verdict := verdictTable[want.Want][min(alerts, 1)]
	enough, late := alerts >= max(1, want.Least), seen.Alerts < max(1, want.Least)
	switch {
	case !enough && seen.Ambiguous != "":
		return Skipped, seen.Ambiguous
	case !enough && seen.Unanswered != "":
		return Errored, seen.Unanswered
	case alerts == 0 && seen.Asked == 0 && verdict.Met():
		return NotAsked, seen.NotAskedReason
	case alerts == 0 && seen.Asked == 0:
		return verdict, seen.NotAskedReason
	case want.Want == Fires && alerts > 0 && alerts < want.Least:
		return Missed, fmt.Sprintf("%s, expected at least %d", alertCount(alerts), want.Least)
	case want.Want == Fires && want.Most > 0 && alerts > want.Most:
		return FalseAlarm, fmt.Sprintf("%s, expected at most %d", alertCount(alerts), want.Most)
	case want.Want == Fires && enough && late && !want.LateAllowed:
		return DetectedLate, seen.LateReason
	case want.Want == Fires && enough && late:
		return verdict, seen.LateReason + ", as is allowed"
	case want.Want == Fires || want.Want == Quiet:
		return verdict, ""
	case alerts > 0:
		return verdict, "the gap is closed: change verdict to fires"
	}
	return verdict, ""
}

// Worst returns the greatest of the verdicts; Pending if there is none, so that a run
// in which nothing was judged does not count as met.
func Worst(all ...Verdict) Verdict {
	worst := Pending
	for _, v := range all {
		worst = max(worst, v)
	}
	return worst
}

func alertCount(alerts int) string {
	if alerts == 1 {
		return "1 alert"
	}
	return fmt.Sprintf("%d alerts", alerts)
}
