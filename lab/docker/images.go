package docker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/image"
)

// outdated is the age from which an asset's image is forgotten: each build of
// ringer makes one of its own, and one that is still in use is made again in
// half a second.
const outdated = 7 * 24 * time.Hour

// ownImage is an image of ours under one name.
type ownImage struct{ id, ref string }

// images lists those of ours that a label is on, by name; what is made of others
// comes before what it was made of.
func (e engine) images(ctx context.Context, label string) ([]ownImage, error) {
	listed, err := e.ImageList(ctx, client.ImageListOptions{Filters: make(client.Filters).Add("label", label)})
	if err != nil {
		return nil, fmt.Errorf("list images: %w", err)
	}
	var all []ownImage
	for _, summary := range listed.Items {
		for _, ref := range ownRefs(summary.RepoTags, summary.Labels) {
			all = append(all, ownImage{id: summary.ID, ref: ref})
		}
	}
	ofAsset := func(i ownImage) bool { return strings.HasPrefix(i.ref, image.Repository+":") }
	slices.SortStableFunc(all, func(a, b ownImage) int {
		if ofAsset(a) == ofAsset(b) {
			return strings.Compare(a.ref, b.ref)
		}
		if ofAsset(a) {
			return -1
		}
		return 1
	})
	return all, nil
}

// removeImage takes a name of ours from an image, which goes with its last name.
// inUse is true if a container or another image still needs it: then it stays.
func (e engine) removeImage(ctx context.Context, ref string) (inUse bool, err error) {
	_, err = e.ImageRemove(ctx, ref, client.ImageRemoveOptions{PruneChildren: true})
	switch {
	case err == nil, errdefs.IsNotFound(err):
		return false, nil
	case errdefs.IsConflict(err):
		return true, nil
	}
	return false, fmt.Errorf("remove image %.31s: %w", ref, err)
}

// removeOutdated removes the images of assets that a label is on, that were made
// long ago and that nothing is of.
func (e engine) removeOutdated(ctx context.Context, label string, now time.Time) error {
	all, err := e.images(ctx, label)
	if err != nil {
		return err
	}
	for _, found := range all {
		if !strings.HasPrefix(found.ref, image.Repository+":") {
			continue
		}
		about, err := e.ImageInspect(ctx, found.id)
		if err != nil || about.Metadata.LastTagTime.IsZero() || now.Sub(about.Metadata.LastTagTime) < outdated {
			continue // another runner was quicker, or it is not known to be old: a run may need it
		}
		if _, err := e.removeImage(ctx, found.ref); err != nil {
			return err
		}
	}
	return nil
}

// removeUnfinished removes what a builder had begun, under a label, for a runner
// that is condemned; beforeRemove is called with each before it goes.
func (e engine) removeUnfinished(ctx context.Context, label string, matches func(owner) bool, beforeRemove func(Removed)) ([]Removed, error) {
	listed, err := e.ImageList(ctx, client.ImageListOptions{Filters: make(client.Filters).Add("label", label).Add("dangling", "true")})
	if err != nil {
		return nil, fmt.Errorf("list images: %w", err)
	}
	var gone []Removed
	var failed []error
	for _, summary := range listed.Items {
		theirs, ok := ownUnfinished(named(summary.RepoTags), summary.Labels)
		if !ok || !matches(theirs) {
			continue
		}
		this := Removed{"image", summary.ID}
		beforeRemove(this)
		switch inUse, err := e.removeImage(ctx, summary.ID); {
		case err != nil:
			failed = append(failed, err)
		case !inUse:
			gone = append(gone, this)
		}
	}
	return gone, errors.Join(failed...)
}

// removeAbandonedUnfinished removes what a builder had begun, under a label, for runners that
// were killed together with their watchdogs.
func (e engine) removeAbandonedUnfinished(ctx context.Context, label string) error {
	self := proc.self(0)
	_, err := e.removeUnfinished(ctx, label, func(theirs owner) bool { return proc.liveness(theirs, self) == dead }, ignoreRemoved)
	return err
}

// named leaves out what an engine lists as the name of an image without one.
func named(refs []string) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(ref string) bool { return ref == "<none>:<none>" })
}
