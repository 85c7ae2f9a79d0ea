package format

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/outside"
)

// Limits of what is read at once.
const (
	// MostBytes is the size of a text that is read: a line, a request, an answer.
	MostBytes = 4 << 20
	// MostRecords is how many records one text may have.
	MostRecords = 10_000
)

// Reader reads alerts of one format.
type Reader struct {
	format Format
	fields mapping
	items  []path
}

// New makes a reader of that format. fields are paths by field, in the place of those that
// the format has; items is where the alerts are in a text that has many, empty for where
// the format has them. It returns an error for a format or a field that there is not, and
// for a path that is none.
func New(name string, fields map[string]string, items string) (*Reader, error) {
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		var names []string
		for _, f := range all {
			names = append(names, f.Name)
		}
		return nil, fmt.Errorf("there is no format %q. %s", name, diagnostic.Suggest(name, names))
	}
	r := &Reader{format: all[i], items: all[i].items}
	var err error
	if r.fields, err = all[i].fields.override(fields); err != nil {
		return nil, err
	}
	if len(r.fields[Rule]) == 0 && len(r.fields[RuleID]) == 0 {
		return nil, fmt.Errorf("the format %s must be told where the rule is: map = { rule = \"rule.name\" }", name)
	}
	if items != "" {
		p, err := parsePath(items)
		if err != nil {
			return nil, err
		}
		r.items = []path{p}
	}
	return r, nil
}

// Read is what was read of a text.
type Read struct {
	Alerts []outside.Alert
	// Ignored counts records that are no alerts, Unreadable those that could not be read,
	// the first of them as Problem says.
	Ignored, Unreadable int
	Problem             string
}

func (r *Read) fail(problem string) {
	r.Unreadable++
	if r.Problem == "" {
		r.Problem = problem
	}
}

// Read reads a text of any number of JSON values: alerts, lists of alerts, or answers
// with a list inside.
func (r *Reader) Read(text []byte) Read {
	var out Read
	if len(text) > MostBytes {
		out.fail(fmt.Sprintf("a text has more than %d bytes", MostBytes))
		return out
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	for {
		var value any
		err := decoder.Decode(&value)
		switch {
		case errors.Is(err, io.EOF):
			return out
		case err != nil:
			out.fail("it is not JSON: " + err.Error())
			return out
		}
		if !r.take(value, &out) {
			out.fail(fmt.Sprintf("a text has more than %d records", MostRecords))
			return out
		}
	}
}

// take reads one value; false is that there are too many.
func (r *Reader) take(value any, out *Read) bool {
	if list, ok := value.([]any); ok {
		for _, element := range list {
			if !r.record(element, out) {
				return false
			}
		}
		return true
	}
	for _, p := range r.items {
		if list, ok := listAt(value, p); ok {
			for _, element := range list {
				if !r.record(element, out) {
					return false
				}
			}
			return true
		}
	}
	return r.record(value, out)
}

// listAt finds a list by its path, element of a list it is not.
func listAt(value any, p path) ([]any, bool) {
	for _, name := range p {
		object, ok := value.(map[string]any)
		if !ok {
			return nil, false
		}
		value = object[name]
	}
	list, ok := value.([]any)
	return list, ok
}

// record reads one record; false is that there are too many.
func (r *Reader) record(value any, out *Read) bool {
	if len(out.Alerts)+out.Ignored+out.Unreadable >= MostRecords {
		return false
	}
	object, ok := value.(map[string]any)
	if !ok {
		out.fail("a record is not a JSON object")
		return true
	}
	if r.format.skip != nil && r.format.skip(object) {
		out.Ignored++
		return true
	}
	alert, named := r.fields.alert(object)
	if r.format.adjust != nil {
		r.format.adjust(object, &alert)
		named = alert.Rule != ""
	}
	if !named {
		out.Ignored++
		return true
	}
	if alert.ID == "" {
		alert.ID = digestOf(object)
	}
	out.Alerts = append(out.Alerts, alert)
	return true
}

// digestOf is an id for a record that has none: of the same record it is the same.
func digestOf(record map[string]any) string {
	text, err := json.Marshal(record)
	if err != nil {
		return "" // it was read as JSON
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
