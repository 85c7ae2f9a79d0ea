//go:build linux

package detector

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/lab/witness"
)

//go:embed detector.bt
var program string

// endPatience is how long bpftrace may take to hand over what it has.
const endPatience = 20 * time.Second

// Run detects until ctx ends, and writes each alert as a line of JSON. ready is called
// once it sees what happens. The error is witness.ErrUnavailable where the kernel cannot
// be asked, that bpftrace failed or lost events, or out's.
func Run(ctx context.Context, out io.Writer, ready func()) error {
	if err := witness.CheckTraceable(); err != nil {
		return fmt.Errorf("detect: %w", err)
	}
	booted, err := bootTime()
	if err != nil {
		return fmt.Errorf("detect: %w", err)
	}
	var said bytes.Buffer
	traced := exec.CommandContext(ctx, "bpftrace", "-f", "json", "-e", program)
	traced.Env = append(traced.Environ(), "BPFTRACE_STRLEN=120")
	traced.Stderr = &said
	traced.Cancel = func() error { return traced.Process.Signal(unix.SIGINT) }
	traced.WaitDelay = endPatience
	printed, err := traced.StdoutPipe()
	if err != nil {
		return fmt.Errorf("detect: %w", err)
	}
	if err := traced.Start(); err != nil {
		return fmt.Errorf("detect: %w", err)
	}
	readErr := read(printed, reader{booted: booted, pending: map[string]*Alert{}}, out, ready)
	if readErr != nil {
		_ = traced.Cancel() // it may have ended
	}
	err = traced.Wait()
	if ctx.Err() != nil {
		err = nil // it was to end
	}
	if err = errors.Join(readErr, err); err != nil {
		return fmt.Errorf("detect: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return nil
}

// read writes the alerts that bpftrace prints until it ends.
func read(printed io.Reader, r reader, out io.Writer, ready func()) error {
	lines, encoder := bufio.NewReader(printed), json.NewEncoder(out)
	for {
		text, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(text)) > 0 {
			was := r.ready
			alert, err := r.line(text)
			if err != nil {
				return err
			}
			if r.ready && !was {
				ready()
			}
			if alert != nil {
				if err := encoder.Encode(alert); err != nil {
					return err
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// bootTime is when the clock began by which the kernel tells the time of an event.
func bootTime() (time.Time, error) {
	var wall, since unix.Timespec
	if err := errors.Join(unix.ClockGettime(unix.CLOCK_REALTIME, &wall), unix.ClockGettime(unix.CLOCK_MONOTONIC, &since)); err != nil {
		return time.Time{}, fmt.Errorf("read clocks: %w", err)
	}
	return time.Unix(wall.Unix()).Add(-time.Duration(since.Nano())), nil
}
