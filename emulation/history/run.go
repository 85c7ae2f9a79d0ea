package history

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// Chosen is the part that a run is in which some steps were chosen.
const Chosen = "chosen"

// Run is what is kept of one run.
type Run struct {
	Head
	// Chosen are the steps and baselines that were chosen, by scenario; nil is all.
	Chosen    map[string][]string
	Scenarios []Scenario
	// Mutation are the mutants of each rule; nil where rules were not tested by mutants.
	Mutation []Mutation
}

// Head is what is kept of a run as a whole.
type Head struct {
	// ID is the run's.
	ID string `json:"id"`
	// Started is when it was performed, in UTC, to the microsecond.
	Started time.Time `json:"started"`
	// Version is ringer's.
	Version string        `json:"version"`
	Lab     string        `json:"lab"`
	Took    time.Duration `json:"-"`
	// Recording is where the run was recorded; empty if it was not.
	Recording Recording `json:"recording,omitzero"`
	// Rules is a digest of the files of rules that it was judged by.
	Rules string `json:"rules"`
	// Part tells what is not a whole run: a part of one, such as "2/4", or [Chosen].
	Part  string          `json:"part,omitempty"`
	Worst verdict.Verdict `json:"worst"`
}

// Recording is a sealed recording.
type Recording struct {
	// Path is the file's, absolute.
	Path string `json:"path"`
	// Digest is the SHA-256 of the file, in hex.
	Digest string `json:"sha256"`
}

// Scenario is one scenario of a run.
type Scenario struct {
	Name string
	// Performance is the key by which it was performed; empty if that is not known.
	Performance performance.Key
	// Reused is the id of the run that performed it; empty if this one did.
	Reused string
	// Sound tells whether nothing broke while it was performed, every effect was proven
	// and undone, and no step was left out: only then may it be reused.
	Sound bool
	Took  time.Duration
	// Steps are the baselines, then the steps.
	Steps []Step
}

// Step is one step, or one baseline.
type Step struct {
	ID        string
	Baseline  bool
	Technique string // empty for a baseline
	Proven    bool
	Took      time.Duration
	Verdicts  []Verdict
	// Alarms are the rules that alerted on a baseline, an ordinary day.
	Alarms []Alarm
}

// Verdict is how one expectation was judged.
type Verdict struct {
	Expectation
	Title   string
	Verdict verdict.Verdict
	// After is how long it was from the step's first event to the one that completed the
	// first alert; negative where there is no alert, or that is not known.
	After time.Duration
}

// Expectation is what one rule should do at a step.
type Expectation struct {
	Detector string       `json:"detector"`
	Rule     string       `json:"rule"`
	Shape    event.Shape  `json:"shape"`
	Want     verdict.Want `json:"want"`
}

// Alarm is a rule that alerted on an ordinary day.
type Alarm struct{ Rule, Title, Level string }

// Mutation counts the mutants of one rule.
type Mutation struct {
	Rule, Title                  string
	Killed, Survived, Equivalent int
}

// Series names runs that can be compared: those of the same scenarios, or of what was
// chosen of them, in the same lab. It is empty for one of several parts of a run, which no
// other is like.
func (r Run) Series() string {
	if r.Part != "" && r.Part != Chosen {
		return ""
	}
	names := make([]string, len(r.Scenarios))
	for i, s := range r.Scenarios {
		names[i] = s.Name
		for _, step := range r.Chosen[s.Name] {
			names[i] += "\n" + step
		}
	}
	slices.Sort(names)
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q", r.Lab, strings.Join(names, "\n")))
	return hex.EncodeToString(sum[:8])
}

// Counts are the figures of a run that trends are made of.
type Counts struct {
	Scenarios    int `json:"scenarios"`
	Steps        int `json:"steps"`
	Expectations int `json:"expectations"`
	Detected     int `json:"detected"`
	// Missed counts those that were not detected in time.
	Missed      int `json:"missed"`
	Blind       int `json:"blind"`
	FalseAlarms int `json:"false_alarms"`
	// Unjudged counts those without an effect, skipped, not asked and errored.
	Unjudged int `json:"unjudged"`
	// Techniques counts those that proven steps claim, Seen those of them of which
	// something was detected.
	Techniques int `json:"techniques"`
	Seen       int `json:"techniques_seen"`
	// Alarms counts, over ordinary days, the rules that alerted on each.
	Alarms int `json:"alarms"`
	// Reused counts the scenarios that an earlier run performed.
	Reused int `json:"reused"`
	// Detections is how long detections took; zero values where there was none.
	Detections Quantiles `json:"time_to_detect"`
	// Killed and Tested count mutants; Tested is 0 where rules were not tested by mutants.
	Killed int `json:"mutants_killed"`
	Tested int `json:"mutants_tested"`
}

// Quantiles are those of durations, by the nearest rank.
type Quantiles struct {
	// Of is how many durations there are.
	Of            int
	P50, P95, P99 time.Duration
}

// MarshalJSON writes durations in seconds; its error is always nil.
func (q Quantiles) MarshalJSON() ([]byte, error) {
	if q.Of == 0 {
		return []byte(`{"of":0}`), nil
	}
	return fmt.Appendf(nil, `{"of":%d,"p50":%g,"p95":%g,"p99":%g}`, q.Of, q.P50.Seconds(), q.P95.Seconds(), q.P99.Seconds()), nil
}

// QuantilesOf returns those of durations, which it sorts.
func QuantilesOf(all []time.Duration) Quantiles {
	slices.Sort(all)
	rank := func(share int) time.Duration {
		if len(all) == 0 {
			return 0
		}
		return all[(len(all)*share+99)/100-1]
	}
	return Quantiles{len(all), rank(50), rank(95), rank(99)}
}

// Counts returns the figures of a run.
func (r Run) Counts() Counts {
	out := Counts{Scenarios: len(r.Scenarios)}
	performed, seen := map[string]bool{}, map[string]bool{}
	var after []time.Duration
	for _, s := range r.Scenarios {
		if s.Reused != "" {
			out.Reused++
		}
		for _, step := range s.Steps {
			if !step.Baseline {
				out.Steps++
			}
			if step.Proven && step.Technique != "" {
				performed[step.Technique] = true
			}
			out.Alarms += len(step.Alarms)
			for _, v := range step.Verdicts {
				out.add(v.Verdict)
				if v.Verdict == verdict.Detected {
					seen[step.Technique] = true
				}
				if v.After >= 0 {
					after = append(after, v.After)
				}
			}
		}
	}
	for technique := range performed {
		out.Techniques++
		if seen[technique] {
			out.Seen++
		}
	}
	for _, m := range r.Mutation {
		out.Killed, out.Tested = out.Killed+m.Killed, out.Tested+m.Killed+m.Survived
	}
	out.Detections = QuantilesOf(after)
	return out
}

func (c *Counts) add(v verdict.Verdict) {
	c.Expectations++
	switch v {
	case verdict.Detected:
		c.Detected++
	case verdict.Missed, verdict.DetectedLate:
		c.Missed++
	case verdict.BlindSpot:
		c.Blind++
	case verdict.FalseAlarm:
		c.FalseAlarms++
	case verdict.NoEffect, verdict.Skipped, verdict.NotAsked, verdict.Errored, verdict.Pending:
		c.Unjudged++
	case verdict.Silent:
	}
}
