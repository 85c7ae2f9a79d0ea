//go:build linux && amd64

package sensor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// tries is how often each race is run.
const tries = 300

// race is a call whose argument in memory another thread changes while it is made,
// from one of two values to the other and back.
type race struct {
	name string
	// place is that of the argument's byte that is changed, values are between what.
	place  int
	values [2]byte
	// try makes the call for the nth time, with the argument that is being changed,
	// and returns what it truly did, "" where it did nothing.
	try func(n int, argument argument) string
	// report gives in the same words what an observation reports, "" where it is none
	// of such a call.
	report func(o event.Observation) string
	// never is set where nothing may be lost, guessed where the sensor may believe a
	// change that is taken back in time.
	never, guessed bool
}

// argument is memory that processes and threads share.
type argument []byte

func newArgument() argument {
	shared, err := unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED|unix.MAP_ANONYMOUS)
	must(err)
	return shared
}

// flip changes a byte, on any processor, for ever.
func (a argument) flip(place int, values [2]byte) {
	runtime.LockOSThread()
	var all unix.CPUSet
	for i := range runtime.NumCPU() {
		all.Set(i)
	}
	must(unix.SchedSetaffinity(0, &all)) // the tracer keeps a tree on one
	for i := 0; ; i++ {
		if i%100 == 0 {
			a[place] = values[i/100%2]
		}
	}
}

func (a argument) pointer() uintptr { return uintptr(unsafe.Pointer(&a[0])) }

// name is the argument as a path of which the first letter is changed.
func (a argument) name(rest string) uintptr {
	copy(a[1:], rest+"\x00")
	return a.pointer()
}

// tried makes a call that may fail.
func tried(number uintptr, args ...uintptr) (result int, ok bool) {
	var a [6]uintptr
	copy(a[:], args)
	value, _, errno := unix.Syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5])
	return int(value), errno == 0
}

func exists(name string) bool { return unix.Access(name, unix.F_OK) == nil }

func isGone(name string) bool { return !exists(name) }

// nodes makes files of a name's two.
func nodes(rest string) {
	for _, letter := range letters {
		raw(unix.SYS_MKNOD, pointer(string(letter)+rest), unix.S_IFREG|0o644, 0)
	}
}

var letters = [2]byte{'a', 'b'}

// which is the one of a name's two for which something holds.
func which(rest string, holds func(string) bool) string {
	for _, letter := range letters {
		if holds(string(letter) + rest) {
			return string(letter) + rest
		}
	}
	return ""
}

func pathOf(kinds ...event.Kind) func(event.Observation) string {
	return func(o event.Observation) string {
		for _, kind := range kinds {
			if o.Kind == kind {
				return filepath.Base(o.Path)
			}
		}
		return ""
	}
}

// The two ports that a race is for differ in the last byte.
const racePort = 0x1b00

var lastBytes = [2]byte{0xa0, 0xa1}

// listeners are sockets bound to the two ports.
func listeners(host [4]byte, kind int) (sockets [2]int) {
	for i, last := range lastBytes {
		sockets[i] = open(unix.AF_INET, kind|unix.SOCK_NONBLOCK)
		must(unix.Bind(sockets[i], at(host, racePort|int(last))))
	}
	return sockets
}

// address is the argument as an address with one of the two ports.
func (a argument) address(host [4]byte) uintptr {
	to := (*unix.RawSockaddrInet4)(unsafe.Pointer(&a[0]))
	to.Family, to.Addr = unix.AF_INET, host
	a[portPlace-1] = racePort >> 8
	return a.pointer()
}

// portPlace is that of the last byte of a port in an address.
const portPlace = 3

func portOf(kind event.Kind) func(event.Observation) string {
	return func(o event.Observation) string {
		if o.Kind != kind {
			return ""
		}
		return fmt.Sprintf("%s%d", o.Content, o.Socket.Remote.Port())
	}
}

