//go:build linux

package sensor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// maxLinks is how many links the kernel follows on one way (MAXSYMLINKS).
const maxLinks = 40

// procRoot is the inode number of /proc itself (PROC_ROOT_INO).
const procRoot = 1

// none is no descriptor.
const none = -1

// walker looks up a path name by name, as the kernel would for a thread, and not for the
// tracer: /proc/self is the thread's own. A link of /proc to a file leads to that file,
// whatever its text says.
type walker struct {
	th *thread
	// at is the folder that was reached; own is set where it is the walker's to close.
	at  int
	own bool
	// root is the one that no name leads out of; none is the process's.
	root int
	// rest are the names that are left of the path.
	rest []string
	// throughProc is set once one of /proc's links to files was followed.
	throughProc bool
}

// walk looks up a path. What it has reached is held until the thread's call ends.
func (w *walker) walk(path string, follow bool) (ref fileRef, err error) {
	defer func() {
		if w.own {
			w.th.hold(w.at)
		}
	}()
	if err := w.prepend(path); err != nil {
		return fileRef{}, err
	}
	for links := 0; len(w.rest) > 0; {
		name := w.rest[0]
		w.rest = w.rest[1:]
		if name == "" || name == "." || name == ".." && w.isAtRoot() {
			continue
		}
		var stat unix.Stat_t
		err := unix.Fstatat(w.at, name, &stat, unix.AT_SYMLINK_NOFOLLOW)
		link := err == nil && isLink(stat)
		isLast := name != ".." && !slices.ContainsFunc(w.rest, func(name string) bool { return name != "" })
		switch {
		case isLast && (isMissing(err) || err == nil && !(link && follow)):
			return fileRef{fd: w.at, name: name, throughProc: w.throughProc}, nil
		case err != nil:
		case !link:
			err = w.enter(name, unix.O_NOFOLLOW)
		case links == maxLinks:
			err = unix.ELOOP
		default:
			links++
			err = w.follow(name)
		}
		if err != nil {
			return fileRef{}, err
		}
	}
	return fileRef{fd: w.at, throughProc: w.throughProc}, nil
}

// prepend has a path be looked up before what is left.
func (w *walker) prepend(path string) error {
	w.rest = append(strings.Split(path, "/"), w.rest...)
	switch {
	case !strings.HasPrefix(path, "/"):
		return nil
	case w.root == none:
		return w.enter("/", 0)
	}
	w.leave()
	w.at = w.root
	return nil
}

// isAtRoot reports whether the walker is in a root of its own, above which nothing is.
func (w *walker) isAtRoot() bool {
	if w.root == none {
		return false // of the process's, the kernel knows
	}
	var at, root unix.Stat_t
	return unix.Fstat(w.at, &at) == nil && unix.Fstat(w.root, &root) == nil && sameFile(at, root)
}

func (w *walker) leave() {
	if w.own {
		_ = unix.Close(w.at) // nothing was written to it
	}
	w.own = false
}

// enter goes on from a name.
func (w *walker) enter(name string, flags int) error {
	fd, err := unix.Openat(w.at, name, unix.O_PATH|unix.O_CLOEXEC|flags, 0)
	if err != nil {
		return err
	}
	w.leave()
	w.at, w.own = fd, true
	return nil
}

// follow goes on from where a link leads. Those in /proc itself are texts, two of which are
// of the thread; all others below it are the kernel's own.
func (w *walker) follow(name string) error {
	var system unix.Statfs_t
	if err := unix.Fstatfs(w.at, &system); err != nil {
		return err
	}
	if system.Type == unix.PROC_SUPER_MAGIC {
		var folder unix.Stat_t
		if err := unix.Fstat(w.at, &folder); err != nil {
			return err
		}
		switch {
		case folder.Ino != procRoot:
			w.throughProc = true
			return w.enter(name, 0)
		case name == "self":
			return w.prepend(strconv.Itoa(w.th.process.pid))
		case name == "thread-self":
			return w.prepend(fmt.Sprintf("%d/task/%d", w.th.process.pid, w.th.tid))
		}
	}
	text := make([]byte, unix.PathMax)
	n, err := unix.Readlinkat(w.at, name, text)
	if err != nil {
		return err
	}
	return w.prepend(string(text[:n]))
}
