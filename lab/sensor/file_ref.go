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
	// noFollow is set where a symbolic link at the end is meant itself.
	noFollow bool
	// inRoot is set where the descriptor is the root for all that the name leads to.
	inRoot bool
}

func atCwd(name uint64) pathArg      { return pathArg{dirFD: unix.AT_FDCWD, nameAddress: name} }
func atDir(dir, name uint64) pathArg { return pathArg{dirFD: int32(dir), nameAddress: name} }
func atFD(fd uint64) pathArg         { return pathArg{dirFD: int32(fd)} }

// link is the same place, where a symbolic link at the end is meant itself.
func (s pathArg) link() pathArg {
	s.noFollow = true
	return s
}

// withFlags is the same place, with the flags of a call that follows links unless they
// say otherwise.
func (s pathArg) withFlags(flags uint64) pathArg {
	s.noFollow = flags&unix.AT_SYMLINK_NOFOLLOW != 0
	return s
}

// fileRef is a file that a call names: a name in a folder that is held open, as a
// path would lead elsewhere once a folder on it has gone; or, without a name, the
// file that is held open itself.
type fileRef struct {
	fd   int
	name string
	// was is what was there when it was looked up, found whether anything was.
	was   unix.Stat_t
	found bool
	// throughProc is set where one of /proc's links to files led there.
	throughProc bool
}

// resolve looks up the file argument of a syscall. The error is that of reading the
// thread's memory, or that a folder on the way is missing.
func (th *thread) resolve(at pathArg) (fileRef, error) {
	name := ""
	if at.nameAddress != 0 {
		var err error
		if name, err = th.readString(at.nameAddress, maxPath); err != nil {
			return fileRef{}, err
		}
	}
	if at.inRoot {
		return th.findInRoot(at.dirFD, name, !at.noFollow)
	}
	return th.find(at.dirFD, name, !at.noFollow)
}

// find looks a name up below a descriptor, as the thread would; without a name, what the
// descriptor stands for. What is held open is let go of when the thread's call ends.
func (th *thread) find(dir int32, name string, follow bool) (fileRef, error) {
	base, path := from(name)
	if !strings.HasPrefix(name, "/") {
		var err error
		if base, err = th.openFolder(dir); err != nil {
			return fileRef{}, err
		}
		path = name
	}
	ref, err := th.findBelow(base, path)
	if err == nil {
		err = ref.look()
	}
	if err == nil && isLink(ref.was) && ref.name != "" && (follow || strings.HasSuffix(name, "/")) {
		throughProc := ref.throughProc
		if ref, err = (&walker{th: th, at: ref.fd, root: none}).walk(ref.name, true); err == nil {
			ref.throughProc = ref.throughProc || throughProc
			err = ref.look()
		}
	}
	if err != nil {
		return fileRef{}, fmt.Errorf("look up %s: %w", name, err)
	}
	return ref, nil
}

// findBelow looks up the folder of a path. It walks where a link is on the way, as the
// kernel would take "self" for the tracer.
func (th *thread) findBelow(base int, path string) (fileRef, error) {
	folder, name := filepath.Split(strings.TrimRight(path, "/"))
	if name == "" || name == "." || name == ".." {
		folder, name = path, ""
	}
	if folder == "" {
		return fileRef{fd: base, name: name}, nil
	}
	fd, err := unix.Openat2(base, folder, &unix.OpenHow{Flags: unix.O_PATH | unix.O_CLOEXEC, Resolve: unix.RESOLVE_NO_SYMLINKS})
	switch {
	case err == nil:
		th.hold(fd)
		return fileRef{fd: fd, name: name}, nil
	case isMissing(err):
		return fileRef{}, err
	}
	return (&walker{th: th, at: base, root: none}).walk(path, false) // or the kernel has no such call
}

// findInRoot looks a name up below a descriptor that is the root of all on the way.
func (th *thread) findInRoot(dir int32, name string, follow bool) (fileRef, error) {
	root, err := th.openFolder(dir)
	if err != nil {
		return fileRef{}, err
	}
	ref, err := (&walker{th: th, at: root, root: root}).walk(name, follow)
	if err == nil {
		err = ref.look()
	}
	if err != nil {
		return fileRef{}, fmt.Errorf("look up %s: %w", name, err)
	}
	return ref, nil
}

// openFolder opens what a thread's descriptor stands for, or its working folder, until
// its call ends.
func (th *thread) openFolder(dir int32) (int, error) {
	if dir == unix.AT_FDCWD {
		return th.openWorkingFolder()
	}
	fd, err := openPath(th.procFD(int64(dir)), unix.O_PATH)
	if err == nil {
		th.hold(fd)
	}
	return fd, err
}

func (th *thread) procPath(what string) string {
	return "/proc/" + strconv.Itoa(th.tid) + "/" + what
}

func (th *thread) procFD(fd int64) string {
	return th.procPath("fd/") + strconv.FormatInt(int64(int32(fd)), 10)
}

// realPath is the absolute path of the folder, without symbolic links, and the name in
// it.
func (r fileRef) realPath() (string, error) {
	folder, err := pathOf(r.fd)
	if err != nil || r.name == "" {
		return folder, err
	}
	return strings.TrimRight(folder, "/") + "/" + r.name, nil
}

// look notes what is there. That nothing is, is no error.
func (r *fileRef) look() error {
	var err error
	r.was, err = r.stat()
	r.found = err == nil
	if isMissing(err) {
		return nil
	}
	return err
}

// stat is what is there now.
func (r fileRef) stat() (stat unix.Stat_t, err error) {
	err = unix.Fstatat(r.fd, r.name, &stat, unix.AT_SYMLINK_NOFOLLOW|unix.AT_EMPTY_PATH)
	return stat, err
}

// isNow reports whether that file is what is there now.
func (r fileRef) isNow(file unix.Stat_t) bool {
	now, err := r.stat()
	return err == nil && sameFile(now, file)
}

// isGone reports whether nothing is there any more.
func (r fileRef) isGone() bool {
	_, err := r.stat()
	return isMissing(err)
}

// reopen opens a file that was looked up with its links, to be read.
func (r fileRef) reopen() (int, error) {
	if r.name == "" {
		return openPath("/proc/self/fd/"+strconv.Itoa(r.fd), unix.O_RDONLY)
	}
	return unix.Openat(r.fd, r.name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
}

func isLink(stat unix.Stat_t) bool { return stat.Mode&unix.S_IFMT == unix.S_IFLNK }

func isMissing(err error) bool { return errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ENOTDIR) }
