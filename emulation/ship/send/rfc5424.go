package send

import (
	"strconv"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/ship"
)

// facility is local0, which is for whoever needs one.
const facility = 16

// severities are syslog's by Sigma's level; an event on which no rule alerted is
// informational.
var severities = map[string]int{"critical": 2, "high": 3, "medium": 4, "low": 5}

const informational = 6

// enterprise is the number that RFC 5612 has for documents and examples: ringer has none of
// its own.
const enterprise = "32473"

// The lengths that RFC 5424 allows.
const (
	maxHostname = 255
	maxMsgID    = 32
)

// rfc5424 is an entry as a message of RFC 5424: what ringer says of it is structured data,
// and the message is the line. A line of JSON is UTF-8; it begins without a byte order mark,
// which few readers of JSON expect, so it is MSG-ANY.
func rfc5424(e ship.Entry) []byte {
	severity, known := severities[e.Level]
	if !known {
		severity = informational
	}
	out := make([]byte, 0, len(e.Body)+512)
	out = append(out, '<')
	out = strconv.AppendInt(out, int64(facility*8+severity), 10)
	out = append(out, ">1 "...)
	out = append(out, timestamp(e.Time)...)
	out = append(out, ' ')
	out = append(out, header(e.Host, maxHostname)...)
	out = append(out, " ringer - "...)
	out = append(out, header(e.Source, maxMsgID)...)
	out = append(out, " [ringer@"+enterprise...)
	for _, parameter := range []struct{ name, value string }{
		{"id", e.ID}, {"run", e.Run}, {"event", e.Event}, {"scenario", e.Scenario}, {"step", e.Step}, {"provenance", e.Provenance},
	} {
		if parameter.value != "" {
			out = append(out, " "+parameter.name+`="`+parameterValue(parameter.value)+`"`...)
		}
	}
	if e.Replay {
		out = append(out, ` replay="true"`...)
	}
	out = append(out, "] "...)
	return append(out, e.Body...)
}

// timestamp is a time with the six digits that RFC 5424 allows; "-" where the year has not
// four.
func timestamp(at time.Time) string {
	if at = at.UTC(); at.Year() < 1 || at.Year() > 9999 {
		return "-"
	}
	return at.Format("2006-01-02T15:04:05.000000Z")
}

// header is a field of the header: visible ASCII, of at most that many characters; "-" where
// nothing is left.
func header(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return '_'
		}
		return r
	}, text)
	if text == "" {
		return "-"
	}
	return text[:min(len(text), most)]
}

// parameterValue is the value of a parameter: UTF-8, in which three characters are escaped.
func parameterValue(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, `]`, `\]`).Replace(strings.ToValidUTF8(text, "\uFFFD"))
}
