//go:build linux

package agent

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

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
			if err := a.replaceProgram(real, resource); err != nil {
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
	content, err := a.disk.ReadFile(real)
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
		if _, err := a.disk.Lstat(folder); err == nil {
			break
		}
		made = append(made, folder)
	}
	stat, err := a.disk.Lstat(folder)
	if err != nil {
		return err
	}
	if stat.Mode().Perm()&0o200 == 0 {
		if err := a.disk.Chmod(folder, stat.Mode().Perm()|0o200); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, a.disk.Chmod(folder, stat.Mode().Perm())) }()
	}
	if err := a.disk.MkdirAll(filepath.Dir(real), 0o755); err != nil {
		return err
	}
	if err := a.makeProgram(real, resource); err != nil {
		return err
	}
	at := a.opened.Add(-backgroundAge)
	for _, path := range made {
		if stat, err := a.disk.Lstat(path); err != nil || stat.Mode().Perm() != 0o755 || !stat.ModTime().Equal(at) {
			if err := errors.Join(err, a.disk.Chmod(path, 0o755), a.disk.Chtimes(path, at, at)); err != nil {
				return err
			}
		}
		listing, err := effect.List(effect.Tree{Root: path, Platform: a.tree.Platform, Disk: a.disk})
		if err != nil {
			return err
		}
		a.provisioned[path] = listing[path]
	}
	return nil
}

// sharedProgram is the file that programs of one file system are names of.
type sharedProgram struct {
	path  string
	inode uint64
}

// makeProgram makes the file of a program, in the place of what is there: that is not
// written to, as it may have other names, or run. On Linux a program has ringer's whole
// binary, so that those of a file system are names of one file.
func (a *agent) makeProgram(real string, resource artifact.Resource) error {
	if !a.tree.AtOwnPlaces || resource != (artifact.Resource{}) {
		return a.replaceProgram(real, resource)
	}
	if err := a.disk.Remove(real); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	place := effect.FileSystem(real)
	if a.linkProgram(a.programs[place], real) {
		return nil
	}
	if err := a.replaceProgram(real, resource); err != nil {
		return err
	}
	var made unix.Stat_t
	if err := unix.Lstat(real, &made); err != nil {
		return err
	}
	if a.programs == nil {
		a.programs = map[string]sharedProgram{}
	}
	a.programs[place] = sharedProgram{real, made.Ino}
	return nil
}

// linkProgram gives a shared program another name, and is false where there is none.
func (a *agent) linkProgram(shared sharedProgram, real string) bool {
	var was, is unix.Stat_t
	if err := unix.Lstat(shared.path, &was); err != nil || was.Ino != shared.inode {
		return false // a step had it, and did something to it
	}
	if os.Link(shared.path, real) != nil {
		return false
	}
	if unix.Lstat(real, &is) == nil {
		a.sensor.Unchanged(was, is)
	}
	return true
}

// replaceProgram puts a program with a file of its own in the place of what is there.
func (a *agent) replaceProgram(real string, resource artifact.Resource) error {
	if err := a.disk.Remove(real); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return a.disk.Put(real, a.program(resource), 0o755, false)
}

// separatePrograms gives each program that a plan may change a file of its own, as it is:
// what is done to one name must not be done to another.
func (a *agent) separatePrograms(plan effect.StepPlan) error {
	if !a.tree.AtOwnPlaces {
		return nil
	}
	for _, path := range plan.Touches() {
		real, err := a.tree.Locate(path)
		if err != nil {
			return err
		}
		if err := a.separateProgram(real); err != nil {
			return fmt.Errorf("separate %s: %w", path, err)
		}
	}
	return nil
}

// separateSuffix ends the name under which a program's own file is made.
const separateSuffix = ".own"

func (a *agent) separateProgram(real string) (err error) {
	var is, folder unix.Stat_t
	if err := unix.Lstat(real, &is); err != nil || is.Mode&unix.S_IFMT != unix.S_IFREG || is.Nlink < 2 {
		return nil // the step finds nothing, or a file of its own
	}
	text, err := a.disk.ReadFile(real)
	if err != nil {
		return err
	}
	in := filepath.Dir(real)
	if err := unix.Stat(in, &folder); err != nil {
		return err
	}
	if folder.Mode&0o200 == 0 {
		if err := unix.Chmod(in, folder.Mode&0o7777|0o200); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, unix.Chmod(in, folder.Mode&0o7777)) }()
	}
	own, mode, at := real+separateSuffix, fs.FileMode(is.Mode).Perm(), time.Unix(is.Mtim.Unix())
	if err := a.disk.Put(own, text, mode, false); err != nil {
		return err
	}
	return errors.Join(a.disk.Chmod(own, mode), a.disk.Chtimes(own, at, at), a.disk.Rename(own, real))
}
