package sensor

import (
	"errors"
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
	return th.reach(at.dir, name, follow), nil
}

// reach leads to a name below a descriptor, or to the descriptor itself.
func (th *thread) reach(dir int32, name string, follow bool) place {
	if strings.HasPrefix(name, "/") {
		return place{reach: th.own(name), follow: follow}
	}
	base := th.proc("cwd")
	if dir != unix.AT_FDCWD {
		base = th.descriptor(int64(dir))
	}
	if name == "" {
		return place{reach: base, itself: true}
	}
	return place{reach: base + "/" + name, follow: follow}
}

// mine are the kernel's words for "me", and the links that devices' folders have
// to them.
var mine = [...]struct{ word, means string }{
	{"/proc/self", ""}, {"/proc/thread-self", ""},
	{"/dev/fd", "/fd"}, {"/dev/stdin", "/fd/0"}, {"/dev/stdout", "/fd/1"}, {"/dev/stderr", "/fd/2"},
}

// own turns words for "me" into the thread's number.
func (th *thread) own(name string) string {
	if !strings.HasPrefix(name, "/proc/") && !strings.HasPrefix(name, "/dev/") {
		return name
	}
	for _, me := range mine {
		if rest, ok := strings.CutPrefix(name, me.word); ok && (rest == "" || rest[0] == '/') {
			return "/proc/" + strconv.Itoa(th.tid) + me.means + rest
		}
	}
	return name
}

func (th *thread) proc(what string) string {
	return "/proc/" + strconv.Itoa(th.tid) + "/" + what
}

func (th *thread) descriptor(fd int64) string {
	return th.proc("fd/") + strconv.FormatInt(fd, 10)
}

// real is the absolute path without symbolic links, but for the last name
// where that is not to be followed. Where a folder on the way is gone already,
// by another process, it is the path as named.
func (p place) real() (string, error) {
	if p.itself {
		return readlink(p.reach)
	}
	reach := strings.TrimRight(p.reach, "/")
	folder, name := filepath.Split(reach)
	if p.follow || name == "" || name == "." || name == ".." {
		path, err := realOf(p.reach)
		if isMissing(err) {
			return p.spelt()
		}
		return path, err
	}
	folder, err := realOf(folder)
	if isMissing(err) {
		return p.spelt()
	}
	if err != nil {
		return "", err
	}
	return strings.TrimRight(folder, "/") + "/" + name, nil
}

func isMissing(err error) bool { return errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ENOTDIR) }

// spelt is the absolute path that the words of a place make, whatever is there.
func (p place) spelt() (string, error) {
	parts := strings.SplitN(strings.TrimPrefix(p.reach, "/proc/"), "/", 3) // tid, cwd or fd, rest
	if !strings.HasPrefix(p.reach, "/proc/") || len(parts) < 3 {
		return filepath.Clean(p.reach), nil
	}
	base, rest := "/proc/"+parts[0]+"/"+parts[1], parts[2]
	if parts[1] == "fd" {
		fd, below, _ := strings.Cut(rest, "/")
		base, rest = base+"/"+fd, below
	}
	folder, err := readlink(base)
	return filepath.Join(folder, rest), err
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
	if strings.HasSuffix(folder, "/fd/") && strings.Count(folder, "/") == 4 {
		return p.real() // /proc/PID/fd/N is a link in name only
	}
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

// exists says whether a file is there, at the end of any links.
func (p place) exists() bool {
	var stat unix.Stat_t
	return !isMissing(unix.Stat(p.reach, &stat))
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
