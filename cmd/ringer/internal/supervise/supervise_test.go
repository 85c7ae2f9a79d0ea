//go:build unix

package supervise

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// envCommand makes the test binary a program whose command is the named one.
const envCommand = "SUPERVISE_TEST_COMMAND"

const broke = 4

// commands are what the second process does; code 130 is of one that ended as asked.
var commands = map[string]func(int) int{
	"code": func(int) int {
		code, _ := strconv.Atoi(os.Args[1])
		return code
	},
	"panic": func(int) int {
		go func() { panic("of a library") }()
		select {}
	},
	"memory": func(int) int {
		return len(make([]byte, 1<<46))
	},
	"killed": func(int) int {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	},
	"prints": func(int) int {
		for {
			fmt.Println("a line")
		}
	},
	"orphan": func(int) int {
		_ = exec.Command("sh", "-c", "sleep 0.5; touch "+os.Args[1]).Start()
		panic("with a child")
	},
	"waits": func(int) int { return say(context.Background()) },
	"ends":  func(int) int { return say(Interruptible(context.Background())) },
	"ends slowly": func(int) int {
		code := say(Interruptible(context.Background()))
		time.Sleep(3 * sameRequest)
		return code
	},
}

// say tells both processes' numbers and waits to be ended.
func say(ctx context.Context) int {
	fmt.Println(os.Getppid(), os.Getpid())
	select {
	case <-ctx.Done():
		return 130
	case <-time.After(time.Minute):
		return 1
	}
}

func TestMain(m *testing.M) {
	command, ok := commands[os.Getenv(envCommand)]
	if !ok {
		os.Exit(m.Run())
	}
	file, _ := os.Executable()
	os.Exit(Main(Program{
		File: file, Args: os.Args, Env: os.Environ(), Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Broke: broke,
	}, command))
}

func program(t *testing.T, command string, args ...string) *exec.Cmd {
	t.Helper()
	file, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), file, args...)
	cmd.Env = append(os.Environ(), envCommand+"="+command)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as a shell starts it
	return cmd
}

func TestTheCodeIsThatOfTheCommandUnlessGoEndedIt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		command string
		args    []string
		want    int
		says    string
	}{
		{"code", []string{"0"}, 0, ""},
		{"code", []string{"1"}, 1, ""},
		{"code", []string{"2"}, 2, ""},
		{"code", []string{"4"}, 4, ""},
		{"panic", nil, broke, "panic: of a library"},
		{"memory", nil, broke, "ringer itself failed"},
		{"killed", nil, broke, "ended by a signal (killed)"},
	} {
		t.Run(test.command+strings.Join(test.args, ""), func(t *testing.T) {
			t.Parallel()
			var stderr bytes.Buffer
			cmd := program(t, test.command, test.args...)
			cmd.Stderr = &stderr
			_ = cmd.Run() // its code is looked at
			assert.Equal(t, test.want, cmd.ProcessState.ExitCode(), stderr.String())
			assert.Contains(t, stderr.String(), test.says)
			if test.says == "" {
				assert.Empty(t, stderr.String())
			}
		})
	}
}

func TestWhatIsLeftBehindIsWaitedFor(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a process adopt what others leave behind")
	}
	done := filepath.Join(t.TempDir(), "done")
	cmd := program(t, "orphan", done)
	_ = cmd.Run() // its code is looked at
	assert.Equal(t, broke, cmd.ProcessState.ExitCode())
	assert.FileExists(t, done)
}

// started starts a program that waits, and gives the numbers of its two processes.
func started(t *testing.T, cmd *exec.Cmd) (first, second int) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _, _ = io.Copy(io.Discard, out) })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	_, err = fmt.Sscan(line, &first, &second)
	require.NoError(t, err)
	require.Equal(t, cmd.Process.Pid, first)
	return first, second
}

func TestASignalEndsBothAsItWouldOne(t *testing.T) {
	t.Parallel()
	toFirst := func(first, _ int) int { return first }
	toBoth := func(first, _ int) int { return -first } // as a terminal and timeout(1) do
	toSecond := func(_, second int) int { return second }
	for _, test := range []struct {
		name, command string
		to            func(first, second int) int
		signals       []syscall.Signal
		code          int
		by            syscall.Signal // 0 is that it ended by itself
	}{
		{"a command that does not hold it back", "waits", toFirst, []syscall.Signal{syscall.SIGTERM}, -1, syscall.SIGTERM},
		{"over a terminal", "waits", toBoth, []syscall.Signal{syscall.SIGINT}, -1, syscall.SIGINT},
		{"a command that ends what it has started", "ends", toFirst, []syscall.Signal{syscall.SIGTERM}, 130, 0},
		{"the same over a terminal", "ends slowly", toBoth, []syscall.Signal{syscall.SIGINT}, 130, 0},
		{"the same where its terminal goes", "ends slowly", toBoth, []syscall.Signal{syscall.SIGHUP}, 130, 0},
		{"sent to the second alone", "ends", toSecond, []syscall.Signal{syscall.SIGINT}, 130, 0},
		{"sent again", "ends slowly", toFirst, []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, -1, syscall.SIGINT},
		{"sent again over a terminal", "ends slowly", toBoth, []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, -1, syscall.SIGINT},
		{"told to say what it is doing", "ends", toFirst, []syscall.Signal{syscall.SIGQUIT}, broke, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if slices.Contains(test.signals, syscall.SIGHUP) && signal.Ignored(syscall.SIGHUP) {
				t.Skip("these tests run under nohup(1), which has every process of theirs ignore the signal")
			}
			cmd := program(t, test.command)
			first, second := started(t, cmd)
			for i, signal := range test.signals {
				if i > 0 {
					time.Sleep(2 * sameRequest)
				}
				require.NoError(t, syscall.Kill(test.to(first, second), signal))
			}
			_ = cmd.Wait() // its end is looked at
			status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
			require.True(t, ok)
			assert.Equal(t, test.code, cmd.ProcessState.ExitCode())
			assert.Equal(t, test.by != 0, status.Signaled())
			if test.by != 0 {
				assert.Equal(t, test.by, status.Signal())
			}
			assert.ErrorIs(t, syscall.Kill(second, 0), syscall.ESRCH, "the second has ended")
		})
	}
}

func TestTheSecondEndsWithTheFirst(t *testing.T) {
	t.Parallel()
	cmd := program(t, "ends")
	first, second := started(t, cmd)
	require.NoError(t, syscall.Kill(first, syscall.SIGKILL))
	_ = cmd.Wait() // it was killed
	assert.Eventually(t, func() bool { return syscall.Kill(second, 0) != nil }, 10*time.Second, 10*time.Millisecond)
}

func TestWhatIsIgnoredStaysIgnored(t *testing.T) {
	t.Parallel()
	file, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), "nohup", file)
	cmd.Env = append(os.Environ(), envCommand+"=ends")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	first, _ := started(t, cmd)
	require.NoError(t, syscall.Kill(-first, syscall.SIGHUP))
	time.Sleep(2 * sameRequest)
	require.NoError(t, syscall.Kill(first, syscall.SIGTERM), "it is still there")
	_ = cmd.Wait() // its code is looked at
	assert.Equal(t, 130, cmd.ProcessState.ExitCode())
}

func TestAReaderThatHasSeenEnoughIsNoFailure(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	cmd := program(t, "prints")
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "a line\n", line)
	require.NoError(t, stdout.Close())
	_ = cmd.Wait() // its code is looked at
	assert.Equal(t, brokenPipe, cmd.ProcessState.ExitCode())
	assert.Empty(t, stderr.String())
}
