//go:build linux

package agent

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
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
	a.tree = effect.Tree{Root: a.root, Platform: want.Platform, Disk: a.disk}
	canary := standin.CanaryTree(a.root)
	a.sensor.Capture = func(path string) bool { return a.tree.Captures(path) || canary.Captures(path) }
	if asset.CommonFolders(want.Platform) == nil {
		return fmt.Errorf("provision: unknown platform %q", want.Platform)
	}
	if err := a.provisionFiles(ctx, want); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	if err := a.installCanary(); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	// Before there is any process but the agent's own.
	attempts := a.verifyIsolation(a.root)
	if err := a.hide(); err != nil { // now, as the attempts are to fail for another reason
		return fmt.Errorf("provision: %w", err)
	}
	if err := a.startService(ctx, want.Service); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	var err error
	if a.provisioned, err = effect.List(a.tree, a.serviceFolder()); err != nil {
		return fmt.Errorf("provision: %w", err)
	}
	a.journal = effect.NewJournal(a.tree)
	return a.conn.Send(wire.Message{Ready: &wire.Ready{Attempts: attempts}})
}

func (a *agent) provisionFiles(ctx context.Context, want *wire.Provision) error {
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
		return errors.Join(os.MkdirAll(real, 0o755), os.Chmod(real, mode))
	}
	if mode == 0 {
		mode = 0o644
	}
	if err := os.MkdirAll(filepath.Dir(real), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(real, file.Content, mode|0o200); err != nil {
		return err
	}
	return os.Chmod(real, mode) // past the umask
}

func (a *agent) setTimes(file asset.File) error {
	real, err := a.tree.Locate(file.Path)
	if err != nil {
		return err
	}
	at := a.opened.Add(-time.Duration(file.Days) * day)
	return os.Chtimes(real, at, at)
}

// installStandIns puts a stand-in where a plan will start a program that the asset does
// not have. A program that the plan itself brings is left to it. What is laid
// out belongs to the host: no difference from how it was provisioned.
func (a *agent) installStandIns(plan effect.StepPlan) error {
	for _, path := range plan.Touches() {
		if _, err := a.tree.Locate(path); err != nil {
			return err
		}
	}
	for _, process := range plan.AllProcesses() {
		if process.Remote {
			continue
		}
		real, err := a.tree.LocateFile(process.Image)
		if err != nil {
			return err
		}
		resource := artifact.ResourceOf(process.Image)
		if process.Resource != nil {
			resource = *process.Resource
		}
		if plan.DropsProgram(process.Image) || !a.needsStandIn(real, process.Resource) {
			continue
		}
		if a.journal.Covers(real) {
			// An earlier step made it: it is that step's to take back.
			if err := os.WriteFile(real, a.program(resource), 0o755); err != nil {
				return fmt.Errorf("install %s: %w", process.Image, err)
			}
			continue
		}
		if err := a.installStandIn(real, resource); err != nil {
			return fmt.Errorf("install %s: %w", process.Image, err)
		}
	}
	return nil
}

// needsStandIn reports whether a program is missing, has another version resource than
// the one that is asked for, or is what an earlier step left, which need be none.
func (a *agent) needsStandIn(real string, asked *artifact.Resource) bool {
	content, err := os.ReadFile(real)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	held, ok := artifact.DecodeResource(content)
	return ok && asked != nil && held != *asked || !ok && a.journal.Covers(real)
}

// installStandIn makes one stand-in and the folders on the way. A protected folder is
// one to the plan's acts; programs were in it before.
func (a *agent) installStandIn(real string, resource artifact.Resource) (err error) {
	made := []string{real}
	folder := filepath.Dir(real)
	for ; ; folder = filepath.Dir(folder) {
		if _, err := os.Lstat(folder); err == nil {
			break
		}
		made = append(made, folder)
	}
	stat, err := os.Stat(folder)
	if err != nil {
		return err
	}
	if stat.Mode().Perm()&0o200 == 0 {
		if err := os.Chmod(folder, stat.Mode().Perm()|0o200); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.Chmod(folder, stat.Mode().Perm())) }()
	}
	if err := os.MkdirAll(filepath.Dir(real), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(real, a.program(resource), 0o755); err != nil {
		return err
	}
	at := a.opened.Add(-backgroundAge)
	for _, path := range made {
		if err := errors.Join(os.Chmod(path, 0o755), os.Chtimes(path, at, at)); err != nil {
			return err
		}
		listing, err := effect.List(effect.Tree{Root: path, Platform: a.tree.Platform, Disk: a.disk})
		if err != nil {
			return err
		}
		a.provisioned[path] = listing[path]
	}
	return nil
}
