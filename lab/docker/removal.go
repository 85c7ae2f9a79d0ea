package docker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
)

// Removed is one thing that was removed from an engine.
type Removed struct {
	// Kind is container or image: we make nothing else, and so remove nothing else.
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// ignoreRemoved is for removals that nobody waits to hear of.
func ignoreRemoved(Removed) {}

// removalPoll is how often to look whether a container that someone else is removing is gone.
const removalPoll = 50 * time.Millisecond

// remove kills and removes a container, and returns when it is gone. One that
// is not there is fine. Its volumes stay: ours have none.
func (e engine) remove(ctx context.Context, id string) error {
	for {
		_, err := e.ContainerRemove(ctx, id, client.ContainerRemoveOptions{Force: true})
		switch {
		case err == nil, errdefs.IsNotFound(err):
			return nil
		case !errdefs.IsConflict(err):
			return fmt.Errorf("remove container: %w", err)
		}
		// A conflict means that its removal, which AutoRemove began, goes on.
		select {
		case <-ctx.Done():
			return fmt.Errorf("remove container: %w", err)
		case <-time.After(removalPoll):
		}
	}
}

// removeNamed removes a container that may have come into being under a name and
// a lease; one of that name with another lease is not ours.
func (e engine) removeNamed(ctx context.Context, name, lease string) error {
	found, err := e.ContainerInspect(ctx, name, client.ContainerInspectOptions{})
	switch {
	case errdefs.IsNotFound(err):
		return nil
	case err != nil:
		return fmt.Errorf("inspect container: %w", err)
	case found.Container.Config == nil || found.Container.Config.Labels[labelLease] != lease:
		return nil
	}
	return e.remove(ctx, found.Container.ID)
}

// removeLeased removes all that one lab has made, but for whole images, which
// are for others too.
func (e engine) removeLeased(ctx context.Context, lease string) ([]Removed, error) {
	label := labelLease + "=" + lease
	var gone []Removed
	all, err := e.containers(ctx, label)
	if err == nil {
		gone, err = e.removeMatching(ctx, all.ours, func(ownContainer) bool { return true })
	}
	images, imagesErr := e.removeUnfinished(ctx, label, func(owner) bool { return true }, ignoreRemoved)
	return append(gone, images...), errors.Join(err, imagesErr)
}

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
