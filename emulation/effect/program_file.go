package effect

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// A program of a Linux asset is a file that the kernel runs by itself: ringer's own
// binary, the text that stands for the program everywhere else ([artifact.Program])
// behind it, and how long that is. Acts, checks and undo know the text alone: what is
// written as such a text becomes the file, and the file is read as the text.

// programEnd ends the file of such a program.
const programEnd = "\x00ringer program"

// trailerSize is that of the text's length, in bytes, with the file's end.
const trailerSize = 4 + len(programEnd)

// elfMagic begins all that the kernel runs without an interpreter.
const elfMagic = "\x7fELF"

// programHead begins the text of a program.
var programHead = []byte("#!" + artifact.Interpreter + " " + artifact.StandIn + "\n")

// SplitProgram finds in a file of some size, in bytes, where ringer's binary ends and
// what text stands for the program. ok is false for any other file, of which the
// binary would be the whole.
func SplitProgram(file io.ReaderAt, size int64) (end int64, text []byte, ok bool) {
	var magic [len(elfMagic)]byte
	if _, err := file.ReadAt(magic[:], 0); err != nil || string(magic[:]) != elfMagic || size < int64(trailerSize) {
		return size, nil, false
	}
	trailer := make([]byte, trailerSize)
	if _, err := file.ReadAt(trailer, size-int64(trailerSize)); err != nil || string(trailer[4:]) != programEnd {
		return size, nil, false
	}
	length := int64(binary.BigEndian.Uint32(trailer))
	end = size - int64(trailerSize) - length
	if end < int64(len(elfMagic)) || length > artifact.MaxProgram {
		return size, nil, false
	}
	text = make([]byte, length)
	if _, err := file.ReadAt(text, end); err != nil {
		return size, nil, false
	}
	return end, text, true
}

// isProgram reports whether a content is the text of a program.
func isProgram(content []byte) bool {
	return bytes.HasPrefix(content, programHead) && len(content) <= artifact.MaxProgram
}

// programBlock is how much of the binary is copied at once.
const programBlock = 1 << 20

// writeProgram writes the file of a program: what from has of ringer's binary, and the
// text. It fails where one of them cannot be read or written.
func writeProgram(to *os.File, from string, text []byte) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	stat, err := source.Stat()
	if err != nil {
		return err
	}
	end, _, _ := SplitProgram(source, stat.Size())
	block := make([]byte, min(end, programBlock))
	for at := int64(0); at < end; {
		n, err := source.ReadAt(block[:min(end-at, programBlock)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if n == 0 {
			return fmt.Errorf("read %s: %w", from, io.ErrUnexpectedEOF)
		}
		if _, err := to.Write(block[:n]); err != nil {
			return err
		}
		at += int64(n)
	}
	trailer := binary.BigEndian.AppendUint32(bytes.Clone(text), uint32(len(text)))
	_, err = to.Write(append(trailer, programEnd...))
	return err
}

// readProgram reads a file as acts know it: a program's as its text.
func readProgram(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if stat.Mode().IsRegular() {
		if _, text, ok := SplitProgram(file, stat.Size()); ok {
			return text, nil
		}
	}
	return io.ReadAll(file)
}