var races = []race{
	{
		name: "unlink", values: letters,
		try: func(n int, a argument) string {
			rest := fmt.Sprint("-unlink-", n)
			nodes(rest)
			tried(unix.SYS_UNLINK, a.name(rest))
			return which(rest, isGone)
		},
		report: pathOf(event.Unlink),
	},
	{
		name: "mkdir", values: letters,
		try: func(n int, a argument) string {
			rest := fmt.Sprint("-mkdir-", n)
			tried(unix.SYS_MKDIR, a.name(rest), 0o755)
			return which(rest, exists)
		},
		report: pathOf(event.Mkdir),
	},
	{
		name: "rename, of what", values: letters,
		try: func(n int, a argument) string {
			rest := fmt.Sprint("-rename-", n)
			nodes(rest)
			tried(unix.SYS_RENAME, a.name(rest), pointer(fmt.Sprint("renamed-", n)))
			return which(rest, isGone)
		},
		report: pathOf(event.Rename),
	},
	{
		name: "rename, to what", values: letters,
		try: func(n int, a argument) string {
			rest := fmt.Sprint("-renamed-", n)
			raw(unix.SYS_MKNOD, pointer(fmt.Sprint("rename-", n)), unix.S_IFREG|0o644, 0)
			tried(unix.SYS_RENAME, pointer(fmt.Sprint("rename-", n)), a.name(rest))
			return which(rest, exists)
		},
		report: func(o event.Observation) string {
			return pathOf(event.Rename)(event.Observation{Kind: o.Kind, Path: o.To})
		},
	},
	{
		name: "link", values: letters,
		try: func(n int, a argument) string {
			rest := fmt.Sprint("-linked-", n)
			raw(unix.SYS_MKNOD, pointer(fmt.Sprint("link-", n)), unix.S_IFREG|0o644, 0)
			tried(unix.SYS_LINK, pointer(fmt.Sprint("link-", n)), a.name(rest))
			return which(rest, exists)
		},
		report: func(o event.Observation) string {
			return pathOf(event.Link)(event.Observation{Kind: o.Kind, Path: o.To})
		},
	},
	{
		name: "symlink, to what", values: letters,
		try: func(n int, a argument) string {
			link := fmt.Sprint("symlink-", n)
			tried(unix.SYS_SYMLINK, a.name(fmt.Sprint("-target-", n)), pointer(link))
			target, err := os.Readlink(link)
			must(err)
			return target
		},
		report: func(o event.Observation) string {
			return pathOf(event.Symlink)(event.Observation{Kind: o.Kind, Path: o.To})
		},
	},
	{
		name: "chmod", values: letters,
		try: func(n int, a argument) string {
			rest := fmt.Sprint("-chmod-", n)
			nodes(rest)
			tried(unix.SYS_CHMOD, a.name(rest), 0o600)
			return which(rest, func(name string) bool {
				var stat unix.Stat_t
				must(unix.Stat(name, &stat))
				return stat.Mode&0o777 == 0o600
			})
		},
		report: pathOf(event.Chmod), guessed: true,
	},
	{
		name: "open, of what", values: letters,
		try: func(n int, a argument) string {
			rest := fmt.Sprint("-open-", n)
			tried(unix.SYS_OPEN, a.name(rest), unix.O_WRONLY|unix.O_CREAT, 0o644)
			return which(rest, exists)
		},
		report: func(o event.Observation) string {
			if path := pathOf(event.Create, event.Write)(o); strings.Contains(path, "-open-") {
				return path
			}
			return ""
		},
	},
	{
		name: "openat2, how", values: [2]byte{unix.O_RDONLY, unix.O_RDWR},
		try: func(n int, a argument) string {
			name := fmt.Sprint("openat2-", n)
			raw(unix.SYS_MKNOD, pointer(name), unix.S_IFREG|0o644, 0)
			clear(a[1:unix.SizeofOpenHow])
			fd, ok := tried(unix.SYS_OPENAT2, here, pointer(name), a.pointer(), unix.SizeofOpenHow)
			if !ok {
				return ""
			}
			flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
			must(err)
			must(unix.Close(fd))
			if flags&unix.O_ACCMODE == unix.O_RDONLY {
				return ""
			}
			return name
		},
		report: pathOf(event.Write), never: true,
	},
	{
		name: "execve, of what with what", values: letters,
		try: func(n int, a argument) string {
			if n > tries/4 {
				return "" // it takes long
			}
			path := a.name("-program")
			argv := [...]uintptr{pointer("program"), path, pointer(strconv.Itoa(n)), 0}
			pid := forkExec(path, uintptr(unsafe.Pointer(&argv[0])))
			_, err := unix.Wait4(pid, nil, unix.WALL, nil)
			must(err)
			return get("ran-" + strconv.Itoa(n))
		},
		report: func(o event.Observation) string {
			if o.Kind != event.Exec || len(o.Argv) != 3 || o.Argv[0] != "program" {
				return ""
			}
			return strings.Join([]string{filepath.Base(o.Path), o.Argv[1], o.Argv[2]}, " ")
		},
		never: true,
	},
	{
		name: "connect, to what", place: portPlace, values: lastBytes,
		try: func(n int, a argument) string {
			if n == 0 {
				for _, listener := range listeners(host, unix.SOCK_STREAM) {
					must(unix.Listen(listener, 2*tries))
				}
			}
			client := open(unix.AF_INET, unix.SOCK_STREAM)
			raw(unix.SYS_CONNECT, uintptr(client), a.address(host), unix.SizeofSockaddrInet4)
			to, err := unix.Getpeername(client)
			must(err)
			return strconv.Itoa(to.(*unix.SockaddrInet4).Port)
		},
		report: portOf(event.Connect), never: true,
	},
	{
		name: "connect, by sending", place: portPlace, values: lastBytes,
		try: func(n int, a argument) string {
			if n == 0 {
				for _, listener := range listeners(host, unix.SOCK_STREAM) {
					must(unix.Listen(listener, 2*tries))
				}
			}
			client := open(unix.AF_INET, unix.SOCK_STREAM)
			raw(unix.SYS_SENDTO, uintptr(client), pointer("x"), 1, unix.MSG_FASTOPEN, a.address(host), unix.SizeofSockaddrInet4)
			to, err := unix.Getpeername(client)
			must(err)
			return strconv.Itoa(to.(*unix.SockaddrInet4).Port)
		},
		report: portOf(event.Connect), never: true,
	},
	{
		name: "sendto, to what", place: portPlace, values: lastBytes,
		try: func(n int, a argument) string {
			if n == 0 {
				servers = listeners(host, unix.SOCK_DGRAM)
			}
			text := strconv.Itoa(n) + " to "
			raw(unix.SYS_SENDTO, uintptr(servers[0]), pointer(text), uintptr(len(text)), 0, a.address(host), unix.SizeofSockaddrInet4)
			for i, last := range lastBytes {
				if _, err := unix.Read(servers[i], make([]byte, 64)); err == nil {
					return text + strconv.Itoa(racePort|int(last))
				}
			}
			return ""
		},
		report: portOf(event.Send), guessed: true,
	},
}

