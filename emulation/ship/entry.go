package ship

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// Entry is one line of one event, as it waits in the spool.
type Entry struct {
	// ID is of 32 hexadecimal digits. It is the same whenever this line of this event
	// of this run is shipped.
	ID string
	// Time is the event's, which is virtual.
	Time time.Time
	// Host is the host name; Source what the event is a record of, such as
	// "windows/security"; Level that of the most severe rule that alerted, or "".
	Host, Source, Level string
	// Run and Event are their ids; Scenario and Step name what it is of. Replay tells
	// that it comes from a recording.
	Run, Event, Scenario, Step string
	Replay                     bool
	// Provenance is that of the event: observed, translated, stated or declared.
	Provenance string
	// Body is the line in its format, without an end of line.
	Body []byte
}

// texts are the texts of an entry, in the order in which they are written.
func (e *Entry) texts() []*string {
	return []*string{&e.ID, &e.Host, &e.Source, &e.Level, &e.Run, &e.Event, &e.Scenario, &e.Step, &e.Provenance}
}

// entryVersion begins each entry in a spool.
const entryVersion = 1

// encode writes an entry: the version, whether it is a replay, its time in nanoseconds
// since 1970 in two parts, the texts and the body, each after its length.
func (e *Entry) encode() []byte {
	out := make([]byte, 0, len(e.Body)+256)
	replay := byte(0)
	if e.Replay {
		replay = 1
	}
	out = append(out, entryVersion, replay)
	out = binary.AppendVarint(out, e.Time.Unix())
	out = binary.AppendUvarint(out, uint64(e.Time.Nanosecond()))
	for _, text := range e.texts() {
		out = binary.AppendUvarint(out, uint64(len(*text)))
		out = append(out, *text...)
	}
	out = binary.AppendUvarint(out, uint64(len(e.Body)))
	return append(out, e.Body...)
}

var errNoEntry = errors.New("it is not an entry of this version of ringer")

// decode reads what encode wrote. It fails for anything else.
func decode(text []byte) (Entry, error) {
	if len(text) < 2 || text[0] != entryVersion || text[1] > 1 {
		return Entry{}, errNoEntry
	}
	e := Entry{Replay: text[1] == 1}
	text = text[2:]
	seconds, n := binary.Varint(text)
	if n <= 0 {
		return Entry{}, errNoEntry
	}
	text = text[n:]
	nanoseconds, n := binary.Uvarint(text)
	if n <= 0 || nanoseconds >= uint64(time.Second) {
		return Entry{}, errNoEntry
	}
	text = text[n:]
	e.Time = time.Unix(seconds, int64(nanoseconds)).UTC()
	take := func() ([]byte, bool) {
		size, n := binary.Uvarint(text)
		if n <= 0 || size > uint64(len(text)-n) {
			return nil, false
		}
		got := text[n : n+int(size)]
		text = text[n+int(size):]
		return got, true
	}
	for _, to := range e.texts() {
		got, ok := take()
		if !ok {
			return Entry{}, errNoEntry
		}
		*to = string(got)
	}
	body, ok := take()
	if !ok || len(text) > 0 {
		return Entry{}, errNoEntry
	}
	e.Body = body
	return e, nil
}

// decodeAll reads entries; it fails for the first that is none.
func decodeAll(texts [][]byte) ([]Entry, error) {
	entries := make([]Entry, len(texts))
	for i, text := range texts {
		var err error
		if entries[i], err = decode(text); err != nil {
			return nil, fmt.Errorf("read entry: %w", err)
		}
	}
	return entries, nil
}
