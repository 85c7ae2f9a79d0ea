package docker

import (
	"context"
	"errors"
)

// Cleaned is what Clean came to.
type Cleaned struct {
	Removed []Removed
	// Kept are things that look like ours, or are, and were left alone.
	Kept []Kept
	// ActiveRuns counts the runs under way: spared, or ended where that was asked for.
	ActiveRuns int
	// ImagesRemoved is false if those of ours were left alone for a run under way.
	ImagesRemoved bool
}

// Kept is one thing that was left alone.
type Kept struct {
	Removed
	Reason string
}

// Clean removes all that is ours from the engine, images included; beforeRemove is
// called with each thing before it goes. Runs under way are spared, and with them the
// images, as a run may need any: end ends those that have a container. The error is
// runner.ErrNoLab where no engine answers, or all that the engine refused, joined; what
// was removed until then is in Cleaned.
func Clean(ctx context.Context, o Options, end bool, beforeRemove func(Removed)) (Cleaned, error) {
	found, err := connect(ctx, o.Env)
	if err != nil {
		return Cleaned{}, err
	}
	defer found.Close()
	return cleaner{engine: found, label: labelVersion, watched: proc.watched(), end: end, beforeRemove: beforeRemove}.clean(ctx)
}

type cleaner struct {
	engine
	label string // what is cleaned carries it
	// watched are the leases of runners that live on this machine.
	watched      map[string]bool
	end          bool
	beforeRemove func(Removed)
}

func (c cleaner) clean(ctx context.Context) (Cleaned, error) {
	out, needed, err := c.runs(ctx)
	if needed {
		return out, err
	}
	out.ImagesRemoved = true
	kept, removed, imagesErr := c.wholeImages(ctx)
	out.Kept, out.Removed = append(out.Kept, kept...), append(out.Removed, removed...)
	unfinishedLabels, begunErr := c.removeUnfinished(ctx, c.label, func(owner) bool { return true }, c.beforeRemove)
	out.Removed = append(out.Removed, unfinishedLabels...)
	return out, errors.Join(err, imagesErr, begunErr)
}

// runs removes the containers of dead runs, and of those under way where that is
// asked for. needed is true if a run goes on, which may need any image.
func (c cleaner) runs(ctx context.Context) (out Cleaned, needed bool, err error) {
	all, err := c.containers(ctx, c.label)
	if err != nil {
		return out, true, err
	}
	for _, name := range all.foreign {
		out.Kept = append(out.Kept, Kept{Removed{"container", name}, "it is labelled ringer, but was not made by ringer"})
	}
	living, ended := map[string]bool{}, map[string]bool{}
	for lease := range c.watched {
		living[lease] = true
	}
	var failed []error
	for _, found := range all.ours {
		lease := found.labels.lease
		if found.liveness != dead {
			living[lease] = true
		}
		if living[lease] && !c.end {
			if found.liveness == unknown {
				out.Kept = append(out.Kept, Kept{Removed{"container", found.name}, "it cannot be determined whether its run has ended (--force removes it)"})
			}
			continue
		}
		this := Removed{"container", found.name}
		c.beforeRemove(this)
		if err := c.remove(ctx, found.id); err != nil {
			failed = append(failed, err)
			continue
		}
		out.Removed = append(out.Removed, this)
		ended[lease] = true
	}
	out.ActiveRuns = len(living)
	for lease := range living {
		needed = needed || !ended[lease]
	}
	return out, needed || len(failed) > 0, errors.Join(failed...)
}

// wholeImages removes those that no container is of.
func (c cleaner) wholeImages(ctx context.Context) (kept []Kept, gone []Removed, err error) {
	all, err := c.images(ctx, c.label)
	if err != nil {
		return nil, nil, err
	}
	var failed []error
	for _, found := range all {
		this := Removed{"image", found.ref}
		c.beforeRemove(this)
		switch inUse, err := c.removeImage(ctx, found.ref); {
		case err != nil:
			failed = append(failed, err)
		case inUse:
			kept = append(kept, Kept{this, "a container uses it"})
		default:
			gone = append(gone, this)
		}
	}
	return kept, gone, errors.Join(failed...)
}
