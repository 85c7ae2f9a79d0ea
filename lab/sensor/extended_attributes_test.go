//go:build linux && amd64

package sensor_test

import (
	"os"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// attributeProgram sets and removes extended attributes by every call.
func attributeProgram([]string) {
	must(unix.Setxattr("file", "user.a", []byte("one"), 0))
	must(unix.Lsetxattr("file", "user.b", []byte("two"), 0))
	fd, err := unix.Open("file", unix.O_RDONLY, 0)
	must(err)
	must(unix.Fsetxattr(fd, "user.c", nil, 0))
	must(unix.Removexattr("file", "user.a"))
	must(unix.Lremovexattr("file", "user.b"))
	must(unix.Fremovexattr(fd, "user.c"))
	value := []byte("three")
	args := struct {
		value       *byte
		size, flags uint32
	}{&value[0], uint32(len(value)), 0}
	_, _, errno := unix.Syscall6(unix.SYS_SETXATTRAT, here, pointer("file"), 0, pointer("user.d"), uintptr(unsafe.Pointer(&args)), unsafe.Sizeof(args))
	if errno != unix.ENOSYS && errno != unix.EPERM { // a kernel before Linux 6.13, or a profile
		must(nonzero(errno))
		raw(unix.SYS_REMOVEXATTRAT, here, pointer("file"), 0, pointer("user.d"))
	}
}

func TestAttributesAreReportedWithTheirValues(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	provision(t, dir, map[string]string{"file": "x"})
	if err := unix.Setxattr(dir+"/file", "user.a", nil, 0); err != nil {
		t.Skipf("attributes cannot be set here: %v", err)
	}
	set := func(name, value string) event.Observation {
		o := event.Observation{Kind: event.Attribute, Path: "file", Name: name}
		if value != "" {
			o.Content = []byte(value)
		}
		return o
	}
	var got []event.Observation
	for _, o := range scratchOffset(dir, trace(t, new(sensor.Sensor), pendingExec(t, dir, "attribute"))) {
		got = append(got, event.Observation{Kind: o.Kind, Path: o.Path, Name: o.Name, Content: o.Content})
	}
	want := []event.Observation{
		set("user.a", "one"), set("user.b", "two"), set("user.c", ""), set("user.a", ""), set("user.b", ""), set("user.c", ""),
		set("user.d", "three"), set("user.d", ""),
	}
	if _, _, errno := unix.Syscall6(unix.SYS_SETXATTRAT, 0, 0, 0, 0, 0, 0); errno == unix.ENOSYS || errno == unix.EPERM {
		want = want[:6]
	}
	assert.Equal(t, want, got)
	assert.NoError(t, os.Remove(dir+"/file"))
}
