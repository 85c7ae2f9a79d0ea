package shape

import (
	"errors"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/auditd"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/winevent"
)

// Given is what is known of the records of an input from outside.
type Given struct {
	// LogSources are those of all records that do not name their own, whatever the
	// records look like.
	LogSources []logevent.LogSource
	// From is the path of a field that names the log source of its record, as
	// [ParseLogSource] reads it.
	From string
}

// Reader makes events of records. It must be used by one goroutine at a time.
type Reader struct {
	Given
	Parser *record.Parser
}

// Around is what is known of a record from what it lies in.
type Around struct {
	Time time.Time
	// LogSources are those of a record that no row of the tables fits.
	LogSources []logevent.LogSource

	depth int
}

// maxWrappers is how many wrappers a record may have around it.
const maxWrappers = 8

var (
	errLogSource = errors.New("logsource must be a mapping of category, product and service")
	errNoObject  = errors.New("the record is not an object")
	errInside    = errors.New("the record inside is neither JSON nor XML nor of auditd")
)

// Events hands out the event of a record, or those of the records in it. It fails where
// the record is no object, or names a log source that is none.
func (r *Reader) Events(v *record.Value, in Around, each func(*logevent.Event)) error {
	if v.Kind != record.Object {
		return errNoObject
	}
	own, err := named(v.Get("logsource"))
	if err != nil {
		return err
	}
	if own != nil {
		each(plain(v, own, in.Time))
		return nil
	}
	fits := rowsOf(v)
	if in.depth < maxWrappers {
		for i := range wrappers {
			if fits.wrappers>>i&1 != 0 && wrappers[i].is(v) {
				return r.unwrap(&wrappers[i], v, in, each)
			}
		}
	}
	e, carries := r.recognised(v, fits, in)
	if e == nil || carries {
		if inside, ok := r.textInside(v); ok && in.depth < maxWrappers {
			in.depth++
			if t, ok := timeIn(v, usualTimes); ok {
				in.Time = t
			}
			return r.Events(&inside, in, each)
		}
	}
	given := r.given(v)
	switch {
	case e == nil && given != nil:
		e = plain(v, given, in.Time)
	case e == nil && in.LogSources != nil:
		e = plain(v, in.LogSources, in.Time)
	case e == nil:
		e = plain(v, Unknown, in.Time)
	case given != nil:
		e.LogSources = given
	}
	each(e)
	return nil
}

// Unknown are the log sources of records that are not known. There is none, which is
// not the same as one that is not to be checked.
var Unknown = []logevent.LogSource{}

// recognised is the event of a record that a row fits, nil if there is none, and
// whether the record may carry another one.
func (r *Reader) recognised(v *record.Value, fits fitting, in Around) (e *logevent.Event, carries bool) {
	for i := range logs {
		l := &logs[i]
		if fits.logs>>i&1 == 0 || !l.is(v) {
			continue
		}
		if l.windows != nil {
			return l.windows.event(r.Parser, v, in.Time), false
		}
		return l.event(v, in.Time), l.carries
	}
	return nil, false
}

func (r *Reader) given(v *record.Value) []logevent.LogSource {
	if r.From != "" {
		if sources := sourcesIn(v.At(r.From)); sources != nil {
			return sources
		}
	}
	return r.LogSources
}

// plain is a record whose fields are taken as they are.
func plain(v *record.Value, sources []logevent.LogSource, at time.Time) *logevent.Event {
	fields := v.Fields(0)
	delete(fields, "logsource")
	withoutContext(fields)
	if t, ok := timeIn(v, usualTimes); ok {
		at = t
	}
	return &logevent.Event{Fields: fields, LogSources: sources, Time: at}
}

// ownContext is where ringer's exports have what they say of an event.
const ownContext = "ringer"

// withoutContext removes what our own exports say of an event, which is no part of it.
func withoutContext(fields map[string]any) {
	if _, ours := fields[ownContext]; ours {
		delete(fields, ownContext)
		delete(fields, "@timestamp")
	}
}

// unwrap hands out the events of the records in a wrapper. It goes on past one that
// cannot be read.
func (r *Reader) unwrap(w *wrapper, v *record.Value, in Around, each func(*logevent.Event)) error {
	in.depth++
	if t, ok := timeIn(v, w.time); ok {
		in.Time = t
	}
	if w.sources != nil {
		in.LogSources = w.sources
	}
	if w.text != nil {
		written := record.OfText(w.text(v))
		return r.inside(w, &written, in, each)
	}
	inside := v.At(w.at)
	if inside.Kind != record.List {
		return r.inside(w, inside, in, each)
	}
	var failed error
	for i := range inside.Members {
		if err := r.inside(w, &inside.Members[i].Value, in, each); err != nil {
			failed = err
		}
	}
	return failed
}

func (r *Reader) inside(w *wrapper, v *record.Value, in Around, each func(*logevent.Event)) error {
	if w.of != "" {
		if t, ok := timeIn(v, w.time); ok {
			in.Time = t
		}
		if deeper := v.At(w.of); deeper != nil {
			v = deeper
		}
	}
	if v.Kind == record.Text {
		parsed, ok := r.parseInside(v.Text)
		if !ok {
			return errInside
		}
		v = &parsed
	}
	return r.Events(v, in, each)
}

// textInside is the record that a member of another one holds as text.
func (r *Reader) textInside(v *record.Value) (record.Value, bool) {
	for _, name := range textMembers {
		if text := v.At(name); text != nil && text.Kind == record.Text {
			if parsed, ok := r.parseInside(text.Text); ok {
				return parsed, true
			}
		}
	}
	return record.Value{}, false
}

func (r *Reader) parseInside(text string) (record.Value, bool) {
	if auditd.IsRecord(text) {
		v, err := auditd.Parse(text)
		return v, err == nil
	}
	if at := strings.Index(text, "<Event"); at > 0 && text[0] != '{' { // after what syslog has before it
		text = text[at:]
	}
	v, ok := winevent.Inside(r.Parser, text)
	return v, ok && v.Kind == record.Object
}
