package result

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// OutsideDetector is what came of an outside detector during a scenario.
type OutsideDetector struct {
	Name   string `json:"name"`
	Format string `json:"format"`
	// WithinSeconds is how long after a step an alert is in time, WaitSeconds how long it was
	// waited for.
	WithinSeconds float64 `json:"within_seconds"`
	WaitSeconds   float64 `json:"wait_seconds"`
	Probe         string  `json:"probe,omitempty"`
	// Alerts counts what it sent, Again what came again, Ignored records that were no alerts,
	// and Unreadable those that could not be read, the first as Problem says.
	Alerts     int    `json:"alerts"`
	Again      int    `json:"again,omitempty"`
	Ignored    int    `json:"ignored,omitempty"`
	Unreadable int    `json:"unreadable,omitempty"`
	Problem    string `json:"problem,omitempty"`
	// Outages say when it did not answer, and why.
	Outages []outside.Outage `json:"outages,omitempty"`
	// Unjoined are alerts that are of no step, or of none for certain; MoreUnjoined counts
	// those beyond the first hundred.
	Unjoined     []OutsideAlert `json:"unjoined,omitempty"`
	MoreUnjoined int            `json:"more_unjoined,omitempty"`
}

// mostUnjoined is how many alerts of no step are named.
const mostUnjoined = 100

// OutsideAlert is an alert of an outside detector with its repetitions.
type OutsideAlert struct {
	Rule     string `json:"rule"`
	ID       string `json:"id"`
	Severity string `json:"severity,omitempty"`
	// Number is how many alerts it stands for.
	Number  int       `json:"number"`
	Arrived time.Time `json:"arrived"`
	// AfterSeconds is how long after the step's end the first arrived: the time to detect.
	AfterSeconds float64 `json:"after_seconds"`
	Late         bool    `json:"late,omitempty"`
	// By is the evidence by which it was joined to its step, and Joined the same in words,
	// or why it is of none; Fits are the steps that it fits equally.
	By     []outside.Evidence `json:"by,omitempty"`
	Joined string             `json:"joined"`
	Fits   []string           `json:"fits,omitempty"`
}

// outsideWatches are the watches of a run, joined.
type outsideWatches struct {
	watches []outside.Watch
	joined  map[string][]outside.Joined // by detector
}

// joinOutside joins what came of outside detectors to what was performed.
func joinOutside(run *runner.RunRecord) outsideWatches {
	out := outsideWatches{watches: run.Watches, joined: map[string][]outside.Joined{}}
	if len(run.Watches) == 0 {
		return out
	}
	performed := Performed(run)
	for _, watch := range run.Watches {
		out.joined[watch.Detector.Name] = outside.Join(watch, performed)
	}
	return out
}

// Performed is what alerts of outside detectors can be joined to: probes, baselines and
// steps of a run.
func Performed(run *runner.RunRecord) []outside.Performed {
	var out []outside.Performed
	for _, records := range [][]runner.StepRecord{run.Probes, run.Baselines, run.Steps} {
		for _, record := range records {
			out = append(out, PerformedOf(run, record))
		}
	}
	return out
}

// PerformedOf is what alerts can be joined to of one step, baseline or probe. Its times are
// as a recording has them, without the reading of the monotonic clock.
func PerformedOf(run *runner.RunRecord, record runner.StepRecord) outside.Performed {
	place := run.Plan.Asset(record.Asset).Place
	host := outside.Host{Asset: record.Asset, Hostname: place.Hostname, Platform: place.Kind.Platform}
	for _, a := range run.Assets {
		if a.Name == record.Asset {
			host.Container = a.Container
		}
	}
	probe := record.ID == plan.OpeningProbe || record.ID == plan.ClosingProbe
	return outside.Performed{Step: record.ID, Host: host, Probe: probe, Began: record.Began.Round(0), Ended: record.Ended.Round(0), Observations: record.Outcome.Observations}
}

// PendingOutside are the expectations of outside detectors whose verdict can still change,
// as far as watches have come: of those a run waits for.
func PendingOutside(run *runner.RunRecord, now time.Time) int {
	watched, pending := joinOutside(run), 0
	each := func(records []runner.StepRecord, expect func(i int) []plan.Expectation) {
		for i, record := range records {
			for _, want := range expect(i) {
				least := 0
				if want.Want == verdict.Fires && want.Most == 0 {
					least = want.Least
				}
				watch, ok := watched.of(want.Detector)
				if !ok || want.LeftOut != "" || record.Err != nil || !record.Proven() {
					continue
				}
				step := PerformedOf(run, record)
				if outside.AnswerOf(watch, watched.joined[want.Detector], step, want.Rule).Pending(watch, step, least, now) {
					pending++
				}
			}
		}
	}
	each(run.Baselines, func(i int) []plan.Expectation {
		baseline := run.Plan.Baselines[i]
		return impliedOutside(run.Plan, baseline, run.Plan.Asset(baseline.Asset).Place)
	})
	each(run.Steps, func(i int) []plan.Expectation { return run.Plan.Steps[i].Outside })
	return pending
}

func (w outsideWatches) of(detector string) (outside.Watch, bool) {
	i := slices.IndexFunc(w.watches, func(one outside.Watch) bool { return one.Detector.Name == detector })
	if i < 0 {
		return outside.Watch{}, false
	}
	return w.watches[i], true
}

