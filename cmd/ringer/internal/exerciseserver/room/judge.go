package room

import (
	"context"
	"time"
)

// retryAfter is how long a judge that failed is left alone.
const retryAfter = 5 * time.Second

// Run judges what teams built, until ctx ends. What waits from before is judged first.
// broke is told of what failed; it is tried again.
func (r *Room) Run(ctx context.Context, broke func(error)) {
	for {
		failed := r.judgeWaiting(ctx, broke)
		var again <-chan time.Time
		if failed {
			timer := time.NewTimer(retryAfter)
			defer timer.Stop()
			again = timer.C
		}
		select {
		case <-ctx.Done():
			return
		case <-r.judging:
		case <-again:
		}
	}
}

func (r *Room) judgeWaiting(ctx context.Context, broke func(error)) (failed bool) {
	for _, waits := range r.state.Unjudged() {
		judged, err := r.options.Judges.Judge(ctx, waits)
		if err == nil {
			_, err = r.Enter(ctx, judged)
		}
		if ctx.Err() != nil {
			return false
		}
		if err != nil {
			broke(err)
			failed = true
		}
	}
	return failed
}
