package docker

import (
	"context"
	"errors"
	"fmt"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/image"
)

// Each build of ringer has an image made for each service that a run of it used. One
// for each service stays: that of the build which ran last.

// removeOtherBuilds removes the images of assets with a service that this lab would not
// use, if it used one itself. All stay while another run is under way: it may need any.
func (l *Lab) removeOtherBuilds(ctx context.Context) error {
	used := false
	for service := range l.Images() {
		used = used || service != ""
	}
	if !used {
		return nil
	}
	plain, err := image.FromBinary(l.program, l.version)
	if err != nil {
		return err
	}
	current := map[string]bool{}
	for _, recipe := range image.Recipes() {
		base, err := l.engine.serviceImage(ctx, recipe)
		switch {
		case errdefs.IsNotFound(err):
		case err != nil:
			return err
		default:
			current[madeOf(base.id, plain)] = true
		}
	}
	return l.engine.removePairs(ctx, labelMadeOf, current, func() (bool, error) { return l.engine.othersUnderWay(ctx, l.lease) })
}

// removePairs removes those of our images with a service, a label being on them, that are
// made of something else than is given, if spare, which is asked once where there is one,
// does not say that all are to stay.
func (e engine) removePairs(ctx context.Context, label string, current map[string]bool, spare func() (bool, error)) error {
	listed, err := e.ImageList(ctx, client.ImageListOptions{Filters: make(client.Filters).Add("label", label)})
	if err != nil {
		return fmt.Errorf("list images: %w", err)
	}
	var others []string
	for _, summary := range listed.Items {
		if made := summary.Labels[labelMadeOf]; made != "" && !current[made] {
			others = append(others, ownRefs(summary.RepoTags, summary.Labels)...)
		}
	}
	if len(others) == 0 {
		return nil
	}
	if all, err := spare(); all || err != nil {
		return err
	}
	var failed []error
	for _, ref := range others {
		_, err := e.removeImage(ctx, ref) // one that a container uses stays
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// othersUnderWay reports whether there may be a run beside that of a lease.
func (e engine) othersUnderWay(ctx context.Context, lease string) (bool, error) {
	for watched := range proc.watched() {
		if watched != lease {
			return true, nil
		}
	}
	all, err := e.containers(ctx, labelVersion)
	if err != nil {
		return false, err
	}
	for _, found := range all.ours {
		if found.labels.lease != lease && found.liveness != dead {
			return true, nil
		}
	}
	return false, nil
}
