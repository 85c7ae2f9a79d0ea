package history

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/mutate"
	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Collect is what is kept of one scenario that was performed, or replayed, and judged.
func Collect(run *runner.RunRecord, judged result.Scenario) Scenario {
	seen := sightings{}
	for _, e := range run.Events() {
		seen.add(e)
	}
	return scenarioOf(judged, seen, performance.Key(run.Performance), run.Reused)
}

// ErrOther says that a recording is of something that no history keeps.
var ErrOther = errors.New("not a whole run of scenarios as they are written")

// FromRecording is what is kept of a recorded run, without where it is recorded. It fails
// with an error that wraps ErrOther if it is a run of variants or of what was re-enacted,
// or was broken off, and if the recording cannot be read.
func FromRecording(r *record.Recording) (Run, error) {
	switch {
	case r.Head.Kind != "":
		return Run{}, fmt.Errorf("%w: it is of %ss", ErrOther, r.Head.Kind)
	case !r.Sealed:
		return Run{}, fmt.Errorf("%w: it was broken off", ErrOther)
	}
	run := Run{Head: Head{
		ID: r.Head.Run, Started: Moment(r.Head.Started), Version: r.Head.Ringer.Version, Lab: r.Head.Lab, Rules: RulesDigest(r.Head.Rules), Part: PartOf(r.Head),
	}, Chosen: r.Head.Chosen}
	var all []result.Scenario
	for _, name := range r.Head.Scenarios {
		recorded, judged, err := readScenario(r, name)
		if err != nil {
			return Run{}, err
		}
		run.Scenarios, all = append(run.Scenarios, recorded), append(all, judged)
	}
	if err := run.check(); err != nil {
		return Run{}, err
	}
	run.Worst = result.Summarise(all, nil).Worst
	tail, err := r.Tail()
	if err != nil {
		return Run{}, err
	}
	if tail != nil {
		run.Took = tail.Took
	}
	return run, nil
}

// check fails if something is there twice that can be there once: a recording may be of
// somebody else's making.
func (r Run) check() error {
	scenarios := map[string]bool{}
	for _, s := range r.Scenarios {
		steps := map[string]bool{}
		for _, step := range s.Steps {
			id := fmt.Sprint(step.Baseline, step.ID)
			if steps[id] {
				return fmt.Errorf("scenario %q has step %q twice", s.Name, step.ID)
			}
			steps[id] = true
		}
		if scenarios[s.Name] {
			return fmt.Errorf("scenario %q is there twice", s.Name)
		}
		scenarios[s.Name] = true
	}
	return nil
}

func readScenario(r *record.Recording, name string) (Scenario, result.Scenario, error) {
	s, err := r.Scenario(name)
	if err != nil {
		return Scenario{}, result.Scenario{}, err
	}
	judged, err := s.Judged()
	if err != nil {
		return Scenario{}, result.Scenario{}, err
	}
	alerts, err := s.Alerts()
	if err != nil {
		return Scenario{}, result.Scenario{}, err
	}
	seen := sightings{}
	if err := s.Events(func(e event.Event) error { seen.add(e); return nil }); err != nil {
		return Scenario{}, result.Scenario{}, err
	}
	for _, steps := range [][]result.Step{judged.Baselines, judged.Steps} {
		for i := range steps {
			steps[i].Alerts = alerts[steps[i].ID]
		}
	}
	return scenarioOf(judged, seen, performance.Key(s.Performance()), s.Reused()), judged, nil
}

// PartOf is what of a whole run one is that has that head; "" if it is whole.
func PartOf(head record.Head) string {
	if head.Shard == nil && head.Chosen != nil {
		return Chosen
	}
	return head.Shard.String()
}

