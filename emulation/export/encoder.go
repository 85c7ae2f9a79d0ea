package export

import (
	"bytes"
	"slices"
)

// Encoder writes records in a format that is a stream, each apart from the others.
type Encoder struct {
	buffer bytes.Buffer
	writer Writer
}

// NewEncoder makes an encoder. It fails as [New] does.
func NewEncoder(name string, about Run) (*Encoder, error) {
	e := &Encoder{}
	writer, err := New(name, &e.buffer, about)
	if err != nil {
		return nil, err
	}
	e.writer = writer
	return e, nil
}

// Encode returns the lines of one record without their ends: none if the format cannot
// say it, several if it says it so. It fails if a value cannot be written.
func (e *Encoder) Encode(r Record) ([][]byte, error) {
	e.buffer.Reset()
	if err := e.writer.Write(r); err != nil {
		return nil, err
	}
	if err := e.writer.Close(); err != nil { // hands on what is buffered, and no more
		return nil, err
	}
	var lines [][]byte
	for line := range bytes.Lines(e.buffer.Bytes()) {
		lines = append(lines, slices.Clone(bytes.TrimSuffix(line, []byte{'\n'})))
	}
	return lines, nil
}

// Left is what could not be written so far, by reason.
func (e *Encoder) Left() []Left { return e.writer.Left() }