// judgeOutside judges the expectations of outside detectors of one step.
func (s stepJudge) judgeOutside(run *runner.RunRecord, watched outsideWatches, asked []plan.Expectation) []Expectation {
	var out []Expectation
	step := PerformedOf(run, s.record)
	for _, want := range asked {
		judged := Expectation{
			Detector: want.Detector, Rule: want.Rule, Title: want.Title, Want: want.Want, Shape: cmp.Or(want.Shape, event.Native),
			Because: want.Because, File: want.Range.Filename, Line: want.Range.Start.Line, Asked: len(s.record.Events),
		}
		seen := s.evidence(want, max(1, judged.Asked), 0)
		watch, ok := watched.of(want.Detector)
		switch {
		case ok:
			answer := outside.AnswerOf(watch, watched.joined[want.Detector], step, want.Rule)
			seen.Alerts, seen.Late, seen.Ambiguous = answer.InTime(), answer.Late(), answer.Ambiguous
			seen.LateReason = lateReason(answer, watch.Detector.Within)
			if answer.Unknown != "" {
				seen.Unanswered = fmt.Sprintf("%s did not answer: %s", want.Detector, answer.Unknown)
			}
			judged.Outside = alertsOf(answer.Alerts)
			judged.Verdict, judged.Reason = verdict.Judge(expectedOf(want), seen, s.Today)
			if judged.Verdict == verdict.Detected || judged.Verdict == verdict.FalseAlarm {
				judged.Reason = joinWords(judged.Reason, joinedWords(judged.Outside))
			}
			if answer.Afterwards != "" && (judged.Verdict == verdict.Missed || judged.Verdict == verdict.Silent) {
				judged.Reason = joinWords(judged.Reason, answer.Afterwards)
			}
			if judged.Verdict == verdict.Missed && judged.Reason == "" {
				judged.Reason = fmt.Sprintf("no alert within %s", watch.Detector.Wait)
			}
		default:
			seen.Unanswered = fmt.Sprintf("%s was not watched in this run", want.Detector)
			judged.Verdict, judged.Reason = verdict.Judge(expectedOf(want), seen, s.Today)
		}
		out = append(out, judged)
	}
	return out
}

func expectedOf(want plan.Expectation) verdict.Expected {
	return verdict.Expected{Want: want.Want, Least: want.Least, Most: want.Most, Until: want.Until, LateAllowed: want.LateAllowed}
}

func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// lateReason says how late an answer came; empty if it did not.
func lateReason(a outside.Answer, within time.Duration) string {
	for _, group := range a.Alerts {
		if group.Late {
			return fmt.Sprintf("an alert came %s after the step, which is more than %s; it was %s", seconds(group.After), within, group.Why)
		}
	}
	return ""
}

func seconds(d time.Duration) time.Duration {
	if d < 10*time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(time.Second)
}

func alertsOf(groups []outside.Group) []OutsideAlert {
	var out []OutsideAlert
	for _, g := range groups {
		out = append(out, OutsideAlert{
			Rule: g.Alert.Rule, ID: g.Alert.ID, Severity: g.Alert.Severity, Number: g.Number, Arrived: g.At, AfterSeconds: g.After.Seconds(), Late: g.Late,
			By: g.By, Joined: g.Why,
		})
	}
	return out
}

// detectors tells what came of each outside detector.
func (w outsideWatches) detectors() []OutsideDetector {
	var out []OutsideDetector
	for _, watch := range w.watches {
		d := OutsideDetector{
			Name: watch.Detector.Name, Format: watch.Detector.Format, WithinSeconds: watch.Detector.Within.Seconds(), WaitSeconds: watch.Detector.Wait.Seconds(),
			Probe: watch.Detector.Probe, Alerts: len(watch.Arrivals), Again: watch.Again, Ignored: watch.Ignored, Unreadable: watch.Unreadable, Problem: watch.Problem, Outages: watch.Outages,
		}
		for _, j := range w.joined[d.Name] {
			switch {
			case j.Step != "" || d.Probe != "" && j.Alert.Named(d.Probe):
			case len(d.Unjoined) == mostUnjoined:
				d.MoreUnjoined++
			default:
				d.Unjoined = append(d.Unjoined, OutsideAlert{
					Rule: j.Alert.Rule, ID: j.Alert.ID, Severity: j.Alert.Severity, Number: max(1, j.Alert.Count), Arrived: j.At, By: j.By, Joined: j.Why, Fits: j.Fits,
				})
			}
		}
		out = append(out, d)
	}
	return out
}

// impliedOutside returns what a baseline must meet of outside detectors without being asked:
// the rules that the scenario's steps name are silent on it.
func impliedOutside(p *plan.Plan, baseline plan.Baseline, on asset.Host) []plan.Expectation {
	covered := map[[2]string]bool{}
	for _, e := range baseline.Outside {
		covered[[2]string{e.Detector, e.Rule}] = true
	}
	all := slices.Clone(baseline.Outside)
	for _, step := range p.Steps {
		for _, e := range step.Outside {
			key := [2]string{e.Detector, e.Rule}
			if covered[key] || p.Asset(step.Asset).Place.Kind.Platform != on.Kind.Platform {
				continue
			}
			covered[key] = true
			all = append(all, plan.Expectation{
				Detector: e.Detector, Rule: e.Rule, Title: e.Title, Want: verdict.Quiet, Shape: e.Shape, Because: "ordinary activity", LeftOut: e.LeftOut, Range: baseline.Range,
			})
		}
	}
	return all
}