// Moment is a time as it is kept: in UTC, to the microsecond.
func Moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// RulesDigest is a digest of files of rules, in the order in which they are read: of two
// rules with one id the later counts.
func RulesDigest(files []record.Source) string {
	sum := sha256.New()
	for _, file := range files {
		fmt.Fprintln(sum, file.Digest)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// MutationOf is what is kept of a measurement: the rules that could be scored.
func MutationOf(m mutate.Measurement) []Mutation {
	all := []Mutation{}
	for _, rule := range m.Rules {
		if rule.Unscored == "" {
			all = append(all, Mutation{Rule: rule.Rule, Title: rule.Title, Killed: rule.Killed, Survived: rule.Survived, Equivalent: rule.Equivalent})
		}
	}
	return all
}

// sightings are the times of events, by their ids, and of the first of each step.
type sightings map[string]time.Time

func (s sightings) add(e event.Event) {
	s[e.ID] = e.Time
	step := "step " + e.Lineage.Step // no id of an event has a blank
	if first, ok := s[step]; !ok || e.Time.Before(first) {
		s[step] = e.Time
	}
}

// after returns how long it was from a step's first event to the one that completed the
// first of its alerts that an expectation is about; negative where there is none.
func (s sightings) after(step result.Step, of result.Expectation) time.Duration {
	took := time.Duration(-1)
	if of.Verdict != verdict.Detected {
		return took
	}
	for _, alert := range step.Alerts {
		if alert.Detector != of.Detector || alert.Rule != of.Rule || alert.Shape != of.Shape {
			continue
		}
		came, ok := s[alert.Newest()]
		if !ok {
			continue
		}
		if d := max(0, came.Sub(s["step "+step.ID])); took < 0 || d < took {
			took = d
		}
	}
	return took.Truncate(time.Microsecond)
}

func scenarioOf(judged result.Scenario, seen sightings, key performance.Key, reused string) Scenario {
	out := Scenario{Name: judged.Name, Performance: key, Reused: reused, Sound: sound(judged), Took: seconds(judged.Seconds)}
	for _, step := range judged.Baselines {
		kept := stepOf(step, seen)
		kept.Baseline, kept.Alarms = true, alarmsOf(step)
		out.Steps = append(out.Steps, kept)
	}
	for _, step := range judged.Steps {
		out.Steps = append(out.Steps, stepOf(step, seen))
	}
	return out
}

// sound tells of a result what [runner.RunRecord.Sound] tells of a record.
func sound(judged result.Scenario) bool {
	for _, asset := range judged.Assets {
		if asset.Error != "" || len(asset.Leftover) > 0 {
			return false
		}
	}
	for _, step := range slices.Concat(judged.Baselines, judged.Steps) {
		if step.Error != "" || step.Skipped != "" || !step.Proven {
			return false
		}
	}
	return true
}

func stepOf(step result.Step, seen sightings) Step {
	out := Step{ID: step.ID, Technique: step.Technique, Proven: step.Proven, Took: seconds(step.Seconds)}
	known := map[Expectation]int{}
	for _, e := range step.Expectations {
		v := Verdict{Expectation{e.Detector, e.Rule, e.Shape, e.Want}, e.Title, e.Verdict, seen.after(step, e)}
		at, twice := known[v.Expectation]
		switch {
		case !twice:
			known[v.Expectation] = len(out.Verdicts)
			out.Verdicts = append(out.Verdicts, v)
		case v.Verdict > out.Verdicts[at].Verdict: // the worse of two on one rule
			out.Verdicts[at] = v
		}
	}
	return out
}

// alarmsOf are the rules that alerted on an ordinary day, expected there or not, each
// once.
func alarmsOf(day result.Step) []Alarm {
	levels := map[string]string{}
	for _, alert := range day.Alerts {
		levels[alert.Rule] = alert.Level
	}
	var all []Alarm
	for _, alert := range day.UnexpectedAlerts {
		all = append(all, alarmOf(alert))
	}
	for _, e := range day.Expectations {
		if e.Verdict == verdict.FalseAlarm {
			all = append(all, Alarm{e.Rule, e.Title, levels[e.Rule]})
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(a Alarm) bool {
		twice := seen[a.Rule]
		seen[a.Rule] = true
		return twice
	})
}

func alarmOf(alert detect.Alert) Alarm { return Alarm{alert.Rule, alert.Title, alert.Level} }

// seconds is a duration of a result, to the microsecond.
func seconds(s float64) time.Duration {
	return time.Duration(s * float64(time.Second)).Truncate(time.Microsecond)
}
