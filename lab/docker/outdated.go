package docker

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
)

// outdated is the age from which an asset's image is forgotten: each build of
// ringer makes one of its own, and one that is still in use is made again in
// half a second.
const outdated = 7 * 24 * time.Hour

// forgetOutdated removes a repository's images that were made long ago and that
// no container is of.
func (e engine) forgetOutdated(ctx context.Context, repository string, now time.Time) error {
	listed, err := e.ImageList(ctx, client.ImageListOptions{Filters: make(client.Filters).Add("reference", repository)})
	if err != nil {
		return fmt.Errorf("list images: %w", err)
	}
	for _, one := range listed.Items {
		about, err := e.ImageInspect(ctx, one.ID)
		if err != nil || now.Sub(about.Metadata.LastTagTime) < outdated {
			continue // another runner was quicker, or it is recent
		}
		for _, ref := range one.RepoTags {
			if !strings.HasPrefix(ref, repository+":") {
				continue
			}
			_, err := e.ImageRemove(ctx, ref, client.ImageRemoveOptions{PruneChildren: true})
			if err != nil && !errdefs.IsConflict(err) && !errdefs.IsNotFound(err) {
				return fmt.Errorf("remove image %s: %w", ref, err)
			}
		}
	}
	return nil
}

// forgetHalfMade removes what a builder had begun, under that label, for a runner
// that was killed together with its janitor.
func (e engine) forgetHalfMade(ctx context.Context, label string, now time.Time) error {
	listed, err := e.ImageList(ctx, client.ImageListOptions{Filters: make(client.Filters).Add("label", label).Add("dangling", "true")})
	if err != nil {
		return fmt.Errorf("list images: %w", err)
	}
	for _, one := range listed.Items {
		if now.Sub(time.Unix(one.Created, 0)) < unclaimed {
			continue
		}
		_, err := e.ImageRemove(ctx, one.ID, client.ImageRemoveOptions{PruneChildren: true})
		if err != nil && !errdefs.IsConflict(err) && !errdefs.IsNotFound(err) {
			return fmt.Errorf("remove image %.19s: %w", one.ID, err)
		}
	}
	return nil
}
