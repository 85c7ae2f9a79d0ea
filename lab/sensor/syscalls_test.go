//go:build linux && amd64

package sensor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// pointer gives a raw call a path.
func pointer(path string) uintptr {
	bytes, err := unix.BytePtrFromString(path)
	must(err)
	return uintptr(unsafe.Pointer(bytes))
}

// raw makes a call that package unix has no function for, or wraps in another.
func raw(number uintptr, args ...uintptr) int {
	var a [6]uintptr
	copy(a[:], args)
	result, _, errno := unix.Syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5])
	if errno != 0 {
		must(errno)
	}
	return int(result)
}

var here = ^uintptr(99) // AT_FDCWD

// call is one case: what the folder holds, what the program does there, and
// what must be seen of it.
type call struct {
	name  string
	there map[string]string // files, by name; an empty name of a folder ends in /
	do    func()
	want  []event.Observation
}

func see(kind event.Kind, path string) event.Observation {
	return event.Observation{Kind: kind, Path: path}
}

func seeMode(kind event.Kind, path string, mode uint32) event.Observation {
	return event.Observation{Kind: kind, Path: path, Mode: mode}
}

func seeTo(kind event.Kind, path, to string) event.Observation {
	return event.Observation{Kind: kind, Path: path, To: to}
}

// seeOwn is a file given to the user that runs the tests.
func seeOwn(path string) event.Observation {
	return event.Observation{Kind: event.Chown, Path: path, Owner: &event.Owner{UID: uint32(os.Getuid()), GID: uint32(os.Getgid())}}
}

func create(name string) { closing(unix.Open(name, unix.O_WRONLY|unix.O_CREAT, 0o644)) }

// onThread does something on another thread than the calling one.
func onThread(do func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		do()
	}()
	<-done
}

func closing(fd int, err error) {
	must(err)
	must(unix.Close(fd))
}

