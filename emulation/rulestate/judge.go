package rulestate

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Judge returns what the runs show of each rule of the detector that wanted wants, filters
// aside, those first that want attention; a nil wanted wants all. It fails if ctx ends.
func (r *Recording) Judge(ctx context.Context, detector *detect.Sigma, wanted func(*sigma.Rule) bool) ([]Rule, error) {
	evaluated := detector.Evaluated()
	all := make([]Rule, 0, len(evaluated))
	var of []*sigma.Rule
	for i, about := range detector.Rules() {
		if rule := evaluated[i]; wanted == nil || wanted(rule) {
			all = append(all, newRule(rule, about))
			of = append(of, rule)
		}
	}
	if err := r.addAlerts(ctx, detector, all); err != nil {
		return nil, err
	}
	if err := r.addNearest(ctx, detector, all, of); err != nil {
		return nil, err
	}
	for i := range all {
		all[i].State, all[i].Reason = r.stateOf(all[i])
	}
	takeOverCounted(detector, all)
	for rule, why := range detector.LeftOut() {
		if wanted == nil || wanted(rule) {
			left := newRule(rule, plan.Rule{ID: rule.Ref()})
			left.State, left.Reason = Untested, "left out: "+why
			all = append(all, left)
		}
	}
	slices.SortStableFunc(all, attentionFirst)
	return all, nil
}

// newRule is what a rule says of itself.
func newRule(rule *sigma.Rule, about plan.Rule) Rule {
	return Rule{
		ID: about.ID, Title: rule.Title, Level: rule.Level, File: rule.File, Line: max(1, rule.Line), Changed: cmp.Or(rule.Modified, rule.Date),
		Tags: append([]string{}, rule.Tags...), Sources: append([]event.LogSource{}, about.Sources...), Fires: []Fire{}, Alarms: []Alarm{},
	}
}

// runAlerts are the alerts of one run by its steps and baselines.
type runAlerts struct{ all, observed map[string][]detect.Alert }

