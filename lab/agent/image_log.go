//go:build linux

package agent

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/wire"
)

const (
	// imageLineTimeout is how long the line of a request may take into the daemon's log.
	imageLineTimeout = 5 * time.Second
	imageLinePoll    = 5 * time.Millisecond
)

// imageLog follows one log of an image's daemon by its name.
type imageLog struct {
	name string
	at   int64
	rest []byte // of a line that is not whole yet
}

// newLines gives the whole lines since the last call. A log that has become shorter is
// read from its beginning, one that is not there has none.
func (l *imageLog) newLines() (lines [][]byte, err error) {
	file, err := os.Open(l.name)
	if errors.Is(err, fs.ErrNotExist) {
		l.at, l.rest = 0, nil
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	if stat.Size() < l.at {
		l.at, l.rest = 0, nil
	}
	if stat.Size()-l.at > wire.MaxStepBytes {
		return nil, fmt.Errorf("read log: more than %d MiB were added to %s", wire.MaxStepBytes>>20, l.name)
	}
	added, err := io.ReadAll(io.NewSectionReader(file, l.at, stat.Size()-l.at))
	if err != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	l.at += int64(len(added))
	l.rest = append(l.rest, added...)
	for {
		line, rest, whole := bytes.Cut(l.rest, []byte("\n"))
		if !whole {
			l.rest = bytes.Clone(l.rest)
			return lines, nil
		}
		lines, l.rest = append(lines, line), rest
	}
}

// logLines waits until the daemon has logged a line for each of some requests, and returns
// all that it logged. It fails if a log cannot be read, or if too few lines come in time;
// an image of which no log was named has none.
func (d *imageDaemon) logLines(ctx context.Context, requests int) (all []event.Observation, err error) {
	if len(d.logs) == 0 {
		return nil, nil
	}
	late := time.Now().Add(imageLineTimeout)
	for {
		for _, log := range d.logs {
			lines, err := log.newLines()
			if err != nil {
				return all, err
			}
			for _, line := range lines {
				if len(bytes.TrimSpace(line)) > 0 {
					all = append(all, event.Observation{Kind: event.Line, Path: log.name, Content: bytes.Clone(line)})
				}
			}
		}
		switch {
		case len(all) >= requests:
			return all, nil
		case ctx.Err() != nil:
			return all, context.Cause(ctx)
		case time.Now().After(late):
			return all, fmt.Errorf("the image's daemon logged %d lines within %s, expected one for each of %d requests", len(all), imageLineTimeout, requests)
		}
		time.Sleep(imageLinePoll)
	}
}

// skipLogLines passes over what was logged so far.
func (d *imageDaemon) skipLogLines() error {
	var failed []error
	for _, log := range d.logs {
		_, err := log.newLines()
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
