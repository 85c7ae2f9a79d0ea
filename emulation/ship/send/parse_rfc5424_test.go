package send_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// message is a message of RFC 5424, as its section 6 defines it.
type message struct {
	facility, severity            int
	at                            time.Time
	host, app, process, messageID string
	data                          map[string]map[string]string
	text                          string
}

// parseRFC5424 reads a message and takes nothing that the grammar does not allow.
func parseRFC5424(text string) (message, error) {
	var m message
	rest, ok := strings.CutPrefix(text, "<")
	priority, rest, closed := strings.Cut(rest, ">")
	n, err := strconv.Atoi(priority)
	if !ok || !closed || err != nil || n < 0 || n > 191 || strconv.Itoa(n) != priority {
		return m, fmt.Errorf("PRIVAL %q", priority)
	}
	m.facility, m.severity = n/8, n%8
	if rest, ok = strings.CutPrefix(rest, "1 "); !ok {
		return m, errors.New("VERSION")
	}
	var at string
	for _, field := range []struct {
		name string
		to   *string
		most int
	}{{"TIMESTAMP", &at, 32}, {"HOSTNAME", &m.host, 255}, {"APP-NAME", &m.app, 48}, {"PROCID", &m.process, 128}, {"MSGID", &m.messageID, 32}} {
		*field.to, rest, ok = strings.Cut(rest, " ")
		if !ok || *field.to == "" || len(*field.to) > field.most || strings.ContainsFunc(*field.to, func(r rune) bool { return r < 33 || r > 126 }) {
			return m, fmt.Errorf("%s %q", field.name, *field.to)
		}
	}
	if at != "-" {
		if m.at, err = parseTimestamp(at); err != nil {
			return m, err
		}
	}
	if m.data, rest, err = parseStructuredData(rest); err != nil {
		return m, err
	}
	if rest == "" {
		return m, nil
	}
	if m.text, ok = strings.CutPrefix(rest, " "); !ok {
		return m, fmt.Errorf("no space before MSG: %q", rest)
	}
	if strings.HasPrefix(m.text, "\xef\xbb\xbf") && !utf8.ValidString(m.text) {
		return m, errors.New("MSG-UTF8 that is no UTF-8")
	}
	return m, nil
}

func parseTimestamp(text string) (time.Time, error) {
	at, err := time.Parse("2006-01-02T15:04:05.999999Z07:00", text)
	if err != nil {
		return at, fmt.Errorf("TIMESTAMP %q: %w", text, err)
	}
	if _, fraction, ok := strings.Cut(strings.TrimRight(text, "Z"), "."); ok && len(fraction) > 6 {
		return at, fmt.Errorf("TIME-SECFRAC %q has more than 6 digits", fraction)
	}
	return at, nil
}

func parseStructuredData(rest string) (data map[string]map[string]string, after string, err error) {
	if after, ok := strings.CutPrefix(rest, "-"); ok {
		return nil, after, nil
	}
	data = map[string]map[string]string{}
	for strings.HasPrefix(rest, "[") {
		end := strings.IndexAny(rest, " ]")
		if end < 0 {
			return nil, "", errors.New("SD-ELEMENT without an end")
		}
		id := rest[1:end]
		if !isName(id, true) || data[id] != nil {
			return nil, "", fmt.Errorf("SD-ID %q", id)
		}
		data[id] = map[string]string{}
		rest = rest[end:]
		for strings.HasPrefix(rest, " ") {
			name, value, left, err := parseParameter(rest[1:])
			if err != nil {
				return nil, "", err
			}
			data[id][name], rest = value, left
		}
		var ok bool
		if rest, ok = strings.CutPrefix(rest, "]"); !ok {
			return nil, "", fmt.Errorf("SD-ELEMENT without an end: %q", rest)
		}
	}
	if len(data) == 0 {
		return nil, "", fmt.Errorf("no STRUCTURED-DATA: %q", rest)
	}
	return data, rest, nil
}

func parseParameter(text string) (name, value, rest string, err error) {
	name, rest, ok := strings.Cut(text, `="`)
	if !ok || !isName(name, false) {
		return "", "", "", fmt.Errorf("PARAM-NAME %q", name)
	}
	var out strings.Builder
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; c {
		case '\\':
			if i+1 < len(rest) && strings.IndexByte(`"\]`, rest[i+1]) >= 0 {
				i++
			}
			out.WriteByte(rest[i])
		case '"':
			if !utf8.ValidString(out.String()) {
				return "", "", "", errors.New("PARAM-VALUE that is no UTF-8")
			}
			return name, out.String(), rest[i+1:], nil
		case ']':
			return "", "", "", errors.New("PARAM-VALUE with ] that is not escaped")
		default:
			out.WriteByte(c)
		}
	}
	return "", "", "", errors.New("PARAM-VALUE without an end")
}

// isName is SD-NAME, and with an enterprise number SD-ID.
func isName(text string, enterprise bool) bool {
	name, number, has := strings.Cut(text, "@")
	if has {
		if _, err := strconv.ParseUint(number, 10, 32); err != nil || !enterprise {
			return false
		}
	}
	return name != "" && len(text) <= 32 && !strings.ContainsFunc(name, func(r rune) bool { return r < 33 || r > 126 || strings.ContainsRune(`= ]"`, r) })
}
