package docker

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
)

// Removed is one thing that was removed from an engine.
type Removed struct {
	// Kind is container, network, volume or image.
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// How often to look whether a container that someone else is removing is gone.
const removalPoll = 50 * time.Millisecond

// remove kills and removes a container, and returns when it is gone. One that
// is not there is fine.
func (e engine) remove(ctx context.Context, id string) error {
	for {
		_, err := e.ContainerRemove(ctx, id, client.ContainerRemoveOptions{Force: true, RemoveVolumes: true})
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

// removeLeased removes all that one lab has made, but for whole images, which
// are for others too.
func (e engine) removeLeased(ctx context.Context, lease string) ([]Removed, error) {
	label := labelLease + "=" + lease
	gone, err := e.removeWhere(ctx, label, func(map[string]string, leftover) bool { return true })
	images, imagesErr := e.removeImages(ctx, make(client.Filters).Add("label", label).Add("dangling", "true"))
	return append(gone, images...), errors.Join(err, imagesErr)
}

// leftover is what a container's state says of it.
type leftover struct {
	// started is false for one that was only created, which AutoRemove does not
	// remove, and for one that has ended.
	started bool
	created time.Time
}

// removeWhere removes containers, networks and volumes that carry a label and
// that the caller condemns. It goes on past what resists and returns all errors
// joined.
func (e engine) removeWhere(ctx context.Context, label string, condemned func(labels map[string]string, l leftover) bool) ([]Removed, error) {
	var gone []Removed
	var failed []error
	note := func(kind, name string, err error) {
		switch {
		case err == nil:
			gone = append(gone, Removed{Kind: kind, Name: name})
		case !errdefs.IsNotFound(err):
			failed = append(failed, fmt.Errorf("remove %s %s: %w", kind, name, err))
		}
	}
	filter := make(client.Filters).Add("label", label)
	containers, err := e.ContainerList(ctx, client.ContainerListOptions{All: true, Filters: filter})
	if err != nil {
		return nil, fmt.Errorf("list containers: %w", err)
	}
	for _, one := range containers.Items {
		if condemned(one.Labels, leftover{started: runs(one.State), created: time.Unix(one.Created, 0)}) {
			note("container", strings.TrimPrefix(firstOf(one.Names, one.ID), "/"), e.remove(ctx, one.ID))
		}
	}
	networks, err := e.NetworkList(ctx, client.NetworkListOptions{Filters: filter})
	if err != nil {
		return gone, errors.Join(append(failed, fmt.Errorf("list networks: %w", err))...)
	}
	for _, one := range networks.Items {
		if condemned(one.Labels, leftover{created: one.Created}) {
			_, err := e.NetworkRemove(ctx, one.ID, client.NetworkRemoveOptions{})
			note("network", one.Name, err)
		}
	}
	volumes, err := e.VolumeList(ctx, client.VolumeListOptions{Filters: filter})
	if err != nil {
		return gone, errors.Join(append(failed, fmt.Errorf("list volumes: %w", err))...)
	}
	for _, one := range volumes.Items {
		made, _ := time.Parse(time.RFC3339, one.CreatedAt) // without one it is old
		if condemned(one.Labels, leftover{created: made}) {
			_, err := e.VolumeRemove(ctx, one.Name, client.VolumeRemoveOptions{Force: true})
			note("volume", one.Name, err)
		}
	}
	return gone, errors.Join(failed...)
}

func runs(state container.ContainerState) bool {
	return state == container.StateRunning || state == container.StatePaused || state == container.StateRestarting || state == container.StateRemoving
}

func firstOf(names []string, otherwise string) string {
	if len(names) > 0 {
		return names[0]
	}
	return otherwise
}
