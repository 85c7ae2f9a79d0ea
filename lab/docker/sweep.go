package docker

import (
	"context"
	"time"
)

// unclaimed is the age from which something that does not run, of a runner
// whose life cannot be known, belongs to nobody: far longer than a start takes.
const unclaimed = 10 * time.Minute

// Sweep removes what dead runners left. Of a living runner it removes nothing.
func Sweep(ctx context.Context, o Options) ([]Removed, error) {
	found, err := connect(ctx, o.Env)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	return found.sweep(ctx, time.Now())
}

func (e engine) sweep(ctx context.Context, now time.Time) ([]Removed, error) {
	return e.removeWhere(ctx, labelVersion, abandonedAt(now))
}

// abandonedAt condemns what is a dead runner's.
func abandonedAt(now time.Time) func(labels map[string]string, l leftover) bool {
	// Only boot and process namespace are of interest here.
	self := proc.self(0)
	return func(labels map[string]string, l leftover) bool {
		theirs, ok := parseOwner(labels[labelOwner])
		if !ok {
			return abandoned(unknown, l, now)
		}
		return abandoned(proc.life(theirs, self), l, now)
	}
}

// abandoned decides whether something is a dead runner's. What runs ends itself
// soon after its runner, so of an unknown runner's only the rest is in doubt.
func abandoned(runner life, l leftover, now time.Time) bool {
	switch runner {
	case alive:
		return false
	case dead:
		return true
	}
	return !l.started && now.Sub(l.created) > unclaimed
}