// addAlerts adds to each rule where it fires, in the order of the runs.
func (r *Recording) addAlerts(ctx context.Context, detector *detect.Sigma, all []Rule) error {
	judges := result.Judges{Detectors: []detect.Detector{detector}}
	alerts := make([]runAlerts, len(r.runs))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, run := range r.runs {
		group.Go(func() (err error) {
			alerts[i].all, alerts[i].observed, err = judges.Alerts(ctx, run)
			if err != nil {
				return fmt.Errorf("judge %s: %w", run.Plan.Name, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	index := map[string][]int{} // rules without an id may share a title
	for i, rule := range all {
		index[rule.ID] = append(index[rule.ID], i)
	}
	for _, place := range r.places {
		found := r.alertsAt(place, alerts[place.run])
		for _, id := range found.order {
			for _, at := range index[id] {
				r.addPlace(&all[at], place, found.byRule[id], alerts[place.run].observed[place.record.ID])
			}
		}
	}
	return nil
}

// causedAlert is an alert and, on an ordinary day, what it came from.
type causedAlert struct {
	detect.Alert
	cause result.Cause
}

// placeAlerts are the alerts at one place, by rule, in the order in which they came.
type placeAlerts struct {
	order  []string
	byRule map[string][]causedAlert
}

func (r *Recording) alertsAt(place place, of runAlerts) placeAlerts {
	found := placeAlerts{byRule: map[string][]causedAlert{}}
	alerts := of.all[place.record.ID]
	var causes []result.Cause
	if p := r.runs[place.run].Plan; place.baseline && len(alerts) > 0 {
		planned := p.Baselines[place.index]
		causes = result.BaselineCauses(place.record, alerts, planned.Kind, p.Asset(planned.Asset).Place)
	}
	for i, alert := range alerts {
		if found.byRule[alert.Rule] == nil {
			found.order = append(found.order, alert.Rule)
		}
		caused := causedAlert{Alert: alert}
		if causes != nil {
			caused.cause = causes[i]
		}
		found.byRule[alert.Rule] = append(found.byRule[alert.Rule], caused)
	}
	return found
}

// addPlace adds a place where a rule has alerts; observed are those of all rules that do
// not need what is declared.
func (r *Recording) addPlace(rule *Rule, place place, alerts []causedAlert, observed []detect.Alert) {
	shape := alerts[0].Shape // native comes first
	alerts = slices.DeleteFunc(slices.Clone(alerts), func(a causedAlert) bool { return a.Shape != shape })
	p := r.runs[place.run].Plan
	if place.baseline {
		planned := p.Baselines[place.index]
		for _, alert := range alerts {
			rule.addAlarm(Alarm{
				At: place.at, Day: planned.Kind.Name, Activity: alert.cause.Activity, Asset: planned.Asset, Shape: shape, Alerts: 1,
				EventID: alert.Newest(), Event: alert.cause.Event,
			})
		}
		return
	}
	step := p.Steps[place.index]
	fire := Fire{At: place.at, Behaviour: step.Behaviour.Name, Technique: step.Technique, Asset: step.Asset, Shape: shape, Alerts: len(alerts)}
	fire.Unproven = unproven(place, slices.ContainsFunc(observed, func(a detect.Alert) bool { return a.Rule == rule.ID && a.Shape == shape }))
	if fire.Unproven == "" && slices.ContainsFunc(step.Expect, func(e plan.Expectation) bool { return e.Rule == rule.ID && e.Want == verdict.Quiet }) {
		fire.Unproven = "the step expects it to be silent"
	}
	rule.Fires = append(rule.Fires, fire)
}

// addAlarm adds an alarm, or counts it with an earlier one of the same activity.
func (r *Rule) addAlarm(alarm Alarm) {
	for i := range r.Alarms {
		if known := &r.Alarms[i]; known.At == alarm.At && known.Activity == alarm.Activity {
			known.Alerts++
			return
		}
	}
	r.Alarms = append(r.Alarms, alarm)
}

// unproven says why alerts at a step prove nothing of a rule; "" if they do.
func unproven(at place, observed bool) string {
	switch {
	case at.record.Err != nil:
		return "the step or its telemetry broke: " + at.record.Err.Error()
	case at.record.Skipped != "":
		return "the step was skipped: " + at.record.Skipped
	case at.record.Outcome.Declared || !observed:
		return "nothing of it was observed: it is only declared"
	case !at.record.Proven():
		return "the effect of the step was not proven"
	}
	return ""
}

// takeOverCounted gives a rule that a correlation counts, and that raises no alert of its
// own, the state of that correlation: of several the one that wants attention first.
func takeOverCounted(detector *detect.Sigma, all []Rule) {
	index := map[*sigma.Rule]int{}
	for i := range all {
		if rule, ok := detector.FullRule(all[i].ID); ok {
			index[rule] = i
		}
	}
	for _, correlation := range detector.Evaluated() {
		counting, ok := index[correlation]
		if !ok {
			continue
		}
		for _, ref := range correlation.RelatedRules() {
			counted, known := detector.FullRule(ref)
			at, listed := index[counted]
			if !known || !listed || !detector.Suppressed(counted) {
				continue
			}
			rule := &all[at]
			if len(rule.CountedBy) == 0 || all[counting].State.rank() < rule.State.rank() {
				rule.State = all[counting].State
				rule.Reason = fmt.Sprintf("counted by %q, which alerts in its place", correlation.Title)
			}
			rule.CountedBy = append(rule.CountedBy, correlation.Ref())
		}
	}
}

// attentionFirst orders rules by what wants attention: by state, then what was asked
// before what was not, then what came nearest or alarms most, then by level.
func attentionFirst(a, b Rule) int {
	near := func(r Rule) int {
		if r.Nearest == nil {
			return 1 << 30
		}
		return r.Nearest.Distance
	}
	return cmp.Or(
		cmp.Compare(a.State.rank(), b.State.rank()), cmp.Compare(b.Days(), a.Days()), cmp.Compare(near(a), near(b)), cmp.Compare(min(b.Asked, 1), min(a.Asked, 1)),
		cmp.Compare(sigma.LevelRank(b.Level), sigma.LevelRank(a.Level)), cmp.Compare(len(a.Fires), len(b.Fires)), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID),
	)
}
