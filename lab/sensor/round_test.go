package sensor_test

import (
	"os"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// roundProgram tries a way round the filter.
func roundProgram(args []string) {
	switch args[0] {
	case "ring":
		var setup [128]byte
		_, _, errno := unix.Syscall(unix.SYS_IO_URING_SETUP, 8, uintptr(unsafe.Pointer(&setup)), 0)
		if errno != unix.EPERM {
			os.Exit(96)
		}
	case "foreign":
		// The x32 table's mkdir: were it let through, it would be unseen.
		_, _, _ = unix.Syscall(0x40000000|unix.SYS_MKDIR, pointer("made"), 0o755, 0)
	case "memory":
		fd, err := unix.MemfdCreate("program", 0)
		must(err)
		must(unix.Close(fd))
	}
}

func TestNoWayRoundTheFilterIsUnseen(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		name, way string
		want      sensor.Result
		explained string
	}{
		{"io_uring is refused, and told", "ring", sensor.Result{}, "asked for io_uring, and was refused"},
		{"a call of another architecture ends the process", "foreign", sensor.Result{Code: 128 + 31, Dropped: 1}, "made a call of another architecture and was killed"},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			var all []event.Observation
			result, err := new(sensor.Sensor).Trace(t.Context(), program(t, dir, "round", one.way), func(o event.Observation) { all = append(all, o) })
			skipUnsupported(t, err)
			require.NoError(t, err)
			require.Len(t, result.Trouble, 1)
			assert.Contains(t, result.Trouble[0], one.explained)
			result.Trouble = nil
			assert.Equal(t, one.want, result)
			assert.Empty(t, below(dir, all))
			assert.NoDirExists(t, dir+"/made")
		})
	}
}

func TestAFileInMemoryIsSeen(t *testing.T) {
	t.Parallel()
	all := plain(trace(t, new(sensor.Sensor), program(t, folder(t), "round", "memory")))
	assert.Contains(t, all, seeMode(event.Create, "/memfd:program", 0o777))
}
