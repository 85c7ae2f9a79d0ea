package sensor

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// setAttribute reports an extended attribute that is set, or removed where it has no
// value.
func (t *tracer) setAttribute(th *thread, at pathArg, name, value, size uint64) onSuccess {
	called, err := th.process.memory.readString(th.tid, name, maxName)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	content, err := th.process.memory.readData(th.tid, value, size)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	return t.metadataChange(th, at, func(seen *event.Observation, _, _ unix.Stat_t) {
		seen.Kind, seen.Name, seen.Content = event.Attribute, called, content
	})
}

// setAttributeAt is setxattrat's, which has the value's address and size in memory
// (struct xattr_args).
func (t *tracer) setAttributeAt(th *thread, at pathArg, name, args uint64) onSuccess {
	var value [12]byte
	if n, err := th.process.memory.read(th.tid, args, value[:]); err != nil || n < len(value) {
		return t.dropIfSuccessful(th, fmt.Errorf("read attribute: %w", err))
	}
	return t.setAttribute(th, at, name, binary.NativeEndian.Uint64(value[:]), uint64(binary.NativeEndian.Uint32(value[8:])))
}
