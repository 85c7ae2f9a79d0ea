package logformat

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact/logline"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/textline"
)

// Decode reads one line of a log, without its end, into the fields of an event. ok is
// false for a line that is no record.
type Decode func(line string) (fields map[string]any, ok bool)

// The formats.
const (
	JSON     = "json"
	KeyValue = "key_value"
	CSV      = "csv"
	Syslog   = "syslog"
	Combined = "combined"
	Regex    = "regex"
)

// Decoder returns how a log's lines are read. It fails for a format that is not known, or
// that lacks its columns or a pattern that can be used.
func Decoder(of asset.LogSource) (Decode, error) {
	read, err := reader(of)
	if err != nil {
		return nil, err
	}
	return func(line string) (map[string]any, bool) {
		fields, ok := read(line)
		if !ok || len(fields) == 0 {
			return nil, false
		}
		return renamed(fields, of.Fields), true
	}, nil
}

func reader(of asset.LogSource) (Decode, error) {
	switch of.Format {
	case JSON:
		return readJSON, nil
	case KeyValue:
		return func(line string) (map[string]any, bool) { return members(textline.KeyValue(line)) }, nil
	case Syslog:
		return func(line string) (map[string]any, bool) { return members(textline.Syslog(line)) }, nil
	case Combined:
		return func(line string) (map[string]any, bool) {
			read, ok := logline.DecodeAccess(line)
			return read.Fields(), ok
		}, nil
	case CSV:
		return columnsReader(of.Columns, of.Separator)
	case Regex:
		return patternReader(of.Pattern)
	}
	return nil, fmt.Errorf("format %q is not known", of.Format)
}

// readJSON reads an object. Of one in it the fields can be named with a dot.
func readJSON(line string) (map[string]any, bool) {
	decoder := json.NewDecoder(strings.NewReader(line))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return nil, false
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, false
	}
	for name, value := range fields {
		fields[name] = plain(value)
	}
	return fields, true
}

// plain is a value of JSON with numbers as they are of events.
func plain(value any) any {
	switch value := value.(type) {
	case json.Number:
		if whole, err := value.Int64(); err == nil {
			return int(whole)
		}
		real, _ := value.Float64() // JSON has no number that is none
		return real
	case []any:
		for i := range value {
			value[i] = plain(value[i])
		}
	case map[string]any:
		for name := range value {
			value[name] = plain(value[name])
		}
	}
	return value
}

func members(read record.Value, ok bool) (map[string]any, bool) {
	fields := map[string]any{}
	for _, member := range read.Members {
		fields[member.Name] = number(member.Scalar())
	}
	return fields, ok
}

func columnsReader(columns []string, separator string) (Decode, error) {
	if len(columns) == 0 {
		return nil, fmt.Errorf(`format csv needs "columns", the fields in their order`)
	}
	if len([]rune(separator)) > 1 {
		return nil, fmt.Errorf("separator %q must be one character", separator)
	}
	return func(line string) (map[string]any, bool) {
		rows := csv.NewReader(bytes.NewReader([]byte(line)))
		rows.FieldsPerRecord = -1
		for _, r := range separator {
			rows.Comma = r
		}
		values, err := rows.Read()
		if err != nil || len(values) != len(columns) {
			return nil, false
		}
		fields := map[string]any{}
		for i, name := range columns {
			fields[name] = number(values[i])
		}
		return fields, true
	}, nil
}

func patternReader(pattern string) (Decode, error) {
	expr, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("pattern: %w", err)
	}
	if !slices.ContainsFunc(expr.SubexpNames(), func(name string) bool { return name != "" }) {
		return nil, fmt.Errorf(`format regex needs a "pattern" with named groups, such as (?P<User>[a-z]+)`)
	}
	return func(line string) (map[string]any, bool) {
		found := expr.FindStringSubmatch(line)
		fields := map[string]any{}
		for i, name := range expr.SubexpNames() {
			if found != nil && name != "" {
				fields[name] = number(found[i])
			}
		}
		return fields, found != nil
	}, nil
}

// renamed gives fields the names that they have in events. A name with dots leads into an
// object.
func renamed(fields map[string]any, names map[string]string) map[string]any {
	out := map[string]any{}
	for name, value := range fields {
		if _, other := names[name]; !other && value != nil {
			out[name] = value
		}
	}
	for from, to := range names {
		if value, ok := at(fields, from); ok && value != nil {
			out[to] = value
		}
	}
	return out
}

func at(fields map[string]any, path string) (any, bool) {
	if value, ok := fields[path]; ok {
		return value, true
	}
	first, rest, deeper := strings.Cut(path, ".")
	inside, ok := fields[first].(map[string]any)
	if !deeper || !ok {
		return nil, false
	}
	return at(inside, rest)
}

// number is a text as a number where it is one.
func number(text string) any {
	if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text {
		return n
	}
	return text
}