// servers are those that a race sends to.
var servers [2]int

// forkExec executes a program in a child, with arguments that are shared with it. It
// keeps to what a copy of a Go program with one thread can do.
//
//go:norace
//go:nosplit
func forkExec(path, argv uintptr) int {
	pid, _, errno := unix.RawSyscall6(unix.SYS_FORK, 0, 0, 0, 0, 0, 0)
	if errno == 0 && pid == 0 {
		_, _, _ = unix.RawSyscall(unix.SYS_EXECVE, path, argv, 0)
		for {
			_, _, _ = unix.RawSyscall(unix.SYS_EXIT_GROUP, 99, 0, 0)
		}
	}
	return int(pid)
}

// script, as the first argument, makes the test binary what a script's interpreter is: it
// writes down which script with which arguments.
const script = "sensor-test-script"

func runScript(args []string) {
	must(os.WriteFile("ran-"+args[2], []byte(strings.Join(append([]string{filepath.Base(args[0])}, args[1:]...), " ")), 0o644))
	// os.Exit sleeps for a second under the race detector.
	_, _, _ = unix.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
}

// raceProgram runs one race, and writes down what it truly did.
func raceProgram(args []string) {
	unix.Umask(0o022)
	path, err := os.Executable()
	must(err)
	for _, letter := range letters {
		must(os.WriteFile(string(letter)+"-program", fmt.Appendf(nil, "#!%s %s\n", path, script), 0o755))
	}
	for _, race := range races {
		if race.name != args[0] {
			continue
		}
		a := newArgument()
		a[race.place] = race.values[0]
		go a.flip(race.place, race.values)
		var did strings.Builder
		for n := range tries {
			fmt.Fprintln(&did, race.try(n, a))
		}
		must(os.WriteFile("did", []byte(did.String()), 0o644))
		return
	}
	os.Exit(98)
}

