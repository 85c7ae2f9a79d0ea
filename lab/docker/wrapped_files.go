package docker

import (
	"archive/tar"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/google/uuid"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/confinement"
)

// imageFiles is what must be known of an image's files before an asset is made of it.
type imageFiles struct {
	user, group int
	account     string
	// copied numbers the folders that can be written to and are in the image.
	copied map[string]int
}

// maxUser is the greatest number of a user: those above it stand for nobody.
const maxUser = 65533

// lookInto reads an image's files by a container that is never started. The error is
// runner.ErrRefusedImage where the image has not what the asset needs, or has what is
// ringer's.
func (l *Lab) lookInto(ctx context.Context, id string, of asset.Image) (files imageFiles, err error) {
	name := newContainerName()
	cleaning, cancel := cleanupContext(ctx)()
	defer cancel()
	defer func() {
		if gone := l.engine.removeNamed(cleaning, name, l.lease); gone != nil && err == nil {
			err = gone
		}
	}()
	var host container.HostConfig
	harden(&host)
	made, err := l.engine.ContainerCreate(ctx, client.ContainerCreateOptions{
		Name: name,
		Config: &container.Config{
			Image: id, User: user, Entrypoint: []string{artifact.Interpreter}, NetworkDisabled: true,
			Labels: l.labelsOf(uuid.NewString(), asset.ImageKind).labels(),
		},
		HostConfig: &host,
	})
	if err != nil {
		return files, fmt.Errorf("look into it: %w", err)
	}
	look := imageLook{l.engine, made.ID}
	for _, ours := range []string{artifact.Interpreter, effect.Root, confinement.ImageCopies} {
		there, _, err := look.has(ctx, ours)
		if err != nil {
			return files, err
		}
		if there {
			return files, refusedImage("it has %s, where ringer's own must be", ours)
		}
	}
	if files.user, files.group, err = look.user(ctx, of.User); err != nil {
		return files, err
	}
	files.account, files.copied = of.User, map[string]int{}
	for i, folder := range of.Folders() {
		there, isFolder, err := look.has(ctx, folder)
		switch {
		case err != nil:
			return files, err
		case !there && (folder == "/run" || folder == "/tmp"):
		case !there:
			return files, refusedImage("it has no folder %s, which is to be writable", folder)
		case !isFolder:
			return files, refusedImage("its %s must be a folder, not a file or a link: a file system is laid over it", folder)
		default:
			files.copied[folder] = i
		}
	}
	return files, nil
}

// imageLook reads the files of an image.
type imageLook struct {
	engine
	container string
}

func (l imageLook) has(ctx context.Context, path string) (there, folder bool, err error) {
	found, err := l.ContainerStatPath(ctx, l.container, client.ContainerStatPathOptions{Path: path})
	if errdefs.IsNotFound(err) {
		return false, false, nil
	}
	if err != nil {
		return false, false, fmt.Errorf("look into it: %w", err)
	}
	return true, found.Stat.Mode.IsDir(), nil
}

// user is the number of a user and of the user's group, as the image has them.
func (l imageLook) user(ctx context.Context, name string) (user, group int, err error) {
	passwd, err := l.read(ctx, "/etc/passwd")
	if err != nil && !errdefs.IsNotFound(err) {
		return 0, 0, err
	}
	return userIn(passwd, name)
}

// userIn is the number of a user and of the user's group in the text of a passwd file. A
// number that is not in it is a group's as well. The error is runner.ErrRefusedImage if
// there is no such user, or if an asset cannot run as that one.
func userIn(passwd, name string) (user, group int, err error) {
	number, err := strconv.Atoi(name)
	isNumber := err == nil
	user, group = number, number
	found := isNumber
	for line := range strings.Lines(passwd) {
		fields := strings.Split(strings.TrimSpace(line), ":")
		if len(fields) < 4 || fields[0] != name && !(isNumber && fields[2] == name) {
			continue
		}
		ownUser, userErr := strconv.Atoi(fields[2])
		ownGroup, groupErr := strconv.Atoi(fields[3])
		if userErr != nil || groupErr != nil {
			return 0, 0, refusedImage("its /etc/passwd has no numbers for the user %s", name)
		}
		user, group, found = ownUser, ownGroup, true
		break
	}
	switch {
	case !found:
		return 0, 0, refusedImage("its /etc/passwd has no user %s", name)
	case user < 1 || group < 1:
		return 0, 0, refusedImage("its user %s is root, or of root's group: an asset runs as neither", name)
	case user > maxUser || group > maxUser:
		return 0, 0, refusedImage("the numbers of its user %s (%d, %d) must be at most %d", name, user, group, maxUser)
	}
	return user, group, nil
}

// maxPasswd is the most that is read of an image's file.
const maxPasswd = 1 << 20

// read is a file's text. The error is one that errdefs.IsNotFound knows if it is not there.
func (l imageLook) read(ctx context.Context, path string) (string, error) {
	copied, err := l.CopyFromContainer(ctx, l.container, client.CopyFromContainerOptions{SourcePath: path})
	if err != nil {
		return "", fmt.Errorf("read its %s: %w", path, err)
	}
	defer copied.Content.Close()
	in := tar.NewReader(copied.Content)
	head, err := in.Next()
	if err != nil {
		return "", fmt.Errorf("read its %s: %w", path, err)
	}
	if head.Typeflag != tar.TypeReg {
		return "", refusedImage("its %s must be a file", path)
	}
	text, err := io.ReadAll(io.LimitReader(in, maxPasswd))
	if err != nil {
		return "", fmt.Errorf("read its %s: %w", path, err)
	}
	return string(text), nil
}
