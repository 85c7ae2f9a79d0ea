package sensor

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// attribute tells an extended attribute that is set, or removed where it has no
// value.
func (t *tracer) attribute(th *thread, at spot, name, value, size uint64) after {
	called, err := th.of.memory.text(th.tid, name, longestName)
	if err != nil {
		return t.unreadable(th, err)
	}
	content, err := th.of.memory.some(th.tid, value, size)
	if err != nil {
		return t.unreadable(th, err)
	}
	return t.changed(th, at, func(seen *event.Observation, _, _ unix.Stat_t) {
		seen.Kind, seen.Name, seen.Content = event.Attribute, called, content
	})
}

// attributeAt is setxattrat's, which has the value's address and size in memory
// (struct xattr_args).
func (t *tracer) attributeAt(th *thread, at spot, name, args uint64) after {
	var value [12]byte
	if n, err := th.of.memory.read(th.tid, args, value[:]); err != nil || n < len(value) {
		return t.unreadable(th, fmt.Errorf("read attribute: %w", err))
	}
	return t.attribute(th, at, name, binary.NativeEndian.Uint64(value[:]), uint64(binary.NativeEndian.Uint32(value[8:])))
}
