//go:build linux && amd64

package sensor_test

import (
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// timesProgram sets times by every call there is, each a day later than the
// one before.
func timesProgram([]string) {
	micro := func(day int64) []unix.Timeval { return []unix.Timeval{{Sec: day * 86400}, {Sec: day*86400 + 1}} }
	nano := func(day int64) []unix.Timespec { return []unix.Timespec{{Sec: day * 86400}, {Sec: day*86400 + 1}} }
	seconds := [2]int64{1 * 86400, 1*86400 + 1}
	raw(unix.SYS_UTIME, pointer("file"), uintptr(unsafe.Pointer(&seconds)))
	raw(unix.SYS_UTIMES, pointer("file"), uintptr(unsafe.Pointer(&micro(2)[0])))
	raw(unix.SYS_FUTIMESAT, here, pointer("file"), uintptr(unsafe.Pointer(&micro(3)[0])))
	must(unix.UtimesNanoAt(unix.AT_FDCWD, "file", nano(4), 0))
	fd, err := unix.Open("file", unix.O_RDONLY, 0)
	must(err)
	raw(unix.SYS_UTIMENSAT, uintptr(fd), 0, uintptr(unsafe.Pointer(&nano(5)[0])), 0)
	must(unix.UtimesNanoAt(unix.AT_FDCWD, "link", nano(6), unix.AT_SYMLINK_NOFOLLOW))
	must(unix.UtimesNanoAt(unix.AT_FDCWD, "link", nano(7), 0))
}

func TestTimesAreReportedAsTheyWereAndAre(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	provision(t, dir, map[string]string{"file": "x"})
	assert.NoError(t, unix.Symlink("file", dir+"/link"))
	at := func(day, second int64) *time.Time {
		moment := time.Unix(day*86400+second, 0).UTC()
		return &moment
	}
	set := func(path string, before, day int64) event.Observation {
		return event.Observation{Kind: event.Utimes, Path: path, Before: at(before, 1), Accessed: at(day, 0), Modified: at(day, 1)}
	}
	start := []unix.Timespec{{Sec: 1}, {Sec: 1}}
	assert.NoError(t, unix.UtimesNanoAt(unix.AT_FDCWD, dir+"/file", start, 0))
	assert.NoError(t, unix.UtimesNanoAt(unix.AT_FDCWD, dir+"/link", start, unix.AT_SYMLINK_NOFOLLOW))

	all := scratchOffset(dir, trace(t, new(sensor.Sensor), pendingExec(t, dir, "times")))
	for i := range all {
		all[i].Process, all[i].PID, all[i].UID = 0, 0, 0
	}
	assert.Equal(t, []event.Observation{
		set("file", 0, 1), set("file", 1, 2), set("file", 2, 3), set("file", 3, 4), set("file", 4, 5),
		set("link", 0, 6), set("file", 5, 7),
	}, all)
}
