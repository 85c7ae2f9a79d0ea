package docker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
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
	// Only boot and process namespace are of interest here.
	self := proc.self(0)
	return e.removeWhere(ctx, labelVersion, func(labels map[string]string, l leftover) bool {
		theirs, ok := parseOwner(labels[labelOwner])
		if !ok {
			return abandoned(unknown, l, now)
		}
		return abandoned(proc.life(theirs, self), l, now)
	})
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

// Clean removes all that is ours from the engine, images included, whoever may
// be using it.
func Clean(ctx context.Context, o Options) ([]Removed, error) {
	found, err := connect(ctx, o.Env)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	gone, err := found.removeWhere(ctx, labelVersion, func(map[string]string, leftover) bool { return true })
	images, imagesErr := found.removeImages(ctx, make(client.Filters).Add("label", labelVersion))
	return append(gone, images...), errors.Join(err, imagesErr)
}

// removeImages removes those that a filter lets through.
func (e engine) removeImages(ctx context.Context, filter client.Filters) ([]Removed, error) {
	listed, err := e.ImageList(ctx, client.ImageListOptions{Filters: filter})
	if err != nil {
		return nil, fmt.Errorf("list images: %w", err)
	}
	var gone []Removed
	var failed []error
	for _, one := range listed.Items {
		name := firstOf(one.RepoTags, one.ID)
		_, err := e.ImageRemove(ctx, one.ID, client.ImageRemoveOptions{Force: true, PruneChildren: true})
		switch {
		case err == nil:
			gone = append(gone, Removed{Kind: "image", Name: name})
		case !errdefs.IsNotFound(err):
			failed = append(failed, fmt.Errorf("remove image %s: %w", name, err))
		}
	}
	return gone, errors.Join(failed...)
}
