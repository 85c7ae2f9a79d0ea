package hunttest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Load is clients that each do something, think, and do something again.
type Load struct {
	Clients int
	For     time.Duration
	// Think is how long a client waits between two acts, at least and at most.
	Think [2]time.Duration
	Seed  uint64
	// Now is the clock; Act is what a client does, by chance of its own.
	Now func() time.Time
	Act func(ctx context.Context, client int, chance *rand.Rand) error
}

// Report is how long the acts of a load took.
type Report struct {
	Acts, Failed       int
	P50, P90, P99, Max time.Duration
	// Err is the first that an act failed with.
	Err error
}

// String is the report in one line.
func (r Report) String() string {
	const exact = 10 * time.Microsecond
	return fmt.Sprintf("%d acts, %d failed, p50 %s, p90 %s, p99 %s, max %s",
		r.Acts, r.Failed, r.P50.Round(exact), r.P90.Round(exact), r.P99.Round(exact), r.Max.Round(exact))
}

// Run has the clients go on until the time is over or ctx ends.
func (l Load) Run(ctx context.Context) Report {
	ctx, cancel := context.WithTimeout(ctx, l.For)
	defer cancel()
	var (
		mutex  sync.Mutex
		took   []time.Duration
		report Report
		done   sync.WaitGroup
	)
	for client := range l.Clients {
		done.Go(func() {
			chance := rand.New(rand.NewPCG(l.Seed, uint64(client)))
			for l.think(ctx, chance) {
				from := l.Now()
				err := l.Act(context.WithoutCancel(ctx), client, chance)
				each := l.Now().Sub(from)
				mutex.Lock()
				took = append(took, each)
				if err != nil {
					if report.Failed++; report.Err == nil {
						report.Err = err
					}
				}
				mutex.Unlock()
			}
		})
	}
	done.Wait()
	slices.Sort(took)
	report.Acts = len(took)
	if len(took) > 0 {
		at := func(part float64) time.Duration { return took[int(part*float64(len(took)-1))] }
		report.P50, report.P90, report.P99, report.Max = at(0.5), at(0.9), at(0.99), took[len(took)-1]
	}
	return report
}

// think waits, and reports false once the time is over.
func (l Load) think(ctx context.Context, chance *rand.Rand) bool {
	wait := l.Think[0]
	if more := l.Think[1] - l.Think[0]; more > 0 {
		wait += time.Duration(chance.Int64N(int64(more)))
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(wait):
		return ctx.Err() == nil
	}
}