var calls = []call{
	{
		name: "open makes a file that was not there",
		do:   func() { raw(unix.SYS_OPEN, pointer("new"), unix.O_WRONLY|unix.O_CREAT, 0o640) },
		want: []event.Observation{seeMode(event.Create, "new", 0o640)},
	},
	{
		name:  "open with O_CREAT of a file that is there writes to it",
		there: map[string]string{"old": "x"},
		do:    func() { raw(unix.SYS_OPEN, pointer("old"), unix.O_WRONLY|unix.O_CREAT, 0o640) },
		want:  []event.Observation{see(event.Write, "old")},
	},
	{
		name: "creat makes a file",
		do:   func() { closing(unix.Creat("new", 0o600)) },
		want: []event.Observation{seeMode(event.Create, "new", 0o600)},
	},
	{
		name:  "creat of a file that is there empties it",
		there: map[string]string{"old": "x"},
		do:    func() { closing(unix.Creat("old", 0o600)) },
		want:  []event.Observation{see(event.Truncate, "old")},
	},
	{
		name:  "openat appends",
		there: map[string]string{"old": "x"},
		do:    func() { closing(unix.Openat(unix.AT_FDCWD, "old", unix.O_WRONLY|unix.O_APPEND, 0)) },
		want:  []event.Observation{see(event.Write, "old")},
	},
	{
		name:  "openat with O_TRUNC empties",
		there: map[string]string{"old": "x"},
		do:    func() { closing(unix.Openat(unix.AT_FDCWD, "old", unix.O_RDWR|unix.O_TRUNC, 0)) },
		want:  []event.Observation{see(event.Truncate, "old")},
	},
	{
		name: "openat with O_EXCL makes",
		do:   func() { closing(unix.Openat(unix.AT_FDCWD, "new", unix.O_RDWR|unix.O_CREAT|unix.O_EXCL, 0o644)) },
		want: []event.Observation{seeMode(event.Create, "new", 0o644)},
	},
	{
		name: "openat2 has its flags in memory",
		do: func() {
			closing(unix.Openat2(unix.AT_FDCWD, "new", &unix.OpenHow{Flags: unix.O_WRONLY | unix.O_CREAT, Mode: 0o644}))
		},
		want: []event.Observation{seeMode(event.Create, "new", 0o644)},
	},
	{
		name:  "a file opened for reading is no act, by openat2 neither",
		there: map[string]string{"old": "x"},
		do: func() {
			closing(unix.Open("old", unix.O_RDONLY, 0))
			closing(unix.Openat2(unix.AT_FDCWD, "old", &unix.OpenHow{Flags: unix.O_RDONLY}))
		},
	},
	{
		name:  "a link to a file is followed to the file",
		there: map[string]string{"folder/old": "x"},
		do: func() {
			must(unix.Symlink("folder/old", "link"))
			closing(unix.Open("link", unix.O_WRONLY, 0))
		},
		want: []event.Observation{seeTo(event.Symlink, "link", "folder/old"), see(event.Write, "folder/old")},
	},
	{
		name:  "a link to nothing makes the file it points to",
		there: map[string]string{"folder/": ""},
		do: func() {
			must(unix.Symlink("folder/new", "link"))
			closing(unix.Open("link", unix.O_WRONLY|unix.O_CREAT, 0o644))
		},
		want: []event.Observation{seeTo(event.Symlink, "link", "folder/new"), seeMode(event.Create, "folder/new", 0o644)},
	},
	{
		name:  "a name relative to the working folder, with dots",
		there: map[string]string{"folder/": ""},
		do: func() {
			must(unix.Chdir("folder"))
			closing(unix.Open("./../folder/../new", unix.O_WRONLY|unix.O_CREAT, 0o644))
			must(unix.Unlink("../new"))
			must(unix.Mkdir("../made/", 0o700))
		},
		want: []event.Observation{seeMode(event.Create, "new", 0o644), see(event.Unlink, "new"), seeMode(event.Mkdir, "made", 0o700)},
	},
	{
		name:  "a working folder that another thread leaves",
		there: map[string]string{"folder/": ""},
		do: func() {
			create("one")
			onThread(func() { must(unix.Chdir("folder")) })
			create("two")
			parent, err := unix.Open("..", unix.O_PATH, 0)
			must(err)
			must(unix.Fchdir(parent))
			create("three")
			refusedTable(unix.Chdir("none"))
			create("four")
		},
		want: []event.Observation{
			seeMode(event.Create, "one", 0o644), seeMode(event.Create, "folder/two", 0o644),
			seeMode(event.Create, "three", 0o644), seeMode(event.Create, "four", 0o644),
		},
	},
	{
		name:  "a working folder of a thread's own",
		there: map[string]string{"folder/": ""},
		do: func() {
			create("one")
			onThread(func() {
				if unix.Unshare(unix.CLONE_FS) == unix.EPERM {
					os.Exit(absent) // an engine's profile
				}
				must(unix.Chdir("folder"))
				create("two")
			})
			create("three")
		},
		want: []event.Observation{
			seeMode(event.Create, "one", 0o644), seeMode(event.Create, "folder/two", 0o644), seeMode(event.Create, "three", 0o644),
		},
	},
	{
		name:  "names relative to a descriptor",
		there: map[string]string{"folder/old": "x"},
		do: func() {
			dir, err := unix.Open("folder", unix.O_RDONLY|unix.O_DIRECTORY, 0)
			must(err)
			closing(unix.Openat(dir, "new", unix.O_WRONLY|unix.O_CREAT, 0o644))
			must(unix.Renameat(dir, "new", unix.AT_FDCWD, "moved"))
			must(unix.Unlinkat(dir, "old", 0))
			must(unix.Mkdirat(dir, "made", 0o755))
			must(unix.Unlinkat(dir, "made", unix.AT_REMOVEDIR))
		},
		want: []event.Observation{
			seeMode(event.Create, "folder/new", 0o644), seeTo(event.Rename, "folder/new", "moved"), see(event.Unlink, "folder/old"),
			seeMode(event.Mkdir, "folder/made", 0o755), see(event.Rmdir, "folder/made"),
		},
	},
	{
		name: "a name through the process's own links in /proc",
		do:   func() { closing(unix.Open("/proc/self/cwd/new", unix.O_WRONLY|unix.O_CREAT, 0o644)) },
		want: []event.Observation{seeMode(event.Create, "new", 0o644)},
	},
	{
		name:  "names through the process's own links in /proc, however they are spelt",
		there: map[string]string{"folder/": ""},
		do: func() {
			dir, err := unix.Open("folder", unix.O_RDONLY|unix.O_DIRECTORY, 0)
			must(err)
			home, err := os.Getwd()
			must(err)
			must(unix.Symlink("/proc/self/cwd", "way"))
			for i, way := range []string{
				"/proc//self/cwd", "/proc/./thread-self/cwd", "/proc/self/task/../cwd", fmt.Sprintf("/proc/self/task/%d/cwd", unix.Gettid()),
				"/proc/self/root" + home, "/dev/fd/" + fmt.Sprint(dir) + "/..", "way", "way/way", "folder/../way/folder/..", "/../proc/self/cwd/.",
			} {
				name := fmt.Sprintf("%s/new%d", way, i)
				closing(unix.Open(name, unix.O_WRONLY|unix.O_CREAT, 0o644))
				must(unix.Rename(name, fmt.Sprintf("folder/moved%d", i)))
				must(unix.Unlink(fmt.Sprintf("%s/folder/moved%d", way, i)))
			}
			must(unix.Chdir("/proc"))
			must(unix.Mkdir("self/cwd/../.."+home+"/made", 0o755))
			must(unix.Mkdirat(dir, "../../"+filepath.Base(home)+"/made/more", 0o755))
			must(unix.Chmod(fmt.Sprintf("self/fd/%d", dir), 0o700))
		},
		want: append(slices.Concat([]event.Observation{seeTo(event.Symlink, "way", "/proc/self/cwd")}, ways(10)),
			seeMode(event.Mkdir, "made", 0o755), seeMode(event.Mkdir, "made/more", 0o755), seeMode(event.Chmod, "folder", 0o700)),
	},
	{
		name: "files that are named as the kernel names deleted ones",
		do: func() {
			fd, err := unix.Open("x (deleted)", unix.O_WRONLY|unix.O_CREAT, 0o644)
			must(err)
			must(unix.Fchmod(fd, 0o600))
			closing(unix.Open("x", unix.O_WRONLY|unix.O_CREAT, 0o644))
			must(unix.Unlink("x (deleted)"))
			must(unix.Fchmod(fd, 0o640))
			must(unix.Mkdir("y (deleted)", 0o755))
			must(unix.Chdir("y (deleted)"))
			closing(unix.Open("x", unix.O_WRONLY|unix.O_CREAT, 0o644))
		},
		want: []event.Observation{
			seeMode(event.Create, "x (deleted)", 0o644), seeMode(event.Chmod, "x (deleted)", 0o600), seeMode(event.Create, "x", 0o644),
			see(event.Unlink, "x (deleted)"), seeMode(event.Chmod, "x (deleted)", 0o640),
			seeMode(event.Mkdir, "y (deleted)", 0o755), seeMode(event.Create, "y (deleted)/x", 0o644),
		},
	},
	{
		name:  "a file opened without a name, which it is given afterwards",
		there: map[string]string{"folder/": ""},
		do: func() {
			fd, err := unix.Open("folder", unix.O_WRONLY|unix.O_TMPFILE, 0o644)
			must(err)
			must(unix.Linkat(unix.AT_FDCWD, fmt.Sprintf("/proc/self/fd/%d", fd), unix.AT_FDCWD, "named", unix.AT_SYMLINK_FOLLOW))
		},
		want: []event.Observation{seeMode(event.Create, "folder/#", 0o644), seeTo(event.Link, "folder/#", "named")},
	},
	{
		name:  "openat2 with a root of its own",
		there: map[string]string{"folder/old": "x"},
		do: func() {
			dir, err := unix.Open("folder", unix.O_RDONLY|unix.O_DIRECTORY, 0)
			must(err)
			must(unix.Symlinkat("/old", dir, "link"))
			for _, name := range []string{"/old", "/../link", "/new"} {
				closing(unix.Openat2(dir, name, &unix.OpenHow{Flags: unix.O_WRONLY | unix.O_CREAT, Mode: 0o644, Resolve: unix.RESOLVE_IN_ROOT}))
			}
		},
		want: []event.Observation{
			seeTo(event.Symlink, "folder/link", "/old"), see(event.Write, "folder/old"), see(event.Write, "folder/old"), seeMode(event.Create, "folder/new", 0o644),
		},
	},
	{
		name:  "rename, plain and with flags",
		there: map[string]string{"a": "a", "b": "b"},
		do: func() {
			must(unix.Rename("a", "c"))
			must(unix.Renameat2(unix.AT_FDCWD, "c", unix.AT_FDCWD, "d", unix.RENAME_NOREPLACE))
			must(unix.Renameat2(unix.AT_FDCWD, "d", unix.AT_FDCWD, "b", unix.RENAME_EXCHANGE))
		},
		want: []event.Observation{
			seeTo(event.Rename, "a", "c"), seeTo(event.Rename, "c", "d"), seeTo(event.Rename, "d", "b"), seeTo(event.Rename, "b", "d"),
		},
	},
	{
		name: "the calls of old, which a library seldom makes",
		do: func() {
			must(unix.Close(raw(unix.SYS_CREAT, pointer("a"), 0o644)))
			raw(unix.SYS_RENAME, pointer("a"), pointer("b"))
			raw(unix.SYS_LCHOWN, pointer("b"), uintptr(os.Getuid()), uintptr(os.Getgid()))
			raw(unix.SYS_TRUNCATE, pointer("b"), 0)
			raw(unix.SYS_UNLINK, pointer("b"))
			raw(unix.SYS_MKNOD, pointer("c"), unix.S_IFREG|0o644, 0)
		},
		want: []event.Observation{
			seeMode(event.Create, "a", 0o644), seeTo(event.Rename, "a", "b"), seeOwn("b"), see(event.Truncate, "b"), see(event.Unlink, "b"),
			seeMode(event.Create, "c", 0o644),
		},
	},
	{
		name:  "a deleted link is the link, below the real folder",
		there: map[string]string{"folder/old": "x"},
		do: func() {
			must(unix.Symlink("old", "folder/link"))
			must(unix.Symlink("folder", "way"))
			must(unix.Unlink("way/link"))
		},
		want: []event.Observation{
			seeTo(event.Symlink, "folder/link", "old"), seeTo(event.Symlink, "way", "folder"), see(event.Unlink, "folder/link"),
		},
	},
	{
		name: "folders are made and removed",
		do: func() {
			raw(unix.SYS_MKDIR, pointer("a"), 0o750)
			raw(unix.SYS_RMDIR, pointer("a"))
		},
		want: []event.Observation{seeMode(event.Mkdir, "a", 0o750), see(event.Rmdir, "a")},
	},
	{
		name:  "further names, hard and symbolic",
		there: map[string]string{"old": "x"},
		do: func() {
			raw(unix.SYS_LINK, pointer("old"), pointer("hard"))
			must(unix.Linkat(unix.AT_FDCWD, "old", unix.AT_FDCWD, "harder", 0))
			raw(unix.SYS_SYMLINK, pointer("old"), pointer("soft"))
			must(unix.Symlinkat("../elsewhere", unix.AT_FDCWD, "softer"))
		},
		want: []event.Observation{
			seeTo(event.Link, "old", "hard"), seeTo(event.Link, "old", "harder"),
			seeTo(event.Symlink, "soft", "old"), seeTo(event.Symlink, "softer", "../elsewhere"),
		},
	},
	{
		name:  "permission bits by every call",
		there: map[string]string{"old": "x"},
		do: func() {
			raw(unix.SYS_CHMOD, pointer("old"), 0o600)
			fd, err := unix.Open("old", unix.O_RDONLY, 0)
			must(err)
			must(unix.Fchmod(fd, 0o4755))
			must(unix.Fchmodat(unix.AT_FDCWD, "old", 0o640, 0))
		},
		want: []event.Observation{
			seeMode(event.Chmod, "old", 0o600), seeMode(event.Chmod, "old", 0o4755), seeMode(event.Chmod, "old", 0o640),
		},
	},
	{
		name:  "permission bits by fchmodat2",
		there: map[string]string{"old": "x"},
		do:    func() { raw(unix.SYS_FCHMODAT2, here, pointer("old"), 0o644, 0) },
		want:  []event.Observation{seeMode(event.Chmod, "old", 0o644)},
	},
	{
		name:  "truncate by name and by descriptor",
		there: map[string]string{"old": "x"},
		do: func() {
			must(unix.Truncate("old", 0))
			fd, err := unix.Open("old", unix.O_WRONLY, 0)
			must(err)
			must(unix.Ftruncate(fd, 7))
		},
		want: []event.Observation{see(event.Truncate, "old"), see(event.Write, "old"), see(event.Truncate, "old")},
	},
	{
		name: "a file and a pipe made by mknod, and the pipe opened",
		do: func() {
			must(unix.Mknod("file", unix.S_IFREG|0o644, 0))
			must(unix.Mknodat(unix.AT_FDCWD, "pipe", unix.S_IFIFO|0o644, 0))
			closing(unix.Open("pipe", unix.O_RDWR, 0))
		},
		want: []event.Observation{seeMode(event.Create, "file", 0o644), seeMode(event.Pipe, "pipe", 0o644), see(event.PipeOpen, "pipe")},
	},
	{
		name:  "owners by every call",
		there: map[string]string{"old": "x"},
		do: func() {
			uid, gid := os.Getuid(), os.Getgid()
			must(unix.Symlink("old", "link"))
			raw(unix.SYS_CHOWN, pointer("link"), uintptr(uid), uintptr(gid))
			must(unix.Lchown("link", uid, gid))
			must(unix.Fchownat(unix.AT_FDCWD, "link", uid, gid, unix.AT_SYMLINK_NOFOLLOW))
			fd, err := unix.Open("old", unix.O_RDONLY, 0)
			must(err)
			must(unix.Fchown(fd, uid, gid))
		},
		want: []event.Observation{
			seeTo(event.Symlink, "link", "old"), seeOwn("old"), seeOwn("link"), seeOwn("link"), seeOwn("old"),
		},
	},
	{
		name:  "contents moved between files are announced by the open",
		there: map[string]string{"old": "one, two"},
		do: func() {
			from, err := unix.Open("old", unix.O_RDONLY, 0)
			must(err)
			to, err := unix.Open("new", unix.O_RDWR|unix.O_CREAT, 0o644)
			must(err)
			_, err = unix.CopyFileRange(from, nil, to, nil, 3, 0)
			must(err)
			_, err = unix.Sendfile(to, from, nil, 3)
			must(err)
			mapped, err := unix.Mmap(to, 0, 6, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
			must(err)
			mapped[0] = 'O'
		},
		want: []event.Observation{seeMode(event.Create, "new", 0o644)},
	},
	{
		name:  "a folder that is removed while files in it are still open",
		there: map[string]string{"folder/": ""},
		do: func() {
			must(unix.Chdir("folder"))
			fd, err := unix.Open("new", unix.O_WRONLY|unix.O_CREAT, 0o644)
			must(err)
			must(unix.Unlink("new"))
			must(unix.Rmdir("../folder"))
			must(unix.Fchmod(fd, 0o600))
			refusedTable(unix.Mkdir("none", 0o755))
		},
		want: []event.Observation{
			seeMode(event.Create, "folder/new", 0o644), see(event.Unlink, "folder/new"), see(event.Rmdir, "folder"),
			seeMode(event.Chmod, "folder/new", 0o600),
		},
	},
	{
		name:  "calls that fail are not reported",
		there: map[string]string{"old": "x", "folder/old": "x"},
		do:    failingCalls,
	},
	{
		name: "what is no file is not reported, nor a second name of it",
		do: func() {
			must(unix.Symlink(os.DevNull, "null"))
			closing(unix.Open("null", unix.O_WRONLY|unix.O_CREAT, 0o644))
		},
		want: []event.Observation{seeTo(event.Symlink, "null", os.DevNull)},
	},
}

// ways is what is seen of a file that is made, moved and deleted, so many times.
func ways(count int) []event.Observation {
	var all []event.Observation
	for i := range count {
		name, moved := fmt.Sprintf("new%d", i), fmt.Sprintf("folder/moved%d", i)
		all = append(all, seeMode(event.Create, name, 0o644), seeTo(event.Rename, name, moved), see(event.Unlink, moved))
	}
	return all
}

// failingCalls tries every call so that it is refused.
func failingCalls() {
	const bad = uintptr(1 << 12) // nothing is mapped there
	_, err := unix.Open("old", unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL, 0o644)
	refusedTable(err)
	_, err = unix.Open("none/new", unix.O_WRONLY|unix.O_CREAT, 0o644)
	refusedTable(err)
	_, err = unix.Openat(99, "new", unix.O_WRONLY|unix.O_CREAT, 0o644)
	refusedTable(err)
	_, err = unix.Open("folder", unix.O_WRONLY, 0)
	refusedTable(err)
	_, _, errno := unix.Syscall(unix.SYS_OPEN, bad, unix.O_WRONLY|unix.O_CREAT, 0o644)
	refusedTable(nonzero(errno))
	_, _, errno = unix.Syscall(unix.SYS_EXECVE, bad, bad, bad)
	refusedTable(nonzero(errno))
	refusedTable(unix.Exec("none", []string{"none"}, nil))
	refusedTable(unix.Rename("none", "new"))
	refusedTable(unix.Renameat2(unix.AT_FDCWD, "old", unix.AT_FDCWD, "folder", unix.RENAME_NOREPLACE))
	refusedTable(unix.Unlink("none"))
	refusedTable(unix.Unlink("folder"))
	refusedTable(unix.Rmdir("folder"))
	refusedTable(unix.Mkdir("folder", 0o755))
	refusedTable(unix.Link("none", "new"))
	refusedTable(unix.Symlink("target", "old"))
	refusedTable(unix.Chmod("none", 0o600))
	refusedTable(unix.Fchmod(99, 0o600))
	refusedTable(unix.Truncate("none", 0))
	refusedTable(unix.Ftruncate(99, 0))
	refusedTable(unix.Mknod("old", unix.S_IFREG|0o644, 0))
	refusedTable(unix.Utimes("none", make([]unix.Timeval, 2)))
	refusedTable(unix.UtimesNanoAt(unix.AT_FDCWD, "none", make([]unix.Timespec, 2), 0))
}

func nonzero(errno unix.Errno) error {
	if errno == 0 {
		return nil
	}
	return errno
}

func refusedTable(err error) {
	if err == nil {
		panic("a call that was to fail succeeded")
	}
}

// callProgram makes the calls of one case.
func callProgram(args []string) {
	unix.Umask(0o022)
	for _, call := range calls {
		if call.name == args[0] {
			call.do()
			return
		}
	}
	os.Exit(98)
}

// withoutName is what the kernel calls a file without a name, with a number of its own.
var withoutName = regexp.MustCompile(`#\d+$`)

func TestEveryCallIsSeenIfItSucceeds(t *testing.T) {
	t.Parallel()
	for _, call := range calls {
		t.Run(call.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			provision(t, dir, call.there)
			all := trace(t, new(sensor.Sensor), pendingExec(t, dir, "call", call.name))
			got := plain(scratchOffset(dir, all))
			for i := range got {
				got[i].Path = withoutName.ReplaceAllString(got[i].Path, "#")
			}
			assert.Equal(t, call.want, got)
		})
	}
}
