package docker

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/build"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/confinement"
	"github.com/ringer-lab/ringer/lab/image"
	"github.com/ringer-lab/ringer/lab/wire"
)

// wrappedImage is an image of the user's own that was allowed.
type wrappedImage struct {
	// own is that image, made the one that assets are made of: its files and our binary.
	own, made string
	// about is the latter, whose settings a container takes over.
	about client.ImageInspectResult
	start wire.Image
}

// tracedArchitecture is the processor that the sensor works on, as Go names it.
const tracedArchitecture = "amd64"

func refusedImage(format string, args ...any) error {
	return fmt.Errorf("%w: %w", runner.ErrRefusedImage, fmt.Errorf(format, args...))
}

// Allow looks at an image of the user's own and makes of it the one that assets are made
// of, with what it needs. Nothing of it is started, pulled or changed. The error is
// runner.ErrRefusedImage with the reason where no asset can be made of it, or that the
// engine does not answer.
func (l *Lab) Allow(ctx context.Context, of asset.Image) (id, platform string, err error) {
	found, err := l.wrap(ctx, of)
	if err != nil {
		return "", "", fmt.Errorf("image %s: %w", of.Ref, err)
	}
	l.imageMutex.Lock()
	defer l.imageMutex.Unlock()
	l.wrapped[of.Key()] = found
	return found.own, "linux/" + l.arch, nil
}

func (l *Lab) wrap(ctx context.Context, of asset.Image) (wrappedImage, error) {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	about, err := l.engine.ImageInspect(ctx, of.Ref)
	if errdefs.IsNotFound(err) {
		return wrappedImage{}, refusedImage("the engine does not have it, and ringer never pulls; build it, or run `docker pull %s` yourself", of.Ref)
	}
	if err != nil {
		return wrappedImage{}, err
	}
	if err := l.checkWrappable(about); err != nil {
		return wrappedImage{}, err
	}
	files, err := l.lookInto(ctx, about.ID, of)
	if err != nil {
		return wrappedImage{}, err
	}
	plain, err := image.FromBinary(l.program, l.version)
	if err != nil {
		return wrappedImage{}, err
	}
	made, err := l.makeWrapped(ctx, about.ID, plain, of, files)
	if err != nil {
		return wrappedImage{}, fmt.Errorf("wrap: %w", err)
	}
	start := wire.Image{
		Command: append(slices.Clone(about.Config.Entrypoint), about.Config.Cmd...), Env: withDefaults(about.Config.Env), Dir: about.Config.WorkingDir,
		User: files.user, Group: files.group, Account: files.account, Port: of.Port, Folders: of.Folders(), Copied: files.copied,
	}
	if start.Dir == "" {
		start.Dir = "/"
	}
	return wrappedImage{own: about.ID, made: made.ID, about: made, start: start}, nil
}

// withDefaults adds what an engine would set.
func withDefaults(env []string) []string {
	env = slices.Clone(env)
	for _, variable := range append(slices.Clone(environment), "HOME=/") {
		name, _, _ := strings.Cut(variable, "=")
		if !slices.ContainsFunc(env, func(own string) bool { return strings.HasPrefix(own, name+"=") }) {
			env = append(env, variable)
		}
	}
	return env
}

// checkWrappable refuses an image whose settings would have the engine do something beside
// starting a program, or that is for another host.
func (l *Lab) checkWrappable(about client.ImageInspectResult) error {
	config := about.Config
	switch {
	case about.Os != "linux":
		return refusedImage("it is for %s, expected linux", about.Os)
	case about.Architecture != l.arch:
		return refusedImage("it is for %s, but the engine runs on %s", about.Architecture, l.arch)
	case l.arch != tracedArchitecture:
		return refusedImage("its processes could not be traced: the sensor works on %s only, and the engine runs on %s", tracedArchitecture, l.arch)
	case config == nil || len(config.Entrypoint)+len(config.Cmd) == 0:
		return refusedImage("it has no entrypoint and no command: there is nothing to start")
	case config.Labels[labelVersion] != "":
		return refusedImage("it is one of ringer's own images")
	case len(config.Volumes) > 0:
		return refusedImage("it declares volumes (%s), which the engine would keep on its host; build it without VOLUME, and list the folders as `writable`", strings.Join(slices.Sorted(maps.Keys(config.Volumes)), ", "))
	case len(config.OnBuild) > 0:
		return refusedImage("it has ONBUILD instructions, which would be run while the agent is added; build an image of it first")
	case config.Healthcheck != nil && len(config.Healthcheck.Test) > 0 && config.Healthcheck.Test[0] != "NONE":
		return refusedImage("it has a HEALTHCHECK, by which the engine would start programs that nobody traces; build it with HEALTHCHECK NONE")
	}
	return nil
}

