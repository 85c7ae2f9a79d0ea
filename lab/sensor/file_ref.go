//go:build linux

package sensor

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// pathArg is where a call says its file is: a name below a descriptor, or the
// descriptor itself where the name is null.
type pathArg struct {
	dirFD       int32
	nameAddress uint64
	flags       uint64
}

func atCwd(name uint64) pathArg      { return pathArg{dirFD: unix.AT_FDCWD, nameAddress: name} }
func atDir(dir, name uint64) pathArg { return pathArg{dirFD: int32(dir), nameAddress: name} }
func atFD(fd uint64) pathArg         { return pathArg{dirFD: int32(fd)} }

func (s pathArg) withFlags(flags uint64) pathArg {
	s.flags = flags
	return s
}

// fileRef is a file that a syscall names, by a path that the tracer can use.
type fileRef struct {
	// procPath leads there from the tracer's own process, through the links that
	// /proc keeps to a thread's folder and descriptors.
	procPath string
	// isLink is set where procPath is such a link itself, which is always followed.
	isLink bool
	// followLink says whether a symbolic link at the end is followed.
	followLink bool
}

// resolve reads the file argument of a syscall. The error is that of reading the
// thread's memory.
func (th *thread) resolve(at pathArg) (fileRef, error) {
	follow := at.flags&unix.AT_SYMLINK_NOFOLLOW == 0
	name := ""
	if at.nameAddress != 0 {
		var err error
		if name, err = th.process.memory.readString(th.tid, at.nameAddress, maxPath); err != nil {
			return fileRef{}, err
		}
	}
	return th.resolveName(at.dirFD, name, follow), nil
}

// resolveName leads to a name below a descriptor, or to the descriptor itself.
func (th *thread) resolveName(dir int32, name string, follow bool) fileRef {
	if strings.HasPrefix(name, "/") {
		return fileRef{procPath: th.rewriteSelf(name), followLink: follow}
	}
	base := th.procPath("cwd")
	if dir != unix.AT_FDCWD {
		base = th.procFD(int64(dir))
	}
	if name == "" {
		return fileRef{procPath: base, isLink: true}
	}
	return fileRef{procPath: base + "/" + name, followLink: follow}
}

// procAliases are the kernel's words for "me", and the links that devices' folders have
// to them.
var procAliases = [...]struct{ word, means string }{
	{"/proc/self", ""}, {"/proc/thread-self", ""},
	{"/dev/fd", "/fd"}, {"/dev/stdin", "/fd/0"}, {"/dev/stdout", "/fd/1"}, {"/dev/stderr", "/fd/2"},
}

// rewriteSelf turns words for "me" into the thread's number.
func (th *thread) rewriteSelf(name string) string {
	if !strings.HasPrefix(name, "/proc/") && !strings.HasPrefix(name, "/dev/") {
		return name
	}
	for _, me := range procAliases {
		if rest, ok := strings.CutPrefix(name, me.word); ok && (rest == "" || rest[0] == '/') {
			return "/proc/" + strconv.Itoa(th.tid) + me.means + rest
		}
	}
	return name
}

func (th *thread) procPath(what string) string {
	return "/proc/" + strconv.Itoa(th.tid) + "/" + what
}

func (th *thread) procFD(fd int64) string {
	return th.procPath("fd/") + strconv.FormatInt(fd, 10)
}

// realPath is the absolute path without symbolic links, but for the last name
// where that is not to be followed. Where a folder on the way is gone already,
// by another process, it is the path as named.
func (p fileRef) realPath() (string, error) {
	if p.isLink {
		return readlink(p.procPath)
	}
	reach := strings.TrimRight(p.procPath, "/")
	folder, name := filepath.Split(reach)
	if p.followLink || name == "" || name == "." || name == ".." {
		path, err := kernelRealPath(p.procPath)
		if isMissing(err) {
			return p.lexicalPath()
		}
		return path, err
	}
	folder, err := kernelRealPath(folder)
	if isMissing(err) {
		return p.lexicalPath()
	}
	if err != nil {
		return "", err
	}
	return strings.TrimRight(folder, "/") + "/" + name, nil
}

func isMissing(err error) bool { return errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ENOTDIR) }

// lexicalPath is the absolute path that the words of a place make, whatever is there.
func (p fileRef) lexicalPath() (string, error) {
	parts := strings.SplitN(strings.TrimPrefix(p.procPath, "/proc/"), "/", 3) // tid, cwd or fd, rest
	if !strings.HasPrefix(p.procPath, "/proc/") || len(parts) < 3 {
		return filepath.Clean(p.procPath), nil
	}
	base, rest := "/proc/"+parts[0]+"/"+parts[1], parts[2]
	if parts[1] == "fd" {
		fd, below, _ := strings.Cut(rest, "/")
		base, rest = base+"/"+fd, below
	}
	folder, err := readlink(base)
	return filepath.Join(folder, rest), err
}

// unresolvedPath is the place as named: absolute, but with no link resolved.
func (p fileRef) unresolvedPath() (string, error) {
	if p.isLink {
		return readlink(p.procPath)
	}
	if !strings.HasPrefix(p.procPath, "/proc/") {
		return filepath.Clean(p.procPath), nil
	}
	folder, name := filepath.Split(p.procPath)
	if strings.HasSuffix(folder, "/fd/") && strings.Count(folder, "/") == 4 {
		return p.realPath() // /proc/PID/fd/N is a link in name only
	}
	folder, err := kernelRealPath(folder)
	return filepath.Join(folder, name), err
}

// stat is that of the file there.
func (p fileRef) stat() (unix.Stat_t, error) {
	return statPath(p.procPath, p.isLink || p.followLink)
}

// exists says whether a file is there, at the end of any links.
func (p fileRef) exists() bool {
	_, err := statPath(p.procPath, true)
	return !isMissing(err)
}

// kernelRealPath has the kernel resolve a path.
func kernelRealPath(path string) (string, error) {
	fd, err := openPath(path, unix.O_PATH)
	if err != nil {
		return "", fmt.Errorf("resolve: %w", err)
	}
	defer unix.Close(fd)
	return readlink("/proc/self/fd/" + strconv.Itoa(fd))
}