// counted counts lines, but for empty ones.
func counted(lines []string) map[string]int {
	count := map[string]int{}
	for _, line := range lines {
		if line != "" {
			count[line]++
		}
	}
	return count
}

// beyond is how often what is in one comes more often there than in the other.
func beyond(one, other map[string]int) (sum uint64) {
	for what, times := range one {
		sum += uint64(max(0, times-other[what]))
	}
	return sum
}

func TestWhatIsChangedWhileACallIsMadeIsSeenOrTold(t *testing.T) {
	t.Parallel()
	for _, race := range races {
		t.Run(race.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			var reported []string
			result, err := new(sensor.Sensor).Trace(patient(t), pendingExec(t, dir, "race", race.name), func(o event.Observation) {
				reported = append(reported, race.report(o))
			})
			skipUnsupported(t, err)
			require.NoError(t, err)
			require.Zero(t, result.Code)
			content, err := os.ReadFile(filepath.Join(dir, "did"))
			require.NoError(t, err)
			did, seen := counted(strings.Split(string(content), "\n")), counted(reported)
			unseen, untrue := beyond(did, seen), beyond(seen, did)
			t.Logf("%d of %d were not seen, %d were seen that were not, %d were told of", unseen, tries, untrue, result.Dropped)
			switch {
			case race.never:
				assert.Equal(t, [3]uint64{}, [3]uint64{unseen, untrue, result.Dropped})
			case race.guessed:
				assert.True(t, unseen+untrue == 0 || result.Dropped > 0)
			default:
				assert.Zero(t, untrue)
				assert.LessOrEqual(t, unseen, result.Dropped)
			}
		})
	}
}

// dying is how many processes are killed in the middle of what they do.
const dying = 40

// dyingProgram starts processes that make, move and delete files, and kills each from
// another processor in the middle of it.
func dyingProgram(args []string) {
	if len(args) == 1 {
		for i := 0; ; i++ {
			name := fmt.Sprint(args[0], "-", i)
			raw(unix.SYS_MKDIR, pointer(name), 0o755)
			raw(unix.SYS_RENAME, pointer(name), pointer(name+"-moved"))
			closing(unix.Open(name, unix.O_WRONLY|unix.O_CREAT, 0o644))
			raw(unix.SYS_SYMLINK, pointer(name), pointer(name+"-link"))
			raw(unix.SYS_UNLINK, pointer(name))
		}
	}
	for i := range dying {
		pid := start("dying", strconv.Itoa(i))
		var all unix.CPUSet
		for cpu := range runtime.NumCPU() {
			all.Set(cpu)
		}
		must(unix.SchedSetaffinity(0, &all)) // the tracer keeps a tree on one
		for first := strconv.Itoa(i) + "-1-moved"; !exists(first); {
			runtime.Gosched()
		}
		for range i * 7 {
			runtime.Gosched()
		}
		must(unix.Kill(pid, unix.SIGKILL))
		wait(pid)
	}
}

// What a call did is there even if its thread did not live to be told.
func TestWhatAKilledProcessDidIsSeen(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds, and -short is set")
	}
	dir := folder(t)
	there := map[string]bool{}
	result, err := new(sensor.Sensor).Trace(patient(t), pendingExec(t, dir, "dying"), func(o event.Observation) {
		name := relative(dir, o.Path)
		switch o.Kind {
		case event.Mkdir, event.Create, event.Symlink:
			there[name] = true
		case event.Rename:
			there[relative(dir, o.To)] = true
			delete(there, name)
		case event.Unlink:
			delete(there, name)
		}
	})
	skipUnsupported(t, err)
	require.NoError(t, err)
	assert.Equal(t, sensor.Result{}, result)
	all, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, entry := range all {
		assert.True(t, there[entry.Name()], "%s is there, and nothing said so", entry.Name())
		delete(there, entry.Name())
	}
	assert.Empty(t, there, "what is not there was said to be")
}
