package docker

import "context"

// Sweep removes the containers that dead runners left. Of a runner that lives, or
// of which that cannot be known, it removes nothing: what such a one has running
// ends itself, and `ringer clean` has the rest. The error is runner.ErrNoLab where no
// engine answers, or all that the engine refused, joined.
func Sweep(ctx context.Context, o Options) ([]Removed, error) {
	found, err := connect(ctx, o.Env)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	return found.sweep(ctx)
}

func (e engine) sweep(ctx context.Context) ([]Removed, error) {
	all, err := e.containers(ctx, labelVersion)
	if err != nil {
		return nil, err
	}
	return e.removeMatching(ctx, all.ours, func(c ownContainer) bool { return c.liveness == dead })
}
