//go:build linux

package witness

import (
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// call is a system call that is recorded when it succeeds.
type call struct {
	name string
	// path and to are the names of the arguments that are paths.
	path, to string
	// flags is the argument that says how, in memory where inMemory is set.
	flags    string
	inMemory bool
	// writing has it recorded only with flags that let a file be written to.
	writing bool
	kinds   func(flags uint64) []event.Kind
}

func always(kinds ...event.Kind) func(uint64) []event.Kind {
	return func(uint64) []event.Kind { return kinds }
}

// opening are the kinds that an open for writing may have; whether the file was
// there only the flags can show, and not all of them do.
func opening(flags uint64) []event.Kind {
	switch {
	case flags&unix.O_TMPFILE == unix.O_TMPFILE, flags&(unix.O_CREAT|unix.O_EXCL) == unix.O_CREAT|unix.O_EXCL:
		return []event.Kind{event.Create}
	case flags&(unix.O_CREAT|unix.O_TRUNC) == unix.O_CREAT|unix.O_TRUNC:
		return []event.Kind{event.Create, event.Truncate, event.PipeOpen}
	case flags&unix.O_CREAT != 0:
		return []event.Kind{event.Create, event.Write, event.PipeOpen}
	case flags&unix.O_TRUNC != 0:
		return []event.Kind{event.Truncate, event.PipeOpen}
	}
	return []event.Kind{event.Write, event.PipeOpen}
}

func removing(flags uint64) []event.Kind {
	if flags&unix.AT_REMOVEDIR != 0 {
		return []event.Kind{event.Rmdir}
	}
	return []event.Kind{event.Unlink}
}

// calls are those whose acts both records have, by the kernel's names of their
// arguments.
var calls = []call{
	{name: "open", path: "filename", flags: "flags", writing: true, kinds: opening},
	{name: "openat", path: "filename", flags: "flags", writing: true, kinds: opening},
	{name: "openat2", path: "filename", flags: "how", inMemory: true, writing: true, kinds: opening},
	{name: "creat", path: "pathname", kinds: always(event.Create, event.Truncate, event.PipeOpen)},
	{name: "mknod", path: "filename", kinds: always(event.Create, event.Pipe)},
	{name: "mknodat", path: "filename", kinds: always(event.Create, event.Pipe)},
	{name: "memfd_create", kinds: always(event.Create)},
	{name: "truncate", path: "path", kinds: always(event.Truncate)},
	{name: "ftruncate", kinds: always(event.Truncate)},
	{name: "rename", path: "oldname", to: "newname", kinds: always(event.Rename)},
	{name: "renameat", path: "oldname", to: "newname", kinds: always(event.Rename)},
	{name: "renameat2", path: "oldname", to: "newname", kinds: always(event.Rename)},
	{name: "unlink", path: "pathname", kinds: always(event.Unlink)},
	{name: "unlinkat", path: "pathname", flags: "flag", kinds: removing},
	{name: "rmdir", path: "pathname", kinds: always(event.Rmdir)},
	{name: "mkdir", path: "pathname", kinds: always(event.Mkdir)},
	{name: "mkdirat", path: "pathname", kinds: always(event.Mkdir)},
	{name: "link", path: "oldname", to: "newname", kinds: always(event.Link)},
	{name: "linkat", path: "oldname", to: "newname", kinds: always(event.Link)},
	{name: "symlink", path: "newname", to: "oldname", kinds: always(event.Symlink)},
	{name: "symlinkat", path: "newname", to: "oldname", kinds: always(event.Symlink)},
	{name: "chmod", path: "filename", kinds: always(event.Chmod)},
	{name: "fchmod", kinds: always(event.Chmod)},
	{name: "fchmodat", path: "filename", kinds: always(event.Chmod)},
	{name: "fchmodat2", path: "filename", kinds: always(event.Chmod)},
	{name: "utimensat", path: "filename", kinds: always(event.Utimes)},
	{name: "connect", flags: "addrlen", kinds: always(event.Connect)},
}

// compared are the kinds of observations that the kernel's record has too.
var compared = func() map[event.Kind]bool {
	all := map[event.Kind]bool{event.Exec: true}
	for _, recorded := range calls {
		for _, flags := range []uint64{0, unix.O_CREAT, unix.O_TRUNC, unix.O_CREAT | unix.O_TRUNC, unix.AT_REMOVEDIR} {
			for _, kind := range recorded.kinds(flags) {
				all[kind] = true
			}
		}
	}
	return all
}()
