package diff

import (
	"cmp"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// AlertChange is a rule that alerts more or less often at a step.
type AlertChange struct {
	At
	Rule   string      `json:"rule"`
	Title  string      `json:"title"`
	Level  string      `json:"level,omitempty"`
	Shape  event.Shape `json:"shape"`
	Before int         `json:"before"`
	After  int         `json:"after"`
}

// TimeChange is a rule that fired at another time of its step.
type TimeChange struct {
	At
	Rule  string      `json:"rule"`
	Title string      `json:"title"`
	Shape event.Shape `json:"shape"`
	// Before and After are from the step's first event to the one that brought the
	// first alert about, in virtual time.
	Before time.Duration `json:"before"`
	After  time.Duration `json:"after"`
}

// noticeable is by how much the time until an alert must differ to be told: two runs
// never take the same time.
const noticeable = time.Second

type alertKey struct {
	rule  string
	shape event.Shape
}

type alerted struct {
	alert detect.Alert
	n     int
	after time.Duration
}

// alerts compares the alerts of one step.
func (d *Difference) alerts(at At, old, now Scenario) {
	before, after := alertsAt(old, at.Step), alertsAt(now, at.Step)
	for _, key := range keys(before, after) {
		was, had := before[key]
		is, has := after[key]
		alert := is.alert
		if !has {
			alert = was.alert
		}
		if was.n != is.n {
			d.Alerts = append(d.Alerts, AlertChange{at, alert.Rule, alert.Title, alert.Level, alert.Shape, was.n, is.n})
		}
		if had && has && (is.after-was.after).Abs() >= noticeable {
			d.Times = append(d.Times, TimeChange{at, alert.Rule, alert.Title, alert.Shape, was.after, is.after})
		}
	}
}

func keys(before, after map[alertKey]alerted) []alertKey {
	var all []alertKey
	for key := range before {
		all = append(all, key)
	}
	for key := range after {
		if _, ok := before[key]; !ok {
			all = append(all, key)
		}
	}
	slices.SortFunc(all, func(a, b alertKey) int { return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.shape, b.shape)) })
	return all
}

// alertsAt counts a step's alerts by rule and shape, and when the first came.
func alertsAt(s Scenario, step string) map[alertKey]alerted {
	at := map[string]time.Time{}
	var first time.Time
	for i, e := range s.Events[step] {
		at[e.ID] = e.Time
		if i == 0 || e.Time.Before(first) {
			first = e.Time
		}
	}
	out := map[alertKey]alerted{}
	for _, alert := range s.Alerts[step] {
		key := alertKey{alert.Rule, alert.Shape}
		took := at[alert.Newest()].Sub(first)
		a, ok := out[key]
		if !ok || took < a.after {
			a.alert, a.after = alert, took
		}
		a.n++
		out[key] = a
	}
	return out
}
