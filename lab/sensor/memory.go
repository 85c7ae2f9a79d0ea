//go:build linux

package sensor

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// The kernel's own bounds on what a call may be given.
const (
	maxPath      = unix.PathMax
	maxName      = 256       // XATTR_NAME_MAX, and the NUL
	maxArgument  = 32 * 4096 // MAX_ARG_STRLEN
	maxArguments = 1 << 17
)

// memory is a process's, read through /proc: Docker's default profile denies
// process_vm_readv. An open file stays with the program it was opened on, so
// each exec needs a new one.
type memory struct{ file *os.File }

func (m *memory) close() {
	if m.file != nil {
		_ = m.file.Close() // it was only read
		m.file = nil
	}
}

// read fills as much of into as is mapped at an address.
func (m *memory) read(tid int, address uint64, into []byte) (int, error) {
	if m.file == nil {
		file, err := openFile(fmt.Sprintf("/proc/%d/mem", tid))
		if err != nil {
			return 0, fmt.Errorf("open memory: %w", err)
		}
		m.file = file
	}
	n, err := unix.Pread(int(m.file.Fd()), into, int64(address))
	if n > 0 {
		return n, nil
	}
	return 0, fmt.Errorf("read memory at %#x: %w", address, err)
}

// readString reads a string up to its NUL, of at most so many bytes.
func (m *memory) readString(tid int, address uint64, most int) (string, error) {
	var first [256]byte
	var whole []byte
	for chunk := first[:]; ; chunk = make([]byte, 4096) {
		n, err := m.read(tid, address, chunk)
		if err != nil {
			return "", err
		}
		if end := bytes.IndexByte(chunk[:n], 0); end >= 0 {
			return string(append(whole, chunk[:end]...)), nil
		}
		whole = append(whole, chunk[:n]...)
		if address += uint64(n); len(whole) >= most {
			return "", fmt.Errorf("text of more than %d bytes", most)
		}
	}
}

// countStrings counts the strings of a vector up to its null pointer, and reads the first.
func (m *memory) countStrings(tid int, address uint64) (count int, first string, err error) {
	if address == 0 {
		return 0, "", nil
	}
	var pointers [8 * 64]byte
	for count < maxArguments {
		n, err := m.read(tid, address, pointers[:])
		if err != nil {
			return 0, "", err
		}
		if n < 8 {
			return 0, "", fmt.Errorf("read vector at %#x: cut short", address)
		}
		for i := 0; i+8 <= n; i += 8 {
			pointer := binary.NativeEndian.Uint64(pointers[i:])
			if pointer == 0 {
				return count, first, nil
			}
			if count == 0 {
				if first, err = m.readString(tid, pointer, maxArgument); err != nil {
					return 0, "", err
				}
			}
			count++
		}
		address += uint64(n &^ 7)
	}
	return 0, "", fmt.Errorf("more than %d strings", maxArguments)
}
