package docker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"
	"github.com/moby/moby/api/pkg/stdcopy"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/image"
)

// prepare runs a recipe's preparation in a container that is as hardened as an
// asset but for a file system of its own to write to, and gives what it left.
func (m *serviceImageMaker) prepare(ctx context.Context, g image.Gathered) (_ io.Reader, err error) {
	lease := newLease()
	watch, err := startWatchdog(m.options.Binary, lease)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, watch.stop()) }()
	return m.prepareUnder(ctx, lease, g)
}

func (m *serviceImageMaker) prepareUnder(ctx context.Context, lease string, g image.Gathered) (io.Reader, error) {
	buildImage, err := g.BuildImage(m.options.Version)
	if err != nil {
		return nil, err
	}
	imageID, err := m.ensure(ctx, buildImage)
	if err != nil {
		return nil, fmt.Errorf("load build image: %w", err)
	}
	cleaning, cancel := cleanupContext(ctx)()
	defer cancel()
	defer func() { _, _ = m.removeImage(cleaning, buildImage.Ref) }() // `ringer clean` has what stays
	name := newContainerName()
	made := ownLabels{version: m.options.Version, run: uuid.NewString(), asset: g.Service, owner: proc.self(m.options.PID), lease: lease}
	defer func() { _ = m.removeNamed(cleaning, name, lease) }() // a sweep has what stays
	var host container.HostConfig
	harden(&host)
	host.ReadonlyRootfs, host.AutoRemove, host.LogConfig = false, false, container.LogConfig{Type: "json-file"}
	created, err := m.ContainerCreate(ctx, client.ContainerCreateOptions{
		Name: name,
		Config: &container.Config{
			Image: imageID, User: user, Cmd: g.Prepare, NetworkDisabled: true,
			Labels: made.labels(),
		},
		HostConfig: &host,
	})
	if err != nil {
		return nil, fmt.Errorf("create container: %w", err)
	}
	if err := m.runToEnd(ctx, created.ID); err != nil {
		return nil, err
	}
	copied, err := m.CopyFromContainer(ctx, created.ID, client.CopyFromContainerOptions{SourcePath: image.WorkFolder})
	if err != nil {
		return nil, fmt.Errorf("copy prepared files: %w", err)
	}
	defer copied.Content.Close()
	var left bytes.Buffer
	if _, err := io.Copy(&left, copied.Content); err != nil {
		return nil, fmt.Errorf("copy prepared files: %w", err)
	}
	return &left, nil
}

// runToEnd starts a container and waits for its end; a code other than 0 is an
// error with what it said.
func (m *serviceImageMaker) runToEnd(ctx context.Context, id string) error {
	waited := m.ContainerWait(ctx, id, client.ContainerWaitOptions{Condition: container.WaitConditionNextExit})
	if _, err := m.ContainerStart(ctx, id, client.ContainerStartOptions{}); err != nil {
		return fmt.Errorf("start container: %w", err)
	}
	select {
	case err := <-waited.Error:
		return fmt.Errorf("wait for container: %w", err)
	case result := <-waited.Result:
		if result.StatusCode != 0 {
			return fmt.Errorf("the container exited with code %d: %s", result.StatusCode, m.lastLogs(ctx, id))
		}
		return nil
	}
}

// lastLogs is what a container wrote, as far as that can be had.
func (m *serviceImageMaker) lastLogs(ctx context.Context, id string) string {
	logs, err := m.ContainerLogs(ctx, id, client.ContainerLogsOptions{ShowStdout: true, ShowStderr: true, Tail: "5"})
	if err != nil {
		return err.Error()
	}
	defer logs.Close()
	var text bytes.Buffer
	if _, err := stdcopy.StdCopy(&text, &text, logs); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(text.String()), " ")
}
