package material

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/judge"
	"github.com/ringer-lab/ringer/emulation/exercise/truth"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/stream"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Performed is what an exercise is made of.
type Performed struct {
	// Run is the scenario as it was reported, Judged what detectors made of it.
	Run    *runner.RunRecord
	Judged result.Scenario
	// Variants are all ways in which it was performed, Run's first; none is Run alone.
	Variants []judge.Variant
	// Detectors are those that the scenario's rules are asked of.
	Detectors []detect.Detector
	// Live is true of what is performed while the exercise goes on, or was: Run is then of
	// the plan that [LivePlan] returns, with the steps that were performed so far.
	Live bool
}

// LivePlan is a plan with the steps at the times at which trainees see them, for a scenario
// that is performed while its exercise goes on. seed is that of [New].
func LivePlan(p *plan.Plan, seed string) *plan.Plan {
	return stream.DispersePlan(p, number("dispersal", seed), disperse)
}

// The measures of a stream.
const (
	// before is how long before the first step the clock begins.
	before = 30 * time.Minute
	// after is how long ordinary events go on after the last step.
	after = 24 * time.Hour
	// disperse is how far steps are moved from the second at which they were recorded.
	disperse = 4 * time.Hour
	// days is how many ordinary days before the exercise rules are tried on.
	days = 2
	// chunk is how many events are added at once.
	chunk = 4096
	// trials is how many rules may be tried at once.
	trials = 2
)

// MostEvents is how many events an exercise may have: more would not leave room on an
// ordinary machine.
const MostEvents = 2_000_000

// Material is all that an exercise is run with.
type Material struct {
	// Store has the events; it is empty until [Material.Fill].
	Store  *hunt.Store
	Truth  *exercise.Truth
	Judges exercise.Judges
	// Start is the virtual time at which the clock begins, End that of the last events.
	Start, End time.Time

	stream *stream.Stream
	maker  *stream.Maker
}

// New makes the material of an exercise; seed is a secret of its session. It fails if the
// stream would have more events than [MostEvents].
func New(of Performed, definition exercise.Definition, seed string) (*Material, error) {
	run := of.Run
	if !of.Live {
		run = stream.Disperse(of.Run, number("dispersal", seed), disperse)
	}
	m := &Material{maker: stream.NewMaker(run.Plan)}
	m.Truth = truth.Of(run, of.Judged, m.origin)
	first, last := seenBetween(run)
	if of.Live {
		truth.Plan(m.Truth, run.Plan, run.Start)
		first, last = plannedBetween(run)
	}
	m.Start, m.End = spanOf(first, last, definition)

	var ordinary, performed []hunt.Record
	for _, record := range run.Baselines {
		ordinary = append(ordinary, m.maker.Records(record, true)...)
	}
	for _, record := range run.Steps {
		performed = append(performed, m.maker.Records(record, false)...)
	}
	earlier := stream.New(stream.Options{Seed: number("before", seed), From: m.Start.Add(-days * 24 * time.Hour), To: m.Start.Add(-24 * time.Hour)})
	earlier.AddOrdinary(ordinary)
	m.stream = stream.New(stream.Options{Seed: number("stream", seed), From: m.Start, To: m.End})
	m.stream.AddOrdinary(ordinary)
	m.stream.AddPerformed(performed)
	if total := m.stream.Total(); total > MostEvents {
		return nil, fmt.Errorf("exercise %s would have %d events from %s to %s; at most %d are allowed: choose a scenario that takes fewer days, or one with fewer ordinary events",
			definition.Name, total, m.Start.Format(time.DateOnly), m.End.Format(time.DateOnly), MostEvents)
	}
	m.Store = hunt.New(hunt.Options{Key: key("ids", seed), Ordinary: earlier.Until(m.Start, MostEvents), Trials: trials})

	variants := of.Variants
	if len(variants) == 0 {
		variants = []judge.Variant{{Run: of.Run}}
	}
	m.Judges = exercise.Judges{
		Rules:    judge.NewRules(variants, judge.Ordinary(of.Run), event.Native),
		Profiles: judge.Profiles{Detectors: of.Detectors, Run: of.Run, Judged: of.Judged, Purchases: definition.Purchases},
	}
	return m, nil
}

