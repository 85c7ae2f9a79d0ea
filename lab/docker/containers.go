package docker

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
)

// ownContainer is a container that one of our runners made, beyond doubt.
type ownContainer struct {
	id, name, imageID string
	labels            ownLabels
	liveness          liveness // of its runner
}

// labelled are the containers that carry a label of ours.
type labelled struct {
	ours []ownContainer
	// foreign are the names of those that somebody else labelled so.
	foreign []string
}

// containers lists those with a label and distinguishes ours from others'. Ours has a
// whole mark, a name that we give and an image of ours; what lacks any of that is
// somebody else's, who may call his things ringer too.
func (e engine) containers(ctx context.Context, label string) (labelled, error) {
	listed, err := e.ContainerList(ctx, client.ContainerListOptions{All: true, Filters: make(client.Filters).Add("label", label)})
	if err != nil {
		return labelled{}, fmt.Errorf("list containers: %w", err)
	}
	var all labelled
	images := map[string]bool{}
	self := proc.self(0) // only boot and process namespace are of interest here
	for _, summary := range listed.Items {
		found, ok := readContainer(summary)
		if ok {
			if ok, err = e.isOwnImage(ctx, found.imageID, images); err != nil {
				return labelled{}, err
			}
		}
		if !ok {
			all.foreign = append(all.foreign, nameOf(summary))
			continue
		}
		found.liveness = proc.liveness(found.labels.owner, self)
		all.ours = append(all.ours, found)
	}
	return all, nil
}

// readContainer reads what a container says of itself; ok is false if that is not
// what we write.
func readContainer(summary container.Summary) (found ownContainer, ok bool) {
	own, ok := parseOwnLabels(summary.Labels)
	name := nameOf(summary)
	return ownContainer{id: summary.ID, name: name, imageID: summary.ImageID, labels: own}, ok && ownName(name)
}

// nameOf is a container's first name, or its id where it has none.
func nameOf(summary container.Summary) string {
	if len(summary.Names) == 0 {
		return summary.ID
	}
	return strings.TrimPrefix(summary.Names[0], "/")
}

// isOwnImage reports whether an image is ours; known keeps the answers.
func (e engine) isOwnImage(ctx context.Context, id string, known map[string]bool) (bool, error) {
	if ours, asked := known[id]; asked {
		return ours, nil
	}
	found, err := e.ImageInspect(ctx, id)
	if err != nil && !errdefs.IsNotFound(err) {
		return false, fmt.Errorf("inspect image: %w", err)
	}
	if err == nil && found.Config != nil {
		labels := found.Config.Labels
		known[id] = len(ownRefs(found.RepoTags, labels)) > 0 || ownUnnamed(found.RepoTags, labels)
	}
	return known[id], nil
}

// removeMatching removes the containers that are condemned. It goes on past what
// resists and returns all errors joined.
func (e engine) removeMatching(ctx context.Context, all []ownContainer, matches func(ownContainer) bool) ([]Removed, error) {
	var gone []Removed
	var failed []error
	for _, found := range all {
		if !matches(found) {
			continue
		}
		if err := e.remove(ctx, found.id); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", found.name, err))
			continue
		}
		gone = append(gone, Removed{Kind: "container", Name: found.name})
	}
	return gone, errors.Join(failed...)
}
