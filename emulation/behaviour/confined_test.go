package behaviour_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// staysInside performs a plan on a host of a platform, on a real file system: in a folder
// beside which nothing may come or go, and out of which nothing may be looked up. words are
// what a program of Linux may have as arguments; one of Windows has one.
func staysInside(t *testing.T, on effect.Platform, files []asset.File, plan effect.StepPlan, words []string, given any) {
	t.Helper()
	outside, err := os.MkdirTemp(t.TempDir(), "")
	require.NoError(t, err)
	root := filepath.Join(outside, "asset")
	require.NoError(t, os.Mkdir(root, 0o755))
	inside := func(real string) {
		assert.True(t, strings.HasPrefix(filepath.Clean(real)+"/", root+"/"), "%.200v: %s", given, real)
	}
	tree := effect.Tree{Root: root, Platform: on, Disk: watchedDisk{effect.WorkingDisk(""), inside}}
	var laid []effect.Precondition
	for _, file := range files {
		laid = append(laid, effect.Precondition{Path: file.Path, Content: file.Content, Folder: file.Folder})
	}
	_ = effect.ApplyPreconditions(tree, laid) // what the file system refuses is no escape
	before, err := effect.List(tree)
	require.NoError(t, err)

	executor := effect.Executor{
		Tree: tree,
		Load: func(real string) error { inside(real); return nil },
		Connect: func(c effect.Connection) error {
			assert.True(t, c.To.IsLoopback())
			assert.True(t, c.From == effect.Endpoint{} || c.From.IsLoopback())
			return nil
		},
		Send:    func(to effect.Endpoint, _ []byte) error { assert.True(t, to.IsLoopback()); return nil },
		Export:  func(effect.Export) ([]byte, error) { return []byte("1\n"), nil },
		Request: func(effect.Request) error { return nil },
	}
	executor.Start = func(p effect.Process) error {
		real, err := tree.LocateFile(p.Image)
		if err != nil {
			return err
		}
		inside(real)
		inside(tree.WorkingFolder(p.Dir))
		if on == effect.Windows {
			assert.Len(t, p.Args, 1, "a command line is one text, that nothing splits")
		} else {
			assert.Subset(t, append(words, p.Image), p.Args, "an argument is a word as it is written")
		}
		for _, act := range p.Acts {
			_ = act.Perform(executor) // likewise
		}
		return nil
	}
	executor.Access = executor.Start
	journal := effect.NewJournal(tree)
	if journal.Register(plan) == nil && effect.ApplyPreconditions(tree, plan.Preconditions) == nil {
		for _, root := range plan.Processes {
			_ = executor.Start(root) // likewise
		}
		effect.RunChecks(tree, plan.Checks)
	}
	require.NoError(t, filepath.WalkDir(outside, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && path != outside {
			inside(path)
			link := entry.Type() == fs.ModeSymlink
			assert.True(t, link && makesLinks(plan) || entry.IsDir() || entry.Type().IsRegular(), "%.200v: %s is no plain file", given, path)
		}
		return err
	}))
	require.NoError(t, journal.Undo())
	after, err := effect.List(tree)
	require.NoError(t, err)
	assert.Empty(t, before.Differences(after), "%.200v", given)
	require.NoError(t, os.RemoveAll(outside))
}

func makesLinks(plan effect.StepPlan) bool {
	return slices.ContainsFunc(plan.AllProcesses(), func(p effect.Process) bool {
		return slices.ContainsFunc(p.Acts, func(act effect.Act) bool { _, link := act.(effect.SymLink); return link })
	})
}

// watchedDisk is a disk that tells of each name that it is asked for.
type watchedDisk struct {
	effect.Disk
	asked func(name string)
}

func (w watchedDisk) Lstat(name string) (fs.FileInfo, error) {
	w.asked(name)
	return w.Disk.Lstat(name)
}

func (w watchedDisk) ReadFile(name string) ([]byte, error) {
	w.asked(name)
	return w.Disk.ReadFile(name)
}

func (w watchedDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	w.asked(name)
	return w.Disk.ReadDir(name)
}

func (w watchedDisk) Readlink(name string) (string, error) {
	w.asked(name)
	return w.Disk.Readlink(name)
}

func (w watchedDisk) Put(name string, content []byte, mode fs.FileMode, add bool) error {
	w.asked(name)
	return w.Disk.Put(name, content, mode, add)
}

func (w watchedDisk) MkdirAll(name string, mode fs.FileMode) error {
	w.asked(name)
	return w.Disk.MkdirAll(name, mode)
}

func (w watchedDisk) Symlink(target, name string) error {
	w.asked(name)
	return w.Disk.Symlink(target, name)
}

func (w watchedDisk) Rename(from, to string) error {
	w.asked(from)
	w.asked(to)
	return w.Disk.Rename(from, to)
}

func (w watchedDisk) Remove(name string) error { w.asked(name); return w.Disk.Remove(name) }

func (w watchedDisk) RemoveAll(name string) error { w.asked(name); return w.Disk.RemoveAll(name) }

func (w watchedDisk) Truncate(name string, size int64) error {
	w.asked(name)
	return w.Disk.Truncate(name, size)
}

func (w watchedDisk) Chmod(name string, mode fs.FileMode) error {
	w.asked(name)
	return w.Disk.Chmod(name, mode)
}

func (w watchedDisk) Chtimes(name string, accessed, modified time.Time) error {
	w.asked(name)
	return w.Disk.Chtimes(name, accessed, modified)
}
