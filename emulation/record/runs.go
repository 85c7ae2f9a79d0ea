package record

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Runs is a folder with a journal or recording a run, each in a folder of its own
// that is named for the run.
type Runs struct {
	// Folder is `.ringer/runs` of the working folder.
	Folder string
}

// sealedRun is the name of a run's recording in its folder.
const sealedRun = "run" + Extension

// JournalOf is the folder of a run's journal.
func (r Runs) JournalOf(run string) string { return filepath.Join(r.Folder, run) }

// SealedOf is the file that a run's journal is sealed into, unless the user names
// another.
func (r Runs) SealedOf(run string) string { return filepath.Join(r.Folder, run, sealedRun) }

// Kept is one run in the folder.
type Kept struct {
	Run string
	// Started is when its id was made.
	Started time.Time
	// Sealed tells a recording from a journal that its runner did not seal.
	Sealed bool
	// UnderWay tells that a runner is writing to the journal.
	UnderWay bool
}

// List lists the runs that are kept, the newest first. It fails if the folder
// cannot be read; there are none where it is not there.
func (r Runs) List() ([]Kept, error) {
	entries, err := os.ReadDir(r.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	var kept []Kept
	for _, entry := range entries {
		id, err := uuid.Parse(entry.Name())
		if err != nil || !entry.IsDir() || id.Version() != 7 {
			continue // it is not ours
		}
		seconds, nanoseconds := id.Time().UnixTime()
		kept = append(kept, Kept{
			Run: entry.Name(), Started: time.Unix(seconds, nanoseconds).UTC(), Sealed: isFile(r.SealedOf(entry.Name())),
			UnderWay: underWay(r.JournalOf(entry.Name())),
		})
	}
	slices.SortFunc(kept, func(a, b Kept) int { return cmp.Or(b.Started.Compare(a.Started), strings.Compare(b.Run, a.Run)) })
	return kept, nil
}

// underWay asks for the lock of a journal, and gives it back.
func underWay(folder string) bool {
	if !isFile(filepath.Join(folder, lockPart)) {
		return false
	}
	lock, err := lockFolder(folder)
	if err != nil {
		return errors.Is(err, ErrUnderWay)
	}
	_ = lock.Close() // nothing was done with it
	return false
}

// ErrNoRun says that no run is kept, or none as it is asked for.
var ErrNoRun = errors.New("no run is recorded here")

// Find finds a run by its id or by the beginning of it; "" is the newest. It returns
// an error that wraps ErrNoRun if there is none, and fails if several begin so.
func (r Runs) Find(beginning string) (Kept, error) {
	kept, err := r.List()
	if err != nil {
		return Kept{}, err
	}
	var found []Kept
	for _, run := range kept {
		if strings.HasPrefix(run.Run, beginning) {
			found = append(found, run)
		}
	}
	switch {
	case len(found) == 0 && beginning == "":
		return Kept{}, fmt.Errorf("%w: %s has none", ErrNoRun, r.Folder)
	case len(found) == 0:
		return Kept{}, fmt.Errorf("%w: the id of none in %s begins with %q", ErrNoRun, r.Folder, beginning)
	case len(found) > 1 && beginning != "":
		return Kept{}, fmt.Errorf("the ids of %d runs in %s begin with %q: give more of it", len(found), r.Folder, beginning)
	}
	return found[0], nil
}

// Keeping says which runs are kept.
type Keeping struct {
	// Runs is how many of the newest are kept; Age is how old they may be.
	Runs int
	Age  time.Duration
}

// Prune removes runs beyond those to keep, but none that is under way, and returns
// which. It removes nothing but folders that List knows. It fails if one cannot be removed; the others are.
func (r Runs) Prune(keep Keeping, now time.Time) ([]Kept, error) {
	kept, err := r.List()
	if err != nil {
		return nil, err
	}
	var removed []Kept
	var failed []error
	for i, run := range kept {
		if run.UnderWay || i < keep.Runs && now.Sub(run.Started) < keep.Age {
			continue
		}
		if err := os.RemoveAll(r.JournalOf(run.Run)); err != nil {
			failed = append(failed, fmt.Errorf("remove recorded run: %w", err))
			continue
		}
		removed = append(removed, run)
	}
	return removed, errors.Join(failed...)
}
