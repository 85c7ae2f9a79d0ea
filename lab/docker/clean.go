package docker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
)

// Cleaned is what Clean came to.
type Cleaned struct {
	Removed []Removed
	// Living counts the runs under way: spared, or ended where that was asked for.
	Living int
}

// Clean removes all that is ours from the engine, images included. Runs under way
// are spared, and with them the images that they stand on, unless end is set.
func Clean(ctx context.Context, o Options, end bool) (Cleaned, error) {
	found, err := connect(ctx, o.Env)
	if err != nil {
		return Cleaned{}, err
	}
	defer found.Close()
	out, err := found.removeRuns(ctx, labelVersion, end)
	if out.Living > 0 && !end {
		return out, err
	}
	images, imagesErr := found.removeImages(ctx, make(client.Filters).Add("label", labelVersion))
	out.Removed = append(out.Removed, images...)
	return out, errors.Join(err, imagesErr)
}

// removeRuns removes what dead runs have left under a label, and ends those under
// way where that is asked for.
func (e engine) removeRuns(ctx context.Context, label string, end bool) (out Cleaned, err error) {
	dead, living := abandonedAt(time.Now()), map[string]bool{}
	out.Removed, err = e.removeWhere(ctx, label, func(labels map[string]string, l leftover) bool {
		if dead(labels, l) {
			return true
		}
		living[labels[labelLease]] = true
		return end
	})
	out.Living = len(living)
	return out, err
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
