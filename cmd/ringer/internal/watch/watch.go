package watch

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long nothing must happen before files are looked at: an editor saves in
	// several steps.
	quiet = 40 * time.Millisecond
	// patience is how long is waited for quiet at most.
	patience = 400 * time.Millisecond
	// between is how often files are looked at where the system tells of nothing.
	between = 500 * time.Millisecond
	// most is how many files are watched; more are most likely a mistake in a path.
	most = 100_000
)

// stamp is what tells a file from one that was saved since.
type stamp struct {
	size     int64
	modified time.Time
}

// Watcher notices the files that are saved, made or removed below some paths. It must be
// used by one goroutine at a time.
type Watcher struct {
	paths []string
	is    func(name string) bool
	files map[string]stamp
	gone  map[string]bool   // not there when last looked at; told of if they stay away
	told  *fsnotify.Watcher // nil: nothing tells, so files are looked at now and then
}

// Open begins to watch files and folders with all below them, as far as is says of a
// file's name that it is one of those to watch. It fails if a path cannot be read.
func Open(paths []string, is func(name string) bool) (*Watcher, error) {
	w := &Watcher{paths: paths, is: is, gone: map[string]bool{}}
	if told, err := fsnotify.NewWatcher(); err == nil {
		w.told = told
	}
	files, err := w.look()
	if err != nil {
		_ = w.Close()
		return nil, err
	}
	w.files = files
	return w, nil
}

// Close ends the watching. It fails if the system does not let go of a folder.
func (w *Watcher) Close() error {
	if w.told == nil {
		return nil
	}
	return w.told.Close()
}

// Files lists the files that there are, sorted.
func (w *Watcher) Files() []string { return slices.Sorted(maps.Keys(w.files)) }

// Next waits until files were saved, made or removed, and returns their names, sorted. It
// fails with the cause of ctx when that ends.
func (w *Watcher) Next(ctx context.Context) ([]string, error) {
	for {
		if err := w.wait(ctx); err != nil {
			return nil, err
		}
		files, err := w.look()
		if err != nil {
			continue // a path is away while it is replaced
		}
		if changed := w.compare(files); len(changed) > 0 {
			return changed, nil
		}
	}
}

// wait returns once something happened, and then nothing for a while.
func (w *Watcher) wait(ctx context.Context) error {
	var events chan fsnotify.Event
	var errs chan error
	first := time.NewTimer(between)
	defer first.Stop()
	tick := first.C
	if w.told != nil {
		events, errs = w.told.Events, w.told.Errors
		if len(w.gone) == 0 {
			tick = nil
		}
	}
	select {
	case <-ctx.Done():
		return fmt.Errorf("watch: %w", context.Cause(ctx))
	case <-tick:
		return nil
	case <-events:
	case <-errs: // it lost count: files are looked at in any case
	}
	end := time.NewTimer(patience)
	defer end.Stop()
	for {
		pause := time.NewTimer(quiet)
		select {
		case <-ctx.Done():
			pause.Stop()
			return fmt.Errorf("watch: %w", context.Cause(ctx))
		case <-end.C:
			pause.Stop()
			return nil
		case <-pause.C:
			return nil
		case <-events:
			pause.Stop()
		case <-errs:
			pause.Stop()
		}
	}
}

// compare takes in how files are now and returns what is different. A file that is away
// is told of when it is away the second time: some editors remove it for a moment, and
// others empty it before they write it.
func (w *Watcher) compare(files map[string]stamp) []string {
	var changed []string
	for name, now := range files {
		if before, known := w.files[name]; !known || before != now {
			changed = append(changed, name)
		}
		delete(w.gone, name)
	}
	for name, before := range w.files {
		switch _, there := files[name]; {
		case there:
		case w.gone[name]:
			delete(w.gone, name)
			changed = append(changed, name)
		default:
			w.gone[name] = true
			files[name] = before
		}
	}
	w.files = files
	slices.Sort(changed)
	return changed
}

// look returns the files as they are, without those that are empty, and has the system
// tell of their folders.
func (w *Watcher) look() (map[string]stamp, error) {
	files := map[string]stamp{}
	for _, path := range w.paths {
		about, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("watch: %w", err)
		}
		if !about.IsDir() {
			w.tell(filepath.Dir(path))
			if about.Size() > 0 {
				files[path] = stamp{about.Size(), about.ModTime()}
			}
			continue
		}
		err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil // it went while it was looked at
			}
			if entry.IsDir() {
				w.tell(name)
				return nil
			}
			if entry.Type()&fs.ModeSymlink != 0 && leadsOut(path, name) {
				return nil // as whoever reads the rules of a folder has it
			}
			about, err := os.Stat(name)
			if err != nil || !about.Mode().IsRegular() || about.Size() == 0 || !w.is(name) {
				return nil
			}
			if len(files) == most {
				return fmt.Errorf("watch: %s has more than %d files", path, most)
			}
			files[name] = stamp{about.Size(), about.ModTime()}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// leadsOut reports whether a link in a folder leads out of it, or nowhere.
func leadsOut(folder, link string) bool {
	root, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return true
	}
	target, err := filepath.EvalSymlinks(link)
	if err != nil {
		return true
	}
	inside, err := filepath.Rel(root, target)
	return err != nil || !filepath.IsLocal(inside)
}

// tell has the system tell of what happens in a folder. Where it does not, such as when a
// user may watch no more, files are looked at now and then.
func (w *Watcher) tell(folder string) {
	if w.told == nil {
		return
	}
	if err := w.told.Add(folder); err != nil {
		_ = w.told.Close()
		w.told = nil
		return
	}
}
