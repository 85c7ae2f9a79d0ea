//go:build linux

package standin

import (
	"fmt"
	"os"
	"syscall"
)

// load maps a file as a loader maps a library, and unmaps it. The mapping can be
// executed; nothing does.
func load(real string) error {
	file, err := os.Open(real)
	if err != nil {
		return err
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		return err
	}
	mapped, err := syscall.Mmap(int(file.Fd()), 0, int(max(stat.Size(), 1)), syscall.PROT_READ|syscall.PROT_EXEC, syscall.MAP_PRIVATE)
	if err != nil {
		return fmt.Errorf("map: %w", err)
	}
	return syscall.Munmap(mapped)
}
