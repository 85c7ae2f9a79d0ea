package docker

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/build"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/lab/image"
)

// errNoServiceImage says that the image of a service was not made.
var errNoServiceImage = errors.New("the image of that service was not made")

// labelMadeOf says, on an asset's image with a service, what it was made of.
const labelMadeOf = "ringer.made-of"

// ensureWith gives the id of an image that holds a service's files, and above
// them all that the plain one does. The engine makes it in a second where it has
// none of these two yet; unfinishedLabels are on what it has not finished.
func (e engine) ensureWith(ctx context.Context, service string, plain image.Image, unfinishedLabels map[string]string) (string, error) {
	recipe, ok := image.RecipeOf(service)
	if !ok {
		return "", fmt.Errorf("unknown service %q", service)
	}
	base, err := e.serviceImage(ctx, recipe)
	if errdefs.IsNotFound(err) {
		return "", errNoServiceImage
	}
	if err != nil {
		return "", err
	}
	made := madeOf(base.id, plain)
	sum := sha256.Sum256([]byte(made))
	ref := image.Repository + ":" + hex.EncodeToString(sum[:6])
	id, err := e.findMade(ctx, ref, made)
	if !errdefs.IsNotFound(err) {
		return id, err
	}
	if err := e.build(ctx, plain, recipe.Ref(), ref, made, unfinishedLabels); err != nil {
		return "", err
	}
	return e.findMade(ctx, ref, made)
}

// madeOf is what an asset's image with a service was made of.
func madeOf(base string, plain image.Image) string { return base + " " + plain.Ref }

func (e engine) findMade(ctx context.Context, ref, made string) (string, error) {
	found, err := e.ImageInspect(ctx, ref)
	switch {
	case err != nil:
		return "", err
	case found.Config == nil || found.Config.Labels[labelMadeOf] != made:
		return "", fmt.Errorf("an image that ringer did not make has that name; remove it with `docker rmi %s`", ref)
	}
	return found.ID, nil
}

// build has the engine's own builder lay the binary over the service's files:
// a copy and some settings, nothing is run. What it has half made when the runner
// is killed carries unfinishedLabels.
func (e engine) build(ctx context.Context, plain image.Image, base, ref, made string, unfinishedLabels map[string]string) error {
	var folder bytes.Buffer
	if err := plain.WriteContext(&folder, base, unfinishedLabels); err != nil {
		return err
	}
	built, err := e.ImageBuild(ctx, &folder, client.ImageBuildOptions{
		Tags: []string{ref}, Remove: true, ForceRemove: true, NetworkMode: "none", Version: build.BuilderV1,
		Labels: map[string]string{labelMadeOf: made},
	})
	if err != nil {
		return err
	}
	defer built.Body.Close()
	return buildError(built.Body)
}

// buildError reads the engine's report of its work; the last word may be an error.
func buildError(answer io.Reader) error {
	lines := bufio.NewScanner(answer)
	for lines.Scan() {
		var line struct {
			Error string `json:"error"`
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err == nil && line.Error != "" {
			return errors.New(line.Error)
		}
	}
	return lines.Err()
}
