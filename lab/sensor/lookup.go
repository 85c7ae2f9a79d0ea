//go:build linux

package sensor

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// openFolder is a folder that is kept open, with its absolute path.
type openFolder struct {
	path string
	fd   int
}

// keptOpen are the folders that [LookUpFrom] names.
var keptOpen []string

// LookUpFrom has names below those folders looked up from there, and not from the root.
// It must be called before anything is traced.
func LookUpFrom(folders []string) { keptOpen = folders }

// openFolders are /proc, the working folder of the tracing process and those kept open. Names below
// them are looked up from there: each walk from the root asks the root's file system
// whether it may be entered, and on one in user space (an engine's fuse-overlayfs)
// that costs two switches of process, more than all else that a lookup does.
var openFolders = sync.OnceValue(func() []openFolder {
	var all []openFolder
	for _, path := range append([]string{"/proc", "."}, keptOpen...) {
		fd, err := unix.Open(path, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err != nil {
			continue // what is below it is looked up from the root
		}
		name, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", fd))
		if err != nil || name == "/" {
			_ = unix.Close(fd) // it was not read
			continue
		}
		all = append(all, openFolder{name, fd})
	}
	return all
})

// ownFDs is the folder of the tracing process's own descriptors in /proc, or none.
var ownFDs = sync.OnceValue(func() int {
	fd, err := unix.Open("/proc/self/fd", unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return none
	}
	return fd
})

// procDevice is the device number that files below /proc have.
var procDevice = sync.OnceValue(func() uint64 {
	var stat unix.Stat_t
	_ = unix.Stat("/proc", &stat) // without it nothing can be traced
	return stat.Dev
})

// from gives a folder's descriptor and the name below it by which a path is found.
func from(path string) (folder int, name string) {
	for _, open := range openFolders() {
		if rest, below := strings.CutPrefix(path, open.path+"/"); below {
			if rest = strings.TrimLeft(rest, "/"); rest != "" {
				return open.fd, rest
			}
		}
	}
	return unix.AT_FDCWD, path
}

// openPath opens a file with those flags. The error names the path.
func openPath(path string, flags int) (int, error) {
	folder, name := from(path)
	for {
		fd, err := unix.Openat(folder, name, flags|unix.O_CLOEXEC, 0)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return -1, fmt.Errorf("open %s: %w", path, err)
		}
		return fd, nil
	}
}

// openFile opens a file to be read. The error names the path.
func openFile(path string) (*os.File, error) {
	fd, err := openPath(path, unix.O_RDONLY)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), path), nil
}

// readFile reads the whole of a file. The error names the path.
func readFile(path string) ([]byte, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// statPath looks at a file, at the end of a symbolic link or at the link itself.
func statPath(path string, followLink bool) (stat unix.Stat_t, err error) {
	folder, name := from(path)
	flags := unix.AT_SYMLINK_NOFOLLOW
	if followLink {
		flags = 0
	}
	err = unix.Fstatat(folder, name, &stat, flags)
	return stat, err
}

// deletedSuffix is what the kernel adds to the name of a file that has none any more.
const deletedSuffix = " (deleted)"

// readlink reads one of /proc's links to files: the file's path, or the last that it had.
func readlink(path string) (string, error) {
	folder, name := from(path)
	target, err := readlinkAt(folder, name)
	if err != nil {
		return "", fmt.Errorf("read link %s: %w", path, err)
	}
	return target, nil
}

// pathOf is the path of what a descriptor of the tracing process stands for, or the last
// that it had.
func pathOf(fd int) (string, error) {
	target, err := readlinkAt(ownFDs(), strconv.Itoa(fd))
	if err != nil {
		return "", fmt.Errorf("read path of descriptor %d: %w", fd, err)
	}
	return target, nil
}

func readlinkAt(folder int, name string) (string, error) {
	text := make([]byte, unix.PathMax)
	n, err := unix.Readlinkat(folder, name, text)
	if err != nil {
		return "", err
	}
	target := string(text[:n])
	if last, deleted := strings.CutSuffix(target, deletedSuffix); deleted {
		var file unix.Stat_t
		if err := unix.Fstatat(folder, name, &file, 0); err != nil || !isAt(target, file) {
			return last, nil // it is not a file of that very name
		}
	}
	return target, nil
}

// isAt reports whether a file is the one of that path.
func isAt(path string, file unix.Stat_t) bool {
	there, err := statPath(path, false)
	return err == nil && sameFile(there, file)
}
