package logevent

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
)

// Decoder reads events from JSON: one object a line, objects one after another
// in any layout, or an array of them. Records are flat or nested fields, with
// their log source under "logsource" if it is to be checked, or Windows events
// with System and EventData, or as Winlogbeat ships them. It goes on past a bad record.
type Decoder struct {
	// LogSources are given to events that do not tell their own.
	LogSources []LogSource
	// KeepRaw sets Event.Raw to the record's text, so that keywords search it.
	KeepRaw bool

	frames framer
}

// DefaultMaxRecord is the most bytes a record may have unless MaxRecord says
// otherwise; a longer one is skipped without being held in memory.
const DefaultMaxRecord = 32 << 20

// NewDecoder reads from r.
func NewDecoder(r io.Reader) *Decoder {
	return &Decoder{frames: newFramer(r, DefaultMaxRecord)}
}

// MaxRecord changes the size limit of a record, before the first Next.
func (d *Decoder) MaxRecord(bytes int) { d.frames.limit = bytes }

// LineError is a record that could not be read. Reading may go on.
type LineError struct {
	Line int // where the record starts
	Err  error
}

// Error is "line N: …".
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap is the error that the record was skipped for.
func (e *LineError) Unwrap() error { return e.Err }

// Next returns the next event, io.EOF at the end, a *LineError for a record
// that was skipped, or what the reader failed with.
func (d *Decoder) Next() (*Event, error) {
	text, line, err := d.frames.next()
	if err != nil {
		return nil, err
	}
	record, err := decodeRecord(text)
	if err != nil {
		return nil, &LineError{line, err}
	}
	ev := FromRecord(record)
	if ev.LogSources == nil {
		ev.LogSources = d.LogSources
	}
	if d.KeepRaw {
		ev.Raw = string(bytes.TrimSpace(text))
	}
	return ev, nil
}

// Line is that of the record Next returned last.
func (d *Decoder) Line() int { return d.frames.line }

var errUTF8 = errors.New("invalid UTF-8")

func decodeRecord(text []byte) (map[string]any, error) {
	if !utf8.Valid(text) {
		return nil, errUTF8
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var record map[string]any
	if err := dec.Decode(&record); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return record, nil
}

// DecodeJSON reads all events of a text at once. It goes on past a record that
// cannot be read; each error tells of one that was skipped.
func DecodeJSON(src []byte) ([]*Event, []*LineError) {
	d := NewDecoder(bytes.NewReader(src))
	var events []*Event
	var skipped []*LineError
	for {
		ev, err := d.Next()
		bad, ok := errors.AsType[*LineError](err)
		switch {
		case err == nil:
			events = append(events, ev)
		case ok:
			skipped = append(skipped, bad)
		default: // the end, as a text in memory is read without fail
			return events, skipped
		}
	}
}

// FromRecord makes an event of a decoded record: a Windows event is flattened and
// told its log sources, other records are taken as they are.
func FromRecord(record map[string]any) *Event {
	if ev := windowsEvent(record); ev != nil {
		return ev
	}
	if ev := winlogEvent(record); ev != nil {
		return ev
	}
	if inside := unwrapEnvelope(record); inside != nil {
		return FromRecord(inside)
	}
	ev := &Event{Fields: record}
	if sources := recordLogSources(record["logsource"]); sources != nil {
		ev.LogSources = sources
		delete(record, "logsource")
	} else if channel := stringOf(record["Channel"]); channel != "" && record["EventID"] != nil {
		ev.LogSources = WindowsLogSources(channel, intOf(record["EventID"]))
		flatten(record, channel)
	}
	ev.Time = recordTime(record)
	return ev
}

// recordLogSources reads the log source a record names, or the list of those it
// belongs to.
func recordLogSources(v any) []LogSource {
	var out []LogSource
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if _, nested := e.([]any); !nested {
				out = append(out, recordLogSources(e)...)
			}
		}
	case map[string]any:
		if l := NewLogSource(stringOf(v["category"]), stringOf(v["product"]), stringOf(v["service"])); !l.IsZero() {
			out = append(out, l)
		}
	}
	return out
}

// timeFields are where records tell their time, the surest first.
var timeFields = []string{"timestamp", "@timestamp", "Timestamp", "time", "UtcTime", "eventTime", "EventTime", "TimeCreated", "SystemTime", "TimeGenerated"}

func recordTime(fields map[string]any) time.Time {
	for _, name := range timeFields {
		if s, ok := fields[name].(string); ok {
			if t, ok := parseTime(s); ok {
				return t
			}
		}
	}
	return time.Time{}
}

func parseTime(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func stringOf(v any) string {
	s, _ := v.(string)
	return s
}

func intOf(v any) int {
	var r fieldreader.Reader
	s, _ := r.ScalarText(v)
	n, _ := scalar.Int(s)
	return n
}
