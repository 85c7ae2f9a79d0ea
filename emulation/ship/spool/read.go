package spool

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// DamagedError says which file of a spool is not as it was written.
type DamagedError struct {
	File string
	// Entry is the number of the entry that cannot be read; 0 if it is not one.
	Entry uint64
	Err   error
}

// Error names the file and the entry.
func (e *DamagedError) Error() string {
	if e.Entry == 0 {
		return fmt.Sprintf("%s is damaged: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s is damaged at entry %d: %v", e.File, e.Entry, e.Err)
}

// Unwrap returns the error that says what is wrong with it.
func (e *DamagedError) Unwrap() error { return e.Err }

const (
	// maxPosition is the most bytes that the file of the position may have.
	maxPosition = 1 << 20
	// maxNumber is more entries than there ever are.
	maxNumber = 1 << 62
)

// read reads what an earlier process left.
func (s *Spool) read() error {
	if err := s.readPosition(); err != nil {
		return err
	}
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return err
	}
	s.made, s.next.number = s.position.Settled, s.position.Settled+1
	for _, entry := range entries { // sorted: names have as many digits
		digits, ok := strings.CutSuffix(entry.Name(), segmentEnd)
		first, err := strconv.ParseUint(digits, 10, 64)
		if !ok || err != nil || first == 0 || first > maxNumber {
			continue
		}
		if err := s.readSegment(segment{first: first}); err != nil {
			return err
		}
	}
	if len(s.segments) > 0 && s.segments[0].first > s.position.Settled+1 {
		return &DamagedError{File: s.folder, Entry: s.position.Settled + 1, Err: errors.New("its file is missing")}
	}
	return nil
}

func (s *Spool) readPosition() error {
	name := filepath.Join(s.folder, positionFile)
	text, err := userfile.Read(name, maxPosition)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &s.position); err != nil {
		return &DamagedError{File: name, Err: err}
	}
	if s.position.Settled > maxNumber {
		return &DamagedError{File: name, Err: fmt.Errorf("%d entries cannot be settled", s.position.Settled)}
	}
	return nil
}

// readSegment counts the entries of a file. What its writer had not written to the end
// was never told to anybody: it is cut off.
func (s *Spool) readSegment(of segment) error {
	name := s.nameOf(of)
	if n := len(s.segments); n > 0 {
		expected := s.segments[n-1].first + s.segments[n-1].count
		if expected > of.first || expected < of.first && of.first > s.position.Settled+1 {
			return &DamagedError{File: name, Entry: expected, Err: errors.New("its file is missing")}
		}
	}
	file, err := userfile.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	read, err := newFrames(file, 0)
	if err == nil {
		err = s.count(&of, read)
	}
	switch {
	case errors.Is(err, errTorn):
		if err := os.Truncate(name, of.size); err != nil {
			return err
		}
	case err != nil:
		return &DamagedError{File: name, Entry: of.first + of.count, Err: err}
	}
	if of.count == 0 { // the next one begins anew
		return os.Remove(name)
	}
	s.segments = append(s.segments, of)
	s.waiting += of.size
	s.made = max(s.made, of.first+of.count-1)
	return nil
}

// count counts what can be read of a segment, and notes where the first entry that is
// not settled begins.
func (s *Spool) count(of *segment, read *frames) error {
	for {
		of.size = read.at
		if of.first+of.count == s.next.number {
			s.next.at = read.at
		}
		entry, err := read.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		of.count++
		s.last = entry
	}
}
