//go:build linux

package daemon

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

const (
	// lineTimeout is how long a line may take from the service into its log.
	lineTimeout = 10 * time.Second
	linePoll    = time.Millisecond
)

// tail reads what is added to a log, as a forwarder does: by the file that it
// opened once, whatever becomes of the name.
type tail struct {
	file *os.File
	at   int64
	rest []byte // of a line that is not whole yet
}

// openTail starts at the log's end.
func openTail(path string) (*tail, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("follow log: %w", err)
	}
	at, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("follow log: %w", err)
	}
	return &tail{file: file, at: at}, nil
}

// newLines gives the whole lines since the last call. A log that has become shorter
// is read from its beginning.
func (t *tail) newLines() ([]string, error) {
	stat, err := t.file.Stat()
	if err != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	if stat.Size() < t.at {
		t.at, t.rest = 0, nil
	}
	added, err := io.ReadAll(io.NewSectionReader(t.file, t.at, stat.Size()-t.at))
	if err != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	t.at += int64(len(added))
	t.rest = append(t.rest, added...)
	end := bytes.LastIndexByte(t.rest, '\n')
	if end < 0 {
		return nil, nil
	}
	lines := strings.Split(string(t.rest[:end]), "\n")
	t.rest = bytes.Clone(t.rest[end+1:])
	return lines, nil
}

// removeLine removes the last line again, if nothing came after it: a mark is no
// line of the host's. The service opened its log to append, so it goes on at the
// new end.
func (t *tail) removeLine(line string) error {
	end := t.at - int64(len(line)+1)
	stat, err := t.file.Stat()
	if err != nil || stat.Size() != t.at || len(t.rest) > 0 {
		return err
	}
	if err := t.file.Truncate(end); err != nil {
		return fmt.Errorf("remove mark from log: %w", err)
	}
	t.at = end
	return nil
}

// Lines returns what the service has logged since the last call: all of it, as the
// service is made to mark the end. The mark itself is left out. The error is that the
// service does not answer, that it did not log the mark in time, or that its log
// cannot be read.
func (d *Daemon) Lines(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, lineTimeout, errors.New("the service did not write to its log in time"))
	defer cancel()
	last, err := d.markLog(ctx)
	if err != nil {
		return nil, fmt.Errorf("mark the log's end: %w", err)
	}
	var all []string
	for {
		lines, err := d.tail.newLines()
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			if last != "" && strings.Contains(line, last) {
				return all, d.tail.removeLine(line)
			}
			all = append(all, line)
		}
		if last == "" {
			return all, nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(linePoll):
		}
	}
}

// clientName is what the agent calls itself to a service, so that what it causes
// in the log can be distinguished from what a step does.
const clientName = "ringer-agent"
