package docker

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/image"
)

// loadTimeout is how long an engine may take to load the image.
const loadTimeout = 2 * time.Minute

// image gives the id of our image with that service, or with none, loaded if
// the engine does not have it. A failure is not kept: the next asset tries
// again.
func (l *Lab) image(ctx context.Context, service string) (string, error) {
	l.imageMutex.Lock()
	defer l.imageMutex.Unlock()
	if l.loaded[service] {
		return l.imageIDs[service], nil
	}
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	made, err := image.FromBinary(l.program, l.version)
	if err != nil {
		return "", err
	}
	var id string
	if service == "" {
		id, err = l.engine.ensure(ctx, made)
	} else {
		id, err = l.engine.ensureWith(ctx, service, made, l.unfinishedLabels())
	}
	if err != nil {
		return "", fmt.Errorf("load image %s: %w", made.Ref, err)
	}
	l.imageIDs[service], l.loaded[service] = id, true
	return id, nil
}

// forgetImages has each image be looked for again, and loaded where it is not there.
func (l *Lab) forgetImages() {
	l.imageMutex.Lock()
	defer l.imageMutex.Unlock()
	clear(l.loaded)
}

// ensure gives the id of an image that holds exactly our layer. A container
// made of an id can be of no other image, whoever moves the tag.
func (e engine) ensure(ctx context.Context, made image.Image) (string, error) {
	id, err := e.find(ctx, made)
	if !errdefs.IsNotFound(err) {
		return id, err
	}
	if err := e.load(ctx, made); err != nil {
		return "", err
	}
	return e.find(ctx, made)
}

func (e engine) find(ctx context.Context, made image.Image) (string, error) {
	found, err := e.ImageInspect(ctx, made.Ref)
	switch {
	case err != nil:
		return "", err
	case !slices.Equal(found.RootFS.Layers, []string{made.Layer}):
		return "", fmt.Errorf("an image that ringer did not make has that name; remove it with `docker rmi %s`", made.Ref)
	case found.Architecture != made.Arch:
		return "", fmt.Errorf("the image is for %s, expected %s", found.Architecture, made.Arch)
	}
	return found.ID, nil
}

func (e engine) load(ctx context.Context, made image.Image) error {
	server, err := e.ServerVersion(ctx, client.ServerVersionOptions{})
	if err != nil {
		return err
	}
	if server.Arch != made.Arch {
		return fmt.Errorf("the engine runs on %s, but the image is for %s", server.Arch, made.Arch)
	}
	archive, into := io.Pipe()
	defer archive.Close()
	go func() {
		_, err := made.WriteTo(into)
		into.CloseWithError(err) // the reader, closed above, ends this at the latest
	}()
	loaded, err := e.ImageLoad(ctx, archive, client.ImageLoadWithQuiet(true))
	if err != nil {
		return err
	}
	defer loaded.Close()
	// The load is done when the engine has answered in full.
	if _, err := io.Copy(io.Discard, loaded); err != nil {
		return err
	}
	// An engine notes of no image when it was loaded, but of each when it was named.
	_, err = e.ImageTag(ctx, client.ImageTagOptions{Source: made.Ref, Target: made.Ref})
	return err
}
