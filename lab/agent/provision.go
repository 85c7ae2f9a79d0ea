//go:build linux

package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/sensor"
	"github.com/ringer-lab/ringer/lab/standin"
	"github.com/ringer-lab/ringer/lab/wire"
)

const day = 24 * time.Hour

// backgroundAge is that of what a platform brings along and no asset kind speaks of.
const backgroundAge = 400 * day

// provision makes the asset's files, starts its service and verifies that it is
// isolated.
func (a *agent) provision(ctx context.Context, want *wire.Provision) error {
	if !sensor.Supported {
		return fmt.Errorf("provision: %w", sensor.ErrUnsupported)
	}
	a.settle(want.Platform)
	as := ofAssets
	if want.Image != nil {
		as = identity{want.Image.User, want.Image.Group}
		a.settleOnImage(*want.Image)
	}
	canary := standin.CanaryTree(a.root)
	a.sensor.Capture = func(path string) bool { return a.tree.Captures(path) || canary.Captures(path) }
	if asset.CommonFolders(want.Platform) == nil {
		return fmt.Errorf("provision: unknown platform %q", want.Platform)
	}
	// Before there is any process but the agent's own, or any file of the host's.
	attempts := a.verifyIsolation(a.ownPlaces(), as)
	fill := a.provisionFiles
	if want.Image != nil {
		fill = a.provisionImage
	}
	if err := fill(ctx, want); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	if err := a.installCanary(); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	if err := a.hide(); err != nil { // now, as the attempts are to fail for another reason
		return fmt.Errorf("provision: %w", err)
	}
	if err := a.startService(ctx, want.Service); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	if a.image != nil {
		if err := a.image.start(ctx); err != nil {
			return fmt.Errorf("provision: %w", err)
		}
	}
	var err error
	if a.provisioned, err = effect.List(a.tree, a.serviceFolder()); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	a.journal = effect.NewJournal(a.tree)
	return a.conn.Send(wire.Message{Ready: &wire.Ready{Attempts: attempts}})
}

// settle has the agent know where the files of a platform's assets are.
func (a *agent) settle(platform effect.Platform) {
	a.disk = effect.WorkingDisk("")
	if !a.inContainer {
		a.tree = effect.Tree{Root: a.root, Platform: platform, Disk: a.disk}
		return
	}
	a.disk = effect.WorkingDisk(effect.Root)
	if platform == effect.Linux {
		a.disk = newPlacesDisk()
		sensor.LookUpFrom(append(effect.OwnPlaces(effect.Linux), effect.Root))
		a.sensor.Head = reportedHead
	}
	a.tree = effect.AssetTree(platform, a.disk)
}

// reportedHead is the text of a program, which says what it stands for.
func reportedHead(file io.ReaderAt, size int64) []byte {
	_, text, _ := effect.SplitProgram(file, size)
	return text
}

// ownPlaces are where the asset has a file system of its own.
func (a *agent) ownPlaces() []string {
	if a.tree.Folders != nil {
		return append(slices.Clone(a.tree.Folders), a.root)
	}
	return append(effect.OwnPlaces(a.tree.Platform), a.root)
}

func (a *agent) provisionFiles(ctx context.Context, want *wire.Provision) error {
	for _, folder := range a.tree.Bases() {
		if err := a.disk.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	for _, path := range asset.CommonFolders(want.Platform) {
		if err := a.makeFile(asset.File{Path: path, Folder: true}); err != nil {
			return err
		}
	}
	for _, file := range want.Files {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := a.makeFile(file); err != nil {
			return err
		}
	}
	// Backwards, as what is put into a folder touches the folder.
	for _, file := range slices.Backward(want.Files) {
		if err := a.setTimes(file); err != nil {
			return err
		}
	}
	for _, path := range want.Protected {
		if err := a.makeFile(asset.File{Path: path, Folder: true, Mode: 0o555}); err != nil {
			return err
		}
	}
	return nil
}

// makeFile makes one file or folder, and the folders on the way.
func (a *agent) makeFile(file asset.File) error {
	real, err := a.tree.Locate(file.Path)
	if err != nil {
		return err
	}
	mode := file.Mode
	if file.Folder {
		if mode == 0 {
			mode = 0o755
		}
		return errors.Join(a.disk.MkdirAll(real, 0o755), a.disk.Chmod(real, mode))
	}
	if mode == 0 {
		mode = 0o644
	}
	if err := a.disk.Put(real, file.Content, mode|0o200, false); err != nil {
		return err
	}
	return a.disk.Chmod(real, mode) // past the umask
}

func (a *agent) setTimes(file asset.File) error {
	real, err := a.tree.Locate(file.Path)
	if err != nil {
		return err
	}
	at := a.opened.Add(-time.Duration(file.Days) * day)
	return a.disk.Chtimes(real, at, at)
}
