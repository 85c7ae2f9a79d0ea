package effect

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Journal records how to take back what plans do to a tree. It is written before
// the effect, so that a step which breaks half way can be undone too.
type Journal struct {
	tree    Tree
	entries []entry
	// newest is where the entries of the newest plan begin.
	newest int
}

// entry is how one real path was before a step.
type entry struct {
	real     string
	existed  bool
	mode     fs.FileMode
	modified time.Time
	content  []byte
	target   string
}

// NewJournal starts an empty journal.
func NewJournal(tree Tree) *Journal { return &Journal{tree: tree} }

// Register records the state of all that a plan may touch. It returns an error
// where a path cannot be read; the plan must then not be performed.
func (j *Journal) Register(plan StepPlan) error {
	j.newest = len(j.entries)
	for _, path := range plan.Touches() {
		err := withRealPath(j.tree, "register undo of", path, j.record)
		if err != nil {
			return err
		}
	}
	return nil
}

// Covers reports whether undo restores a real path: a plan may have changed it, or
// made it or a folder above it.
func (j *Journal) Covers(real string) bool {
	return slices.ContainsFunc(j.entries, func(was entry) bool {
		return was.real == real || !was.existed && strings.HasPrefix(real, was.real+"/")
	})
}

// record remembers a path, all below it, and where it is missing the first
// missing folder on the way to it: that is what the effect would make.
func (j *Journal) record(real string) error {
	stat, err := j.tree.disk().Lstat(real)
	if err != nil {
		return j.recordMissing(real, err)
	}
	was := entry{real: real, existed: true, mode: stat.Mode(), modified: stat.ModTime()}
	switch {
	case stat.Mode()&fs.ModeSymlink != 0:
		was.target, err = j.tree.disk().Readlink(real)
	case stat.Mode().IsRegular():
		was.content, err = j.tree.disk().ReadFile(real)
	}
	if err != nil {
		return err
	}
	j.entries = append(j.entries, was)
	if !stat.IsDir() {
		return nil
	}
	below, err := j.tree.disk().ReadDir(real)
	if err != nil {
		return err
	}
	for _, entry := range below {
		if err := j.record(join(real, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// recordMissing remembers that nothing is at a path, or that a file is where a
// folder on the way to it would have to be.
func (j *Journal) recordMissing(real string, because error) error {
	parent := folderOf(real)
	for ; parent != real; real, parent = parent, folderOf(parent) {
		stat, err := j.tree.disk().Lstat(parent)
		switch {
		case err == nil && !stat.IsDir():
			return j.record(parent)
		case err == nil && errors.Is(because, fs.ErrNotExist):
			j.entries = append(j.entries, entry{real: real})
			return nil
		case err == nil:
			return because
		}
		because = err
	}
	return because
}

// Undo restores everything, newest first, and empties the journal. It goes on past
// a path that cannot be restored and returns all errors joined.
func (j *Journal) Undo() error {
	j.newest = 0
	_, err := j.undoNewest()
	return err
}

// UndoNewest restores what the plan registered last may have touched, drops that from the
// journal, and returns the paths (of the platform) that are not as they were then. It fails
// as [Journal.Undo] does.
func (j *Journal) UndoNewest() (left []string, err error) {
	undone, err := j.undoNewest()
	seen := map[string]bool{}
	for _, was := range undone { // the oldest of a path first, which is what was restored last
		if !seen[was.real] && !j.restored(was) {
			name, _ := j.tree.PlatformPath(was.real)
			left = append(left, name)
		}
		seen[was.real] = true
	}
	return left, err
}

func (j *Journal) undoNewest() (undone []entry, err error) {
	var failed []error
	undone = j.entries[j.newest:]
	for _, was := range slices.Backward(undone) {
		if err := j.restore(was); err != nil {
			failed = append(failed, fmt.Errorf("undo %s: %w", was.real, err))
		}
	}
	j.entries = j.entries[:j.newest:j.newest]
	return undone, errors.Join(failed...)
}

// restored reports whether a path is as it was.
func (j *Journal) restored(was entry) bool {
	disk := j.tree.disk()
	now, err := disk.Lstat(was.real)
	switch {
	case !was.existed:
		return errors.Is(err, fs.ErrNotExist)
	case err != nil || now.Mode() != was.mode:
		return false
	case was.target != "":
		target, err := disk.Readlink(was.real)
		return err == nil && target == was.target
	case !was.mode.IsRegular():
		return true
	}
	content, err := disk.ReadFile(was.real)
	return err == nil && bytes.Equal(content, was.content) && now.ModTime().Equal(was.modified)
}

func (j *Journal) restore(was entry) error {
	disk := j.tree.disk()
	if err := clearPath(j.tree, was.real, was.mode.IsDir()); err != nil {
		return err
	}
	if !was.existed {
		return disk.RemoveAll(was.real)
	}
	if was.mode.IsDir() {
		return errors.Join(disk.MkdirAll(was.real, was.mode.Perm()), disk.Chmod(was.real, was.mode.Perm()))
	}
	if was.target != "" {
		if target, err := disk.Readlink(was.real); err == nil && target == was.target {
			return nil
		}
		return errors.Join(disk.RemoveAll(was.real), disk.MkdirAll(folderOf(was.real), 0o755), disk.Symlink(was.target, was.real))
	}
	if now, err := disk.Lstat(was.real); err == nil && !now.Mode().IsRegular() {
		if err := disk.RemoveAll(was.real); err != nil {
			return err
		}
	}
	if err := disk.Put(was.real, was.content, was.mode.Perm(), false); err != nil {
		return err
	}
	return errors.Join(disk.Chmod(was.real, was.mode.Perm()), disk.Chtimes(was.real, was.modified, was.modified))
}
