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

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/standin"
	"github.com/ringer-lab/ringer/lab/wire"
)

const day = 24 * time.Hour

// age is that of what a persona brings along and no asset kind speaks of.
const age = 400 * day

// furnish makes the asset what it is to be, and attests that nothing leads out.
func (a *agent) furnish(ctx context.Context, want *wire.Furnish) error {
	a.tree = effect.Tree{Root: a.root, Persona: want.Persona}
	canary := standin.CanaryTree(a.root)
	a.sensor.Capture = func(path string) bool { return a.tree.Captures(path) || canary.Captures(path) }
	if asset.CommonFolders(want.Persona) == nil {
		return fmt.Errorf("furnish: no persona %q", want.Persona)
	}
	if err := a.furnishAll(ctx, want); err != nil {
		return fmt.Errorf("furnish: %w", err)
	}
	if err := a.layOutCanary(); err != nil {
		return fmt.Errorf("furnish: %w", err)
	}
	// Before there is any process but the agent's own.
	attempts := a.attest(a.root)
	if err := a.serveReally(ctx, want.Service); err != nil {
		return fmt.Errorf("furnish: %w", err)
	}
	var err error
	if a.furnished, err = effect.List(a.tree, a.servicePlace()); err != nil {
		return fmt.Errorf("furnish: %w", err)
	}
	a.journal = effect.NewJournal(a.tree)
	return a.conn.Send(wire.Message{Ready: &wire.Ready{Attempts: attempts}})
}

func (a *agent) furnishAll(ctx context.Context, want *wire.Furnish) error {
	for _, path := range asset.CommonFolders(want.Persona) {
		if err := a.put(asset.File{Path: path, Folder: true}); err != nil {
			return err
		}
	}
	for _, file := range want.Files {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := a.put(file); err != nil {
			return err
		}
	}
	// Backwards, as what is put into a folder touches the folder.
	for _, file := range slices.Backward(want.Files) {
		if err := a.date(file); err != nil {
			return err
		}
	}
	for _, path := range want.Protected {
		if err := a.put(asset.File{Path: path, Folder: true, Mode: 0o555}); err != nil {
			return err
		}
	}
	return nil
}

// put makes one file or folder, and the folders on the way.
func (a *agent) put(file asset.File) error {
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

func (a *agent) date(file asset.File) error {
	real, err := a.tree.Locate(file.Path)
	if err != nil {
		return err
	}
	at := a.opened.Add(-time.Duration(file.Days) * day)
	return os.Chtimes(real, at, at)
}

// layOut puts a stand-in where a plan will start a program that the asset does
// not have. A program that the plan itself brings is left to it. What is laid
// out belongs to the host: no difference from how it was furnished.
func (a *agent) layOut(plan effect.Plan) error {
	for _, path := range plan.Touches() {
		if _, err := a.tree.Locate(path); err != nil {
			return err
		}
	}
	for _, process := range plan.Processes() {
		if process.Away {
			continue
		}
		real, err := a.tree.Own(process.Image)
		if err != nil {
			return err
		}
		resource := effect.ResourceOf(process.Image)
		if process.Resource != nil {
			resource = *process.Resource
		}
		if plan.Brings(process.Image) || !a.lacks(real, process.Resource) {
			continue
		}
		if a.journal.Knows(real) {
			// An earlier step made it: it is that step's to take back.
			if err := os.WriteFile(real, a.program(resource), 0o755); err != nil {
				return fmt.Errorf("lay out %s: %w", process.Image, err)
			}
			continue
		}
		if err := a.layOutAt(real, resource); err != nil {
			return fmt.Errorf("lay out %s: %w", process.Image, err)
		}
	}
	return nil
}

// lacks reports whether a program is missing, has another version resource than
// the one that is asked for, or is what an earlier step left, which need be none.
func (a *agent) lacks(real string, asked *effect.Resource) bool {
	content, err := os.ReadFile(real)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	held, ok := effect.ReadResource(content)
	return ok && asked != nil && held != *asked || !ok && a.journal.Knows(real)
}

// layOutAt makes one stand-in and the folders on the way. A protected folder is
// one to the plan's acts; programs were in it before.
func (a *agent) layOutAt(real string, resource effect.Resource) (err error) {
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
	at := a.opened.Add(-age)
	for _, path := range made {
		if err := errors.Join(os.Chmod(path, 0o755), os.Chtimes(path, at, at)); err != nil {
			return err
		}
		one, err := effect.List(effect.Tree{Root: path, Persona: a.tree.Persona})
		if err != nil {
			return err
		}
		a.furnished[path] = one[path]
	}
	return nil
}
