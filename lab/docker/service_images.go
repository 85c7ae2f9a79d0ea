package docker

import (
	"context"
	"fmt"
	"io"

	"github.com/containerd/errdefs"

	"github.com/ringer-lab/ringer/lab/debian"
	"github.com/ringer-lab/ringer/lab/image"
)

// ServiceImage is what the engine has for one service.
type ServiceImage struct {
	Service string `json:"service"`
	Ref     string `json:"ref"`
	// Packages lists what it is made of, with versions.
	Packages string `json:"packages"`
	// Made is false where it was there already.
	Made bool `json:"made"`
}

// MakeServiceImages sees to it that the engine has the image of every service,
// and reports each. Packages come from there; what it fetches it keeps. One
// that is there is left as it is; renew asks for newer packages first. The error
// is runner.ErrNoLab where no engine answers, debian.ErrUnavailable where packages are
// needed and cannot be had, or what the engine or the preparation failed with.
func MakeServiceImages(ctx context.Context, o Options, from debian.Archive, renew bool, report func(ServiceImage)) error {
	e, err := connect(ctx, o.Env)
	if err != nil {
		return err
	}
	defer e.Close()
	m := serviceImageMaker{engine: e, options: o, from: from}
	for _, recipe := range image.Recipes() {
		image, err := m.make(ctx, recipe, renew)
		if err != nil {
			return fmt.Errorf("make image of %s: %w", recipe.Service, err)
		}
		report(image)
	}
	return nil
}

type serviceImageMaker struct {
	engine
	options        Options
	from           debian.Archive
	archiveUpdated bool
}

func (m *serviceImageMaker) make(ctx context.Context, recipe image.Recipe, renew bool) (ServiceImage, error) {
	out := ServiceImage{Service: recipe.Service, Ref: recipe.Ref()}
	old, err := m.serviceImage(ctx, recipe)
	if err != nil && !errdefs.IsNotFound(err) {
		return out, err
	}
	out.Packages = old.packages
	if old.id != "" && !renew {
		return out, nil
	}
	if !m.archiveUpdated {
		if err := m.from.Update(ctx); err != nil {
			return out, err
		}
		m.archiveUpdated = true
	}
	packages, err := recipe.Resolve(ctx, m.from)
	if err != nil {
		return out, err
	}
	if old.id != "" && old.packages == image.PackageList(packages) {
		return out, nil
	}
	gathered, err := recipe.Gather(ctx, m.from, packages)
	if err != nil {
		return out, err
	}
	out.Packages, out.Made = image.PackageList(packages), true
	return out, m.finish(ctx, gathered, old.id)
}

// finish loads the image in the old one's place.
func (m *serviceImageMaker) finish(ctx context.Context, g image.Gathered, old string) error {
	var prepared io.Reader
	if len(g.Prepare) > 0 {
		left, err := m.prepare(ctx, g)
		if err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
		prepared = left
	}
	finished, err := g.Finish(m.options.Version, prepared)
	if err != nil {
		return err
	}
	if err := m.load(ctx, finished); err != nil {
		return err
	}
	found, err := m.find(ctx, finished)
	if err != nil || old == "" || old == found {
		return err
	}
	return m.removeReplaced(ctx, old)
}

// removeReplaced removes an image that a newer one has taken the name of, unless
// someone has given it another. Images of assets may be made of it; they go when
// nothing is.
func (m *serviceImageMaker) removeReplaced(ctx context.Context, old string) error {
	about, err := m.ImageInspect(ctx, old)
	if errdefs.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if about.Config == nil || !ownUnnamed(about.RepoTags, about.Config.Labels) {
		return nil
	}
	_, err = m.removeImage(ctx, old)
	return err
}

// serviceImageInfo is a service image that the engine has.
type serviceImageInfo struct{ id, packages string }

// serviceImage looks for the image of a recipe.
func (e engine) serviceImage(ctx context.Context, recipe image.Recipe) (serviceImageInfo, error) {
	inspected, err := e.ImageInspect(ctx, recipe.Ref())
	if err != nil {
		return serviceImageInfo{}, err
	}
	var packages string
	if inspected.Config != nil {
		packages = inspected.Config.Labels[image.LabelPackages]
	}
	return serviceImageInfo{inspected.ID, packages}, nil
}
