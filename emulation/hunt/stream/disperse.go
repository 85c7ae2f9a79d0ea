package stream

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// MaxDispersal is how far a step is moved at most. Steps that are together stay so: those
// less than twice as far apart move together, and none passes another.
const MaxDispersal = 6 * time.Hour

// Disperse moves the steps of a run in time, each at most so far, by chance that follows
// from the seed: steps that are planned by the day are all recorded at the same second of
// it. The run and its plan stay as they are; ordinary days are not moved.
func Disperse(run *runner.RunRecord, seed uint64, most time.Duration) *runner.RunRecord {
	out, shifts := *run, shiftsOf(run.Plan, seed, most)
	out.Plan, out.Steps = moved(run.Plan, shifts), slices.Clone(run.Steps)
	started := map[string]startsMoved{}
	for i := range out.Steps {
		record := &out.Steps[i]
		if started[record.Asset] == nil {
			started[record.Asset] = startsMoved{}
		}
		shift := shifts[record.ID]
		record.Events = slices.Clone(record.Events)
		for n := range record.Events {
			e := &record.Events[n]
			e.Fields = edited(e.Fields, editsOf(e), shift, started[record.Asset])
			e.Time = e.Time.Add(shift)
		}
	}
	return &out
}

// DispersePlan moves the steps of a plan as [Disperse] moves those of a run of it, so that
// they are performed at those times.
func DispersePlan(p *plan.Plan, seed uint64, most time.Duration) *plan.Plan {
	return moved(p, shiftsOf(p, seed, most))
}

func moved(p *plan.Plan, shifts map[string]time.Duration) *plan.Plan {
	out := *p
	out.Steps = slices.Clone(p.Steps)
	for i := range out.Steps {
		out.Steps[i].At += shifts[out.Steps[i].ID]
	}
	return &out
}

// shiftsOf is how far each step moves, by its name.
func shiftsOf(p *plan.Plan, seed uint64, most time.Duration) map[string]time.Duration {
	most = max(0, min(most, MaxDispersal)).Truncate(time.Second)
	steps := slices.Clone(p.Steps)
	slices.SortStableFunc(steps, func(a, b plan.Step) int { return int(min(max(a.At-b.At, -1), 1)) })
	random := rand.New(rand.NewPCG(seed, 0xd15))
	shifts := map[string]time.Duration{}
	var shift time.Duration
	for i, step := range steps {
		if i == 0 || step.At-steps[i-1].At >= 2*MaxDispersal {
			shift = time.Duration(random.Int64N(int64(2*most/time.Second)+1))*time.Second - most
		}
		shifts[step.ID] = shift
	}
	return shifts
}

// startsMoved keeps every process as it is, but for how far its start was moved, by its
// key: as far as its first event.
type startsMoved map[uint64]time.Duration

func (s startsMoved) process(key uint64, shift time.Duration) (uint64, time.Duration) {
	if _, ok := s[key]; !ok {
		s[key] = shift
	}
	return key, s[key]
}

func (s startsMoved) pid(pid int64) int64 { return pid }
