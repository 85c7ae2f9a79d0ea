package sensor

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// pin keeps the calling thread, and the children it will have, on the processor
// it runs on: a stop is then a switch from tracee to tracer on one processor
// and wakes no other, which more than halves its cost.
func pin() error {
	cpu, err := currentCPU()
	if err != nil {
		return fmt.Errorf("find processor: %w", err)
	}
	var one unix.CPUSet
	one.Set(cpu)
	if err := unix.SchedSetaffinity(0, &one); err != nil {
		return fmt.Errorf("pin to processor %d: %w", cpu, err)
	}
	return nil
}
