package docker

import (
	"context"
	"errors"
)

// Cleaned is what Clean came to.
type Cleaned struct {
	Removed []Removed
	// Spared are things that look like ours, or are, and were left alone.
	Spared []Spared
	// Living counts the runs under way: spared, or ended where that was asked for.
	Living int
	// Images is false if those of ours were left alone for a run under way.
	Images bool
}

// Spared is one thing that was left alone.
type Spared struct {
	Removed
	Why string
}

// Clean removes all that is ours from the engine, images included; will is told
// of each thing before it goes. Runs under way are spared, and with them the
// images, as a run may need any: end ends those that have a container.
func Clean(ctx context.Context, o Options, end bool, will func(Removed)) (Cleaned, error) {
	found, err := connect(ctx, o.Env)
	if err != nil {
		return Cleaned{}, err
	}
	defer found.Close()
	return cleaner{engine: found, label: labelVersion, watched: proc.watched(), end: end, will: will}.clean(ctx)
}

type cleaner struct {
	engine
	label string // what is cleaned carries it
	// watched are the leases of runners that live on this machine.
	watched map[string]bool
	end     bool
	will    func(Removed)
}

func (c cleaner) clean(ctx context.Context) (Cleaned, error) {
	out, needed, err := c.runs(ctx)
	if needed {
		return out, err
	}
	out.Images = true
	spared, removed, imagesErr := c.wholeImages(ctx)
	out.Spared, out.Removed = append(out.Spared, spared...), append(out.Removed, removed...)
	begun, begunErr := c.removeHalfMade(ctx, c.label, func(owner) bool { return true }, c.will)
	out.Removed = append(out.Removed, begun...)
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
		out.Spared = append(out.Spared, Spared{Removed{"container", name}, "it is labelled ringer, but ringer did not make it"})
	}
	living, ended := map[string]bool{}, map[string]bool{}
	for lease := range c.watched {
		living[lease] = true
	}
	var failed []error
	for _, found := range all.ours {
		lease := found.mark.lease
		if found.life != dead {
			living[lease] = true
		}
		if living[lease] && !c.end {
			if found.life == unknown {
				out.Spared = append(out.Spared, Spared{Removed{"container", found.name}, "whether its run is over cannot be seen from here (--force removes it)"})
			}
			continue
		}
		this := Removed{"container", found.name}
		c.will(this)
		if err := c.remove(ctx, found.id); err != nil {
			failed = append(failed, err)
			continue
		}
		out.Removed = append(out.Removed, this)
		ended[lease] = true
	}
	out.Living = len(living)
	for lease := range living {
		needed = needed || !ended[lease]
	}
	return out, needed || len(failed) > 0, errors.Join(failed...)
}

// wholeImages removes those that no container is of.
func (c cleaner) wholeImages(ctx context.Context) (spared []Spared, gone []Removed, err error) {
	all, err := c.images(ctx, c.label)
	if err != nil {
		return nil, nil, err
	}
	var failed []error
	for _, found := range all {
		this := Removed{"image", found.ref}
		c.will(this)
		switch inUse, err := c.removeImage(ctx, found.ref); {
		case err != nil:
			failed = append(failed, err)
		case inUse:
			spared = append(spared, Spared{this, "a container is made of it"})
		default:
			gone = append(gone, this)
		}
	}
	return spared, gone, errors.Join(failed...)
}
