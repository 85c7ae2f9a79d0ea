package outside

import (
	"fmt"
	"slices"
	"time"
)

// Group is an alert with its repetitions: the same rule on the same things. It counts as
// one.
type Group struct {
	Joined
	// Number is how many alerts it stands for, those included that the tool counted.
	Number int `json:"number"`
	// After is how long after the step's end the first of them arrived; 0 if before that.
	After time.Duration `json:"after"`
	// Late is whether that is more than the detector has.
	Late bool `json:"late,omitempty"`
}

// Answer is what a detector answered about one step and one rule.
type Answer struct {
	// Alerts are those that came until the end of waiting.
	Alerts []Group
	// Ambiguous says of alerts that may be of the step, or not, which other steps they fit;
	// empty if there is none.
	Ambiguous string
	// Unknown says why silence shows nothing; empty if it does.
	Unknown string
	// Afterwards says that an alert came when there was no more waiting, and how long after
	// the step; empty if none did. It changes nothing.
	Afterwards string
}

// InTime counts the groups that came in time, Late those that did not.
func (a Answer) InTime() int { return len(a.Alerts) - a.Late() }

// Late counts the groups that came late.
func (a Answer) Late() int {
	n := 0
	for _, group := range a.Alerts {
		n += flag(group.Late)
	}
	return n
}

// AnswerOf is what a detector answered about a step and a rule; joined is what [Join]
// made of the watch.
func AnswerOf(w Watch, joined []Joined, step Performed, rule string) Answer {
	var out Answer
	until := step.Ended.Add(w.Detector.Wait)
	for _, j := range joined {
		if !j.Alert.Named(rule) {
			continue
		}
		after := max(0, j.At.Sub(step.Ended))
		switch {
		case j.Step == step.Step && j.At.After(until):
			if out.Afterwards == "" {
				out.Afterwards = fmt.Sprintf("an alert came %s after the step, when it was not waited for any more", round(after))
			}
		case j.Step == step.Step:
			out.group(j, after, after > w.Detector.Within)
		case out.Ambiguous == "" && slices.Contains(j.Fits, step.Step) && !j.At.After(until):
			out.Ambiguous = fmt.Sprintf("an alert of this rule cannot be told apart: %s", j.Why)
		}
	}
	out.Unknown = w.silenceUnknown(step.Began, step.Ended, until)
	return out
}

// group adds an alert to that of which it is a repetition.
func (a *Answer) group(j Joined, after time.Duration, late bool) {
	for i := range a.Alerts {
		if sameThing(a.Alerts[i].Alert, j.Alert) {
			a.Alerts[i].Number += j.Alert.number()
			if after < a.Alerts[i].After {
				a.Alerts[i].After, a.Alerts[i].Late = after, late
			}
			return
		}
	}
	a.Alerts = append(a.Alerts, Group{Joined: j, Number: j.Alert.number(), After: after, Late: late})
}

// sameThing reports whether two alerts of a rule are about the same.
func sameThing(a, b Alert) bool {
	for _, alert := range []*Alert{&a, &b} {
		alert.ID, alert.Severity, alert.Time, alert.Precision, alert.Count = "", "", time.Time{}, 0, 0
	}
	return a == b
}

// Pending reports whether it can still come that changes what a detector answers about a
// step: least is how many alerts are enough, 0 if any more would count. Once it is too late
// for more in time, late ones that are enough make it late for good.
func (a Answer) Pending(w Watch, step Performed, least int, now time.Time) bool {
	enough := a.InTime()
	if now.After(step.Ended.Add(w.Detector.Within)) {
		enough += a.Late()
	}
	if step.Began.IsZero() || w.Detector.Scans || least > 0 && enough >= least {
		return false
	}
	return now.Before(step.Ended.Add(w.Detector.Wait))
}

// round is a duration as a person reads it.
func round(d time.Duration) time.Duration {
	switch {
	case d >= time.Minute:
		return d.Round(time.Second)
	case d >= time.Second:
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}
