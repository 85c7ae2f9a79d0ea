//go:build linux && amd64

package sensor_test

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/lab/sensor"
)

const (
	busyFiles = 10_000
	busyExecs = 1_000
	idle      = "/bin/true"
)

// busyProgram makes and deletes files, and executes a program that does nothing.
func busyProgram([]string) {
	for range busyFiles {
		fd, err := unix.Openat(unix.AT_FDCWD, "busy", unix.O_WRONLY|unix.O_CREAT|unix.O_CLOEXEC, 0o644)
		must(err)
		must(unix.Close(fd))
		must(unix.Unlink("busy"))
	}
	for range busyExecs {
		pid, err := syscall.ForkExec(idle, []string{idle}, &syscall.ProcAttr{Files: []uintptr{0, 1, 2}})
		must(err)
		wait(pid)
	}
}

// straced are the calls that strace is to stop at: the sensor's, without those
// of which the sensor's filter lets most pass by their arguments, as strace
// cannot, and would be slowed more.
const straced = "trace=execve,execveat,open,openat,openat2,creat,mknod,mknodat,memfd_create,truncate,ftruncate," +
	"rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,symlinkat," +
	"chmod,fchmod,fchmodat,utime,utimes,futimesat,utimensat,connect,bind,accept,accept4,io_uring_setup"

// BenchmarkTracing times a busy workload untraced, under strace and under the
// sensor. They take turns, so that a busy moment of the machine meets all.
func BenchmarkTracing(b *testing.B) {
	if _, err := exec.LookPath("strace"); err != nil {
		b.Skip("there is no strace to measure against")
	}
	if _, err := os.Stat(idle); err != nil {
		b.Skipf("there is no %s to execute", idle)
	}
	dir := swift(b)
	busy := pendingExec(b, dir, "busy")
	bare := func(before ...string) func() {
		return func() {
			words := append(before, busy.Args...)
			command := exec.Command(words[0], words[1:]...)
			command.Dir, command.Env, command.Stderr = dir, busy.Env, os.Stderr
			require.NoError(b, command.Run())
		}
	}
	strace := bare("strace", "-f", "--seccomp-bpf", "-o", os.DevNull, "-e", straced)
	sensed := func() {
		counts := map[event.Kind]int{}
		result, err := new(sensor.Sensor).Trace(b.Context(), busy, func(o event.Observation) { counts[o.Kind]++ })
		skipUnsupported(b, err)
		require.NoError(b, err)
		require.Zero(b, result.Dropped, result.DropReasons)
		require.Equal(b, []int{busyFiles, busyFiles, busyExecs + 1}, []int{counts[event.Create], counts[event.Unlink], counts[event.Exec]})
	}
	took := labtest.SideBySide(b, labtest.Candidate{Name: "untraced", Do: bare()}, labtest.Candidate{Name: "strace", Do: strace}, labtest.Candidate{Name: "sensor", Do: sensed})
	added := func(pick func(labtest.Timing) time.Duration) float64 {
		untraced := pick(took[0])
		return float64(pick(took[2])-untraced) / float64(pick(took[1])-untraced)
	}
	b.ReportMetric(added(func(t labtest.Timing) time.Duration { return t.Min }), "added-of-strace's,min-ratio")
	b.ReportMetric(added(func(t labtest.Timing) time.Duration { return t.Median }), "added-of-strace's,median-ratio")
}

// swift is a folder in memory, as an asset's are, where the machine has one: a
// disk would hide what tracing costs.
func swift(b *testing.B) string {
	const memory = "/dev/shm"
	if _, err := os.Stat(memory); err != nil {
		return folder(b)
	}
	dir, err := os.MkdirTemp(memory, "ringer-busy")
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, os.RemoveAll(dir)) })
	return dir
}
