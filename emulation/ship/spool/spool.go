package spool

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"
)

// Limits bound a spool.
type Limits struct {
	// Bytes is how many bytes may wait, Segment how many a file of them has before the
	// next is begun. A file goes once all of it is settled.
	Bytes, Segment int64
}

// ErrFull says that an entry does not fit: as many bytes wait as may.
var ErrFull = errors.New("the spool is full")

// ErrInUse says that another process has the spool open.
var ErrInUse = errors.New("another process is sending from this spool")

// ErrTooLarge says of an entry that it has more than MaxEntry bytes.
var ErrTooLarge = errors.New("the entry is larger than a spool takes")

// Spool is a spool that is open. Its methods are safe for concurrent use; one goroutine
// takes entries.
type Spool struct {
	folder string
	limits Limits
	lock   *flock.Flock

	mutex    sync.Mutex
	segments []segment // the oldest first; the last is written to
	out      *os.File  // the last segment; nil if none was begun by this process
	waiting  int64     // bytes of all segments
	made     uint64
	last     []byte // the newest entry
	position position
	next     place
	ended    bool
	changed  chan struct{} // closed when something was appended, settled or ended
}

// segment is one file.
type segment struct {
	first uint64 // the number of its first entry
	count uint64
	size  int64
}

// place is where the next entry to be taken begins.
type place struct {
	number uint64 // of the entry
	at     int64  // in the segment that has it
}

// position is what the file of the same name says.
type position struct {
	Settled uint64          `json:"settled"`
	State   json.RawMessage `json:"state,omitempty"`
}

const (
	lockFile     = "lock"
	positionFile = "position.json"
	segmentEnd   = ".seg"
)

// Open opens the spool in a folder, which it makes if it is not there. It fails with
// ErrInUse, with a *DamagedError if a file is not as it was written, or if the folder
// cannot be written to.
func Open(folder string, limits Limits) (*Spool, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	lock := flock.New(filepath.Join(folder, lockFile))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("open spool %s: %w", folder, ErrInUse)
	}
	s := &Spool{folder: folder, limits: limits, lock: lock, changed: make(chan struct{})}
	if err := s.read(); err != nil {
		return nil, errors.Join(fmt.Errorf("open spool: %w", err), lock.Close())
	}
	return s, nil
}

// Append adds entries, all of them or none. They survive the end of the process, and
// those of finished segments that of the machine. It fails with ErrFull, with ErrTooLarge,
// or if they cannot be written.
func (s *Spool) Append(entries ...[]byte) error {
	var frames []byte
	for _, entry := range entries {
		if len(entry) > MaxEntry {
			return ErrTooLarge
		}
		frames = appendFrame(frames, entry)
	}
	if len(entries) == 0 {
		return nil
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	// A spool in which nothing waits takes any entry: it must not be stuck.
	if s.waiting+int64(len(frames)) > s.limits.Bytes && s.position.Settled < s.made {
		return ErrFull
	}
	if err := s.write(frames); err != nil {
		return fmt.Errorf("write spool: %w", err)
	}
	at := &s.segments[len(s.segments)-1]
	at.count += uint64(len(entries))
	s.made += uint64(len(entries))
	s.last = entries[len(entries)-1]
	s.signal()
	return nil
}

// write adds frames to the last segment, and begins another if that is as large as one
// may be. What could not be written as a whole is taken back.
func (s *Spool) write(frames []byte) error {
	if err := s.roll(); err != nil {
		return err
	}
	at := &s.segments[len(s.segments)-1]
	if _, err := s.out.Write(frames); err != nil {
		return errors.Join(err, s.out.Truncate(at.size))
	}
	at.size += int64(len(frames))
	s.waiting += int64(len(frames))
	return nil
}

// roll sees to it that there is a segment to write to.
func (s *Spool) roll() error {
	if s.out != nil && s.segments[len(s.segments)-1].size < s.limits.Segment {
		return nil
	}
	if s.out != nil {
		if err := errors.Join(s.out.Sync(), s.out.Close()); err != nil {
			return err
		}
		s.out = nil
	}
	begun := segment{first: s.made + 1, size: int64(len(segmentHead))}
	// One of that number that is there already has no entry: its writer was killed.
	file, err := os.OpenFile(s.nameOf(begun), os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if _, err := file.WriteString(segmentHead); err != nil {
		return errors.Join(err, file.Close())
	}
	s.out = file
	s.segments = append(s.segments, begun)
	s.waiting += begun.size
	return nil
}

func (s *Spool) nameOf(of segment) string {
	return filepath.Join(s.folder, fmt.Sprintf("%020d%s", of.first, segmentEnd))
}

// signal wakes whoever waits.
func (s *Spool) signal() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Changed returns a channel that is closed at the next change.
func (s *Spool) Changed() <-chan struct{} {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.changed
}

// AwaitRoom waits until something was settled since the call, or nothing waits. It fails
// with the cause of ctx.
func (s *Spool) AwaitRoom(ctx context.Context) error {
	s.mutex.Lock()
	before := s.position.Settled
	s.mutex.Unlock()
	for {
		s.mutex.Lock()
		room, changed := s.position.Settled > before || s.position.Settled == s.made, s.changed
		s.mutex.Unlock()
		if room {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-changed:
		}
	}
}

// End says that nothing more is appended by this process.
func (s *Spool) End() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.ended = true
	s.signal()
}

// Made is how many entries there ever were, Settled how many of them are settled.
func (s *Spool) Made() uint64 {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.made
}

// Settled is how many entries are settled: the first ones.
func (s *Spool) Settled() uint64 {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.position.Settled
}

// State is what was noted last with what is settled; nil at first.
func (s *Spool) State() json.RawMessage {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.position.State
}

// Last is the newest entry; nil if none is left.
func (s *Spool) Last() []byte {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.last
}

// Close closes the files; what waits stays. It fails if a file cannot be closed.
func (s *Spool) Close() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var err error
	if s.out != nil {
		err = errors.Join(s.out.Sync(), s.out.Close())
		s.out = nil
	}
	return errors.Join(err, s.lock.Close())
}

// Remove closes the spool and removes its folder. It fails if that cannot be done, and if
// an entry waits.
func (s *Spool) Remove() error {
	s.mutex.Lock()
	waits := s.made - s.position.Settled
	s.mutex.Unlock()
	if waits > 0 {
		return fmt.Errorf("remove spool %s: %d entries wait in it", s.folder, waits)
	}
	if err := errors.Join(s.Close(), os.RemoveAll(s.folder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove spool: %w", err)
	}
	return nil
}