// makeWrapped gives what there is to know of an image that has the user's own files, above
// them copies of the folders that are to be written to, and our binary.
func (l *Lab) makeWrapped(ctx context.Context, base string, plain image.Image, of asset.Image, files imageFiles) (client.ImageInspectResult, error) {
	made := madeOf(base, plain) + " " + fmt.Sprintf("%d:%d", files.user, files.group) + " " + strings.Join(of.Folders(), " ")
	sum := sha256.Sum256([]byte(made))
	ref := image.Repository + ":" + hex.EncodeToString(sum[:6])
	id, err := l.engine.findMade(ctx, ref, made)
	if errdefs.IsNotFound(err) {
		if err := l.buildWrapped(ctx, base, plain, ref, made, of, files); err != nil {
			return client.ImageInspectResult{}, err
		}
		id, err = l.engine.findMade(ctx, ref, made)
	}
	if err != nil {
		return client.ImageInspectResult{}, err
	}
	return l.engine.ImageInspect(ctx, id)
}

func (l *Lab) buildWrapped(ctx context.Context, base string, plain image.Image, ref, made string, of asset.Image, files imageFiles) error {
	labels := l.unfinishedLabels()
	labels[labelVersion], labels[image.LabelPackages] = l.version, of.Ref
	copies := map[string]string{}
	for folder, i := range files.copied {
		copies[confinement.ImageCopy(i)] = folder
	}
	var folder bytes.Buffer
	if err := plain.WriteWrapping(&folder, image.Wrapping{Base: base, Copies: copies, Owner: fmt.Sprintf("%d:%d", files.user, files.group), Labels: labels}); err != nil {
		return err
	}
	built, err := l.engine.ImageBuild(ctx, &folder, client.ImageBuildOptions{
		Tags: []string{ref}, Remove: true, ForceRemove: true, NetworkMode: "none", Version: build.BuilderV1,
		Labels: map[string]string{labelMadeOf: made},
	})
	if err != nil {
		return err
	}
	defer built.Body.Close()
	return buildError(built.Body)
}

// startWrapped starts an asset's container on an image of the user's own. The error is
// runner.ErrRefusedImage if that was not allowed.
func (l *Lab) startWrapped(ctx context.Context, a runner.Asset) (*session, error) {
	l.imageMutex.Lock()
	found, allowed := l.wrapped[a.Place.Image.Key()]
	l.imageMutex.Unlock()
	if !allowed {
		return nil, fmt.Errorf("image %s: %w", a.Place.Image.Ref, refusedImage("it was not allowed by whoever runs this"))
	}
	asked, err := l.settings(found.made, a)
	if err != nil {
		return nil, err
	}
	found.loosen(&asked, *a.Place.Image)
	s, err := l.start(ctx, asked)
	if err != nil {
		return nil, err
	}
	start := found.start
	for _, log := range a.Place.Kind.Logs {
		start.Logs = append(start.Logs, log.File)
	}
	s.image = &start
	return s, nil
}

// loosen makes of an asset's settings those of one of a user's own image: another user,
// other folders in memory, and what a container takes over of that image. All else stays as
// it is for every asset. The image's environment is the daemon's alone.
func (w wrappedImage) loosen(asked *settings, of asset.Image) {
	user, group := w.start.User, w.start.Group
	asked.config.User = fmt.Sprintf("%d:%d", user, group)
	asked.config.Env = append(slices.Clone(environment), "HOME=/")
	for _, variable := range w.about.Config.Env {
		if name, _, _ := strings.Cut(variable, "="); name != "PATH" && name != "HOME" {
			asked.config.Env = append(asked.config.Env, name) // without a value it is taken away
		}
	}
	for name, value := range w.about.Config.Labels {
		if _, ours := asked.config.Labels[name]; !ours && !slices.Contains(describedLabels, name) {
			asked.config.Labels[name] = value
		}
	}
	asked.takeOver(w.about)
	asked.host.Tmpfs = map[string]string{effect.Root: inMemoryOf("0700", user, group)}
	for _, folder := range of.Folders() {
		asked.host.Tmpfs[folder] = inMemoryOf("0755", user, group)
	}
}

// takeOver adds what an engine gives a container of its image, and which has no effect
// without a network or on the agent.
func (asked *settings) takeOver(of client.ImageInspectResult) {
	config := of.Config
	asked.config.StopSignal, asked.config.Shell = config.StopSignal, config.Shell
	if asked.config.Healthcheck == nil && config.Healthcheck != nil {
		asked.config.Healthcheck = &container.HealthConfig{Test: config.Healthcheck.Test}
	}
	asked.ports = slices.Sorted(maps.Keys(config.ExposedPorts))
}

// createPlainly asks the engine itself for a container: testcontainers would have the ports
// that an image exposes be the host's.
func (l *Lab) createPlainly(ctx context.Context, asked settings) (createdContainer, error) {
	made, err := l.engine.ContainerCreate(ctx, client.ContainerCreateOptions{Name: asked.name, Config: &asked.config, HostConfig: &asked.host})
	if err != nil {
		return nil, fmt.Errorf("create container: %w", err)
	}
	return plainContainer{l.engine, made.ID}, nil
}

type plainContainer struct {
	engine
	id string
}

func (c plainContainer) GetContainerID() string { return c.id }

func (c plainContainer) Start(ctx context.Context) error {
	_, err := c.ContainerStart(ctx, c.id, client.ContainerStartOptions{})
	return err
}
