package sensor

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// spot is where a call says its file is: a name below a descriptor, or the
// descriptor itself where the name is null.
type spot struct {
	dir   int32
	name  uint64
	flags uint64
}

func byName(name uint64) spot  { return spot{dir: unix.AT_FDCWD, name: name} }
func in(dir, name uint64) spot { return spot{dir: int32(dir), name: name} }
func byFile(fd uint64) spot    { return spot{dir: int32(fd)} }

func (s spot) with(flags uint64) spot {
	s.flags = flags
	return s
}

// place is a spot in words the tracer can use.
type place struct {
	// reach leads there from the tracer's own process, through the links that
	// /proc keeps to a thread's folder and descriptors.
	reach string
	// itself is set where reach is such a link: it is to be followed always.
	itself bool
	// follow says whether a symbolic link at the end is followed.
	follow bool
}

// find reads a call's spot.
func (th *thread) find(at spot) (place, error) {
	follow := at.flags&unix.AT_SYMLINK_NOFOLLOW == 0
	name := ""
	if at.name != 0 {
		var err error
		if name, err = th.of.memory.text(th.tid, at.name, longestPath); err != nil {
			return place{}, err
		}
	}
	if strings.HasPrefix(name, "/") {
		return place{reach: th.own(name), follow: follow}, nil
	}
	base := th.proc("cwd")
	if at.dir != unix.AT_FDCWD {
		base = th.descriptor(int64(at.dir))
	}
	if name == "" {
		return place{reach: base, itself: true}, nil
	}
	return place{reach: base + "/" + name, follow: follow}, nil
}

// own turns /proc's words for "me" into the thread's number.
func (th *thread) own(name string) string {
	if !strings.HasPrefix(name, "/proc/") {
		return name
	}
	for _, me := range [...]string{"/proc/self", "/proc/thread-self"} {
		if rest, ok := strings.CutPrefix(name, me); ok && (rest == "" || rest[0] == '/') {
			return th.proc("") + rest
		}
	}
	return name
}

func (th *thread) proc(what string) string {
	if what == "" {
		return "/proc/" + strconv.Itoa(th.tid)
	}
	return "/proc/" + strconv.Itoa(th.tid) + "/" + what
}

func (th *thread) descriptor(fd int64) string {
	return th.proc("fd/") + strconv.FormatInt(fd, 10)
}

// real is the absolute path without symbolic links, but for the last name
// where that is not to be followed.
func (p place) real() (string, error) {
	if p.itself {
		return readlink(p.reach)
	}
	reach := strings.TrimRight(p.reach, "/")
	folder, name := filepath.Split(reach)
	if p.follow || name == "" || name == "." || name == ".." {
		return realOf(p.reach)
	}
	folder, err := realOf(folder)
	if err != nil {
		return "", err
	}
	return strings.TrimRight(folder, "/") + "/" + name, nil
}

// named is the place as named: absolute, but with no link resolved.
func (p place) named() (string, error) {
	if p.itself {
		return readlink(p.reach)
	}
	if !strings.HasPrefix(p.reach, "/proc/") {
		return filepath.Clean(p.reach), nil
	}
	folder, name := filepath.Split(p.reach)
	folder, err := realOf(folder)
	return filepath.Join(folder, name), err
}

// stat is that of the file there.
func (p place) stat() (unix.Stat_t, error) {
	var stat unix.Stat_t
	if p.itself || p.follow {
		return stat, unix.Stat(p.reach, &stat)
	}
	return stat, unix.Lstat(p.reach, &stat)
}

// realOf has the kernel resolve a path.
func realOf(path string) (string, error) {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return "", fmt.Errorf("resolve %s: %w", path, err)
	}
	defer unix.Close(fd)
	return readlink("/proc/self/fd/" + strconv.Itoa(fd))
}

// readlink reads one of /proc's links. The kernel adds a word to the name of a
// file that has none any more.
func readlink(path string) (string, error) {
	name, err := os.Readlink(path)
	return strings.TrimSuffix(name, " (deleted)"), err
}
