//go:build linux

package sensor

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// programStart is what the kernel laid on the stack of a new program: the name that it was
// executed by, its arguments and its environment. The kernel copied them once, so they
// are what it took, whatever another thread made of them meanwhile.
type programStart struct {
	name      string
	argv, env []string
}

// execName is AT_EXECFN, the key of the name.
const execName = 31

// maxStart bounds what is read of a stack: a program is given at most 6 MiB.
const maxStart = 16 << 20

// errStart says that a program's stack is not laid out as a 64-bit one is.
var errStart = errors.New("the program's stack is not that of this architecture")

// readStart reads it of a process that has just executed a program and has not run.
func (th *thread) readStart() (programStart, error) {
	start, err := stackPointer(th.tid)
	if err != nil {
		return programStart{}, err
	}
	stack := make([]byte, 8<<10) // most programs' whole
	n, err := th.process.memory.read(th.tid, start, stack)
	if err != nil {
		return programStart{}, err
	}
	for n == len(stack) && n < maxStart {
		stack = append(stack, make([]byte, 7*len(stack))...)
		more, err := th.process.memory.read(th.tid, start+uint64(n), stack[n:])
		if n += more; err != nil {
			break // the stack ends there
		}
	}
	return parseStart(start, stack[:n])
}

// parseStart reads what lies on a stack from its pointer up.
func parseStart(start uint64, stack []byte) (programStart, error) {
	at := uint64(0)
	word := func() (uint64, error) {
		if at+8 > uint64(len(stack)) {
			return 0, errStart
		}
		at += 8
		return binary.NativeEndian.Uint64(stack[at-8:]), nil
	}
	text := func(address uint64) (string, error) {
		if address < start || address-start >= uint64(len(stack)) {
			return "", errStart
		}
		text, _, ended := bytes.Cut(stack[address-start:], []byte{0})
		if !ended {
			return "", errStart
		}
		return string(text), nil
	}
	vector := func() (all []string, err error) {
		for {
			address, err := word()
			if err != nil || address == 0 {
				return all, err
			}
			one, err := text(address)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	}
	var given programStart
	count, err := word()
	if err != nil {
		return programStart{}, err
	}
	if given.argv, err = vector(); err != nil {
		return programStart{}, fmt.Errorf("read arguments: %w", err)
	}
	if uint64(len(given.argv)) != count {
		return programStart{}, errStart
	}
	if given.env, err = vector(); err != nil {
		return programStart{}, fmt.Errorf("read environment: %w", err)
	}
	for {
		key, keyErr := word()
		value, err := word()
		if err = errors.Join(keyErr, err); err != nil || key == 0 {
			return programStart{}, fmt.Errorf("read the program's name: %w", errStart)
		}
		if key == execName {
			given.name, err = text(value)
			return given, err
		}
	}
}
