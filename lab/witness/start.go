//go:build linux

package witness

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// ErrUnavailable says that this machine's kernel cannot be had as a witness.
var ErrUnavailable = errors.New("the kernel's record is not available")

const (
	// startPatience is how long bpftrace may take to compile the script and attach it, and to hand
	// over what it has once it is signalled to end.
	startPatience = 2 * time.Minute
	endPatience   = time.Minute
	// pages are the kernel's buffer for each processor, of 4 KiB.
	pages = 16384
)

// Recorder is a record under way.
type Recorder struct {
	process *exec.Cmd
	stderr  *bytes.Buffer
	begun   chan struct{}
	read    chan *record
}

// Start has the kernel begin to record. Its error is ErrUnavailable where that
// cannot be: not root, no tracefs, no bpftrace.
func Start(ctx context.Context) (*Recorder, error) {
	if err := CheckTraceable(); err != nil {
		return nil, err
	}
	host, err := namespaceOf(os.Getpid())
	if err != nil {
		return nil, err
	}
	r := &Recorder{process: exec.CommandContext(ctx, "bpftrace", "-f", "json", "-e", script(host)), stderr: new(bytes.Buffer),
		begun: make(chan struct{}), read: make(chan *record, 1)}
	r.process.Env = append(r.process.Environ(), "BPFTRACE_STRLEN="+strconv.Itoa(maxString), "BPFTRACE_PERF_RB_PAGES="+strconv.Itoa(pages),
		"BPFTRACE_MAP_KEYS_MAX=65536")
	r.process.Stderr = r.stderr
	out, err := r.process.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the kernel's record: %w", err)
	}
	if err := r.process.Start(); err != nil {
		return nil, fmt.Errorf("start the kernel's record: %w", err)
	}
	go r.collect(out)
	late := time.NewTimer(startPatience)
	defer late.Stop()
	select {
	case <-r.begun:
		return r, nil
	case <-r.read:
		err = r.process.Wait()
	case <-late.C:
		err = fmt.Errorf("it did not start within %s", startPatience)
		_ = r.process.Process.Kill() // it has ended, or ends so
		_ = r.process.Wait()
	}
	return nil, fmt.Errorf("start the kernel's record: %w: %s", errors.Join(err, ctx.Err()), strings.TrimSpace(r.stderr.String()))
}

// CheckTraceable mounts tracefs where that is needed and may be done. Its error is
// ErrUnavailable where the kernel cannot be asked.
func CheckTraceable() error {
	const tracefs = "/sys/kernel/tracing"
	if _, err := exec.LookPath("bpftrace"); err != nil {
		return fmt.Errorf("%w: bpftrace is not installed", ErrUnavailable)
	}
	if os.Getuid() != 0 {
		return fmt.Errorf("%w: only root may trace", ErrUnavailable)
	}
	if _, err := os.Stat(tracefs + "/events/syscalls"); err == nil {
		return nil
	}
	if err := unix.Mount("none", tracefs, "tracefs", 0, ""); err != nil {
		return fmt.Errorf("%w: mount tracefs: %w", ErrUnavailable, err)
	}
	if _, err := os.Stat(tracefs + "/events/syscalls"); err != nil {
		return fmt.Errorf("%w: this kernel has no tracepoints for system calls", ErrUnavailable)
	}
	return nil
}

func (r *Recorder) collect(out io.Reader) {
	found := newRecord()
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			begun := found.begun
			found.readLine(line)
			if found.begun && !begun {
				close(r.begun)
			}
		}
		if err != nil {
			r.read <- found
			return
		}
	}
}

// Stop ends the record and gives its acts, in the order in which they were done.
// The error is that the record is incomplete, or that bpftrace failed.
func (r *Recorder) Stop() ([]Act, error) {
	if err := r.process.Process.Signal(unix.SIGINT); err != nil {
		return nil, fmt.Errorf("stop the kernel's record: %w", err)
	}
	var found *record
	late := time.NewTimer(endPatience)
	defer late.Stop()
	select {
	case found = <-r.read:
	case <-late.C:
		_ = r.process.Process.Kill() // it has ended, or ends so
		found = <-r.read
		found.broken = append(found.broken, fmt.Errorf("bpftrace did not end within %s", endPatience))
	}
	if err := r.process.Wait(); err != nil {
		found.broken = append(found.broken, fmt.Errorf("bpftrace: %w: %s", err, strings.TrimSpace(r.stderr.String())))
	}
	return found.finish()
}

// namespaceOf gives the process namespace of one of this machine's processes.
func namespaceOf(pid int) (uint64, error) {
	link, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/pid", pid))
	if err != nil {
		return 0, fmt.Errorf("find process namespace: %w", err)
	}
	number := strings.TrimSuffix(strings.TrimPrefix(link, "pid:["), "]")
	found, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("find process namespace: %w", err)
	}
	return found, nil
}
