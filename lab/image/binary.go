package image

import (
	"debug/elf"
	"errors"
	"fmt"
	"io"
)

// ErrNotStandalone says that a binary cannot be the only file of an image.
var ErrNotStandalone = errors.New("an image needs a static Linux program; build it with `make build`")

// machines are the processors we build for, as Go names them.
var machines = map[elf.Machine]string{elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64"}

// architecture gives the processor a binary is for, if it is a program for
// Linux that needs no other file.
func architecture(binary io.ReaderAt) (string, error) {
	program, err := elf.NewFile(binary)
	if err != nil {
		return "", fmt.Errorf("read program: not a Linux program: %w", ErrNotStandalone)
	}
	arch, known := machines[program.Machine]
	switch {
	case !known:
		return "", fmt.Errorf("read program: for processor %s: %w", program.Machine, ErrNotStandalone)
	case program.OSABI != elf.ELFOSABI_NONE && program.OSABI != elf.ELFOSABI_LINUX:
		return "", fmt.Errorf("read program: for %s, not for Linux: %w", program.OSABI, ErrNotStandalone)
	}
	for _, part := range program.Progs {
		if part.Type == elf.PT_INTERP {
			return "", fmt.Errorf("read program: linked dynamically: %w", ErrNotStandalone)
		}
	}
	return arch, nil
}
