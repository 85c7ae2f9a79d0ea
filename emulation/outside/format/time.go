package format

import (
	"strconv"
	"strings"
	"time"
)

// layouts are those in which tools write times. One without a zone is UTC.
var layouts = [...]string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999 MST", "2006-01-02 15:04:05.999999999", "Mon Jan _2 15:04:05 2006 MST", "Mon Jan _2 15:04:05 2006",
	"Jan _2, 2006 @ 15:04:05.999999999",
}

// readTime reads a time as a tool writes it, or the number of seconds, milliseconds,
// microseconds or nanoseconds since 1970. precision is that of its last digit.
func readTime(text string) (at time.Time, precision time.Duration, ok bool) {
	text = strings.TrimSpace(text)
	if at, precision, ok = readEpoch(text); ok {
		return at, precision, true
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), precisionOf(text), true
		}
	}
	return time.Time{}, 0, false
}

// precisionOf is that of the digits after the point; of a time without a point a second.
func precisionOf(text string) time.Duration {
	_, after, found := strings.Cut(text, ".")
	digits := 0
	for found && digits < len(after) && after[digits] >= '0' && after[digits] <= '9' {
		digits++
	}
	precision := time.Second
	for range min(digits, 9) {
		precision /= 10
	}
	return precision
}

// The largest numbers that are seconds, milliseconds and microseconds: of the year 5138.
const (
	mostSeconds = 1e11
	mostMillis  = mostSeconds * 1e3
	mostMicros  = mostSeconds * 1e6
)

func readEpoch(text string) (at time.Time, precision time.Duration, ok bool) {
	whole, fraction, point := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}, 0, false
	}
	unit := time.Second
	switch {
	case n < mostSeconds:
	case n < mostMillis:
		unit = time.Millisecond
	case n < mostMicros:
		unit = time.Microsecond
	default:
		unit = time.Nanosecond
	}
	at = time.Unix(n/int64(time.Second/unit), n%int64(time.Second/unit)*int64(unit)).UTC()
	if !point || unit != time.Second {
		return at, unit, !point
	}
	digits := fraction
	if len(digits) > 9 {
		digits = digits[:9]
	}
	part, err := strconv.ParseInt((digits + "000000000")[:9], 10, 64)
	if err != nil || part < 0 {
		return time.Time{}, 0, false
	}
	return at.Add(time.Duration(part)), precisionOf(text), true
}
