package spool

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// Batch is entries in their order. First is the number of the first one.
type Batch struct {
	First   uint64
	Entries [][]byte
}

// Last is the number of the last entry.
func (b Batch) Last() uint64 { return b.First + uint64(len(b.Entries)) - 1 }

// Take waits for entries that were not taken yet and returns at most that many, with no
// more bytes together than bytes unless one alone has more. It fails with io.EOF after
// End once all were taken, with the cause of ctx, with a *DamagedError, or if the files
// cannot be read.
func (s *Spool) Take(ctx context.Context, most int, bytes int64) (Batch, error) {
	for {
		s.mutex.Lock()
		left, ended, changed := s.made+1 > s.next.number, s.ended, s.changed
		s.mutex.Unlock()
		switch {
		case left:
			return s.take(most, bytes)
		case ended:
			return Batch{}, io.EOF
		}
		select {
		case <-ctx.Done():
			return Batch{}, context.Cause(ctx)
		case <-changed:
		}
	}
}

// take reads entries of one segment, of which there is one.
func (s *Spool) take(most int, bytes int64) (Batch, error) {
	s.mutex.Lock()
	next := s.next
	in := s.segments[slices.IndexFunc(s.segments, func(of segment) bool { return next.number < of.first+of.count })]
	s.mutex.Unlock()
	if next.number == in.first {
		next.at = 0
	}
	batch := Batch{First: next.number}
	reader, err := s.framesOf(in, next.at)
	if err != nil {
		return Batch{}, err
	}
	defer reader.Close()
	size := int64(0)
	for next.number < in.first+in.count && len(batch.Entries) < most {
		entry, err := reader.next()
		if err != nil {
			return Batch{}, &DamagedError{File: s.nameOf(in), Entry: next.number, Err: err}
		}
		if size += int64(len(entry)); size > bytes && len(batch.Entries) > 0 {
			break
		}
		batch.Entries = append(batch.Entries, entry)
		next.number, next.at = next.number+1, reader.at
	}
	s.mutex.Lock()
	s.next = next
	s.mutex.Unlock()
	return batch, nil
}

// openFrames are the frames of a file that is open.
type openFrames struct {
	*frames
	io.Closer
}

// framesOf reads a segment from a place on, as far as it was written.
func (s *Spool) framesOf(of segment, at int64) (openFrames, error) {
	file, err := userfile.Open(s.nameOf(of))
	if err != nil {
		return openFrames{}, fmt.Errorf("read spool: %w", err)
	}
	read, err := newFrames(io.NewSectionReader(file, at, of.size-at), at)
	if err != nil {
		return openFrames{}, errors.Join(&DamagedError{File: file.Name(), Entry: of.first, Err: err}, file.Close())
	}
	return openFrames{read, file}, nil
}

// Settle says that all entries up to that number are settled, and keeps a state with
// that: both are written at once, or neither. Files of which nothing waits any more are
// removed. It fails if the position cannot be written.
func (s *Spool) Settle(upTo uint64, state any) error {
	text, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	now := position{Settled: max(min(upTo, s.made), s.position.Settled), State: text}
	if err := s.writePosition(now); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	s.position = now
	for len(s.segments) > 1 && s.segments[0].first+s.segments[0].count <= now.Settled+1 {
		if err := os.Remove(s.nameOf(s.segments[0])); err != nil {
			return fmt.Errorf("settle: %w", err)
		}
		s.waiting -= s.segments[0].size
		s.segments = s.segments[1:]
	}
	s.signal()
	return nil
}

// writePosition replaces the file as a whole.
func (s *Spool) writePosition(now position) error {
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	name := filepath.Join(s.folder, positionFile)
	if err := os.WriteFile(name+".new", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}