// seenBetween are the times of the first and the last event of a run's steps; both its
// start if there is none.
func seenBetween(run *runner.RunRecord) (first, last time.Time) {
	for _, record := range run.Steps {
		for _, e := range record.Events {
			if first.IsZero() || e.Time.Before(first) {
				first = e.Time
			}
			if e.Time.After(last) {
				last = e.Time
			}
		}
	}
	if first.IsZero() {
		return run.Start, run.Start
	}
	return first, last
}

// plannedBetween are the times of the first and the last step of a run's plan.
func plannedBetween(run *runner.RunRecord) (first, last time.Time) {
	first, last = run.Start, run.Start
	for i, step := range run.Plan.Steps {
		at := run.Start.Add(step.At)
		if i == 0 || at.Before(first) {
			first = at
		}
		if i == 0 || at.After(last) {
			last = at
		}
	}
	return first, last
}

// spanOf is when the clock begins, and when the last ordinary day ends: not before the
// time that the exercise takes.
func spanOf(first, last time.Time, definition exercise.Definition) (start, end time.Time) {
	start = first.Add(-before).UTC().Truncate(time.Minute)
	lasts := time.Duration(float64(definition.Minutes) * definition.Pace * float64(time.Minute))
	end = last.Add(after).UTC()
	if least := start.Add(min(lasts, 366*24*time.Hour)); least.After(end) {
		end = least
	}
	return start, end
}

// Add adds a step that was just performed, and the truth of it: its events come at once
// where the clock is past them. ordinary days must have been filled in until the step's
// time, and no further. It fails if a detector does, or if ctx ends.
func (m *Material) Add(ctx context.Context, of Performed, record runner.StepRecord) error {
	step, planned := truth.Step(of.Run.Plan, of.Run.Start, record, nil)
	if !planned {
		return fmt.Errorf("add step %s: it is not of the plan", record.ID)
	}
	events := slices.Clone(record.Events)
	slices.SortStableFunc(events, func(a, b event.Event) int { return a.Time.Compare(b.Time) })
	alerts, err := detect.All(ctx, of.Detectors, events, event.Native, event.EDR)
	if err != nil {
		return fmt.Errorf("add step %s: %w", record.ID, err)
	}
	step.Alerted = len(alerts) > 0
	m.stream.AddPerformed(m.maker.Records(record, false))
	m.Truth.Add(step)
	return m.FillUntil(ctx, step.To)
}

// origin tells of an event which step it is of; "" is an ordinary day.
func (m *Material) origin(id string) (step string, known bool) {
	origin, ok := m.Store.OriginOf(id)
	if !ok || origin.Ordinary {
		return "", ok
	}
	return origin.Step, true
}

// Fill adds all events to the store, in their order. It fails if ctx ends.
func (m *Material) Fill(ctx context.Context) error { return m.FillUntil(ctx, m.End.Add(48*time.Hour)) }

// FillUntil adds the events up to a virtual time: of those that it has not, no finding can
// be told. It fails if ctx ends.
func (m *Material) FillUntil(ctx context.Context, until time.Time) error {
	for ctx.Err() == nil {
		next := m.stream.Until(until, chunk)
		if len(next) == 0 {
			m.Truth.SetOrigin(m.origin) // scores that were computed without them are no longer right
			return nil
		}
		m.Store.Add(next)
	}
	return fmt.Errorf("fill the exercise's events: %w", context.Cause(ctx))
}

// Total is how many events there will be in all.
func (m *Material) Total() int { return m.stream.Total() }

// Counts is how many events of which kind were added so far.
func (m *Material) Counts() stream.Counts { return m.stream.Counts() }

// key is a secret of its own for each use of a seed.
func key(use, seed string) []byte {
	sum := sha256.Sum256([]byte(use + "\x00" + seed))
	return slices.Clone(sum[:])
}

func number(use, seed string) uint64 { return binary.BigEndian.Uint64(key(use, seed)) }
