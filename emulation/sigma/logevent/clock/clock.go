package clock

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// layouts are those that tools write, by what a time begins with.
var layouts = [...]string{
	"2006-01-02T15:04:05.999999999Z07:00", // RFC 3339
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02T15:04:05.999999999", // of Sysmon, EvtxECmd, NXLog: without a zone it is UTC
	"2006-01-02 15:04:05.999999999",
	"2006-01-02T15:04:05.999999999Z0700",  // of Logstash, syslog-ng
	"2006-01-02 15:04:05.999999999 Z0700", // of Fluent Bit
	"2006-01-02 15:04:05.999999999 Z07:00",
	"2006-01-02 15:04:05.999999999 MST",
	"2006-01-02 15:04:05.999999999 -0700 MST", // of Go
	"2006-01-02 15:04:05.999999999Z0700",
	"2006-01-02T15:04Z07:00",
	"2006-01-02 15:04",
	"2006-01-02",
	"20060102T150405Z0700", // ISO 8601, basic
	"20060102T150405.999999999Z0700",
	"20060102T150405",
	"2006/01/02 15:04:05.999999999",
	"2006-01-02, 15:04:05.999999999",
	"02/Jan/2006:15:04:05 -0700", // of web servers
	"1/2/2006 3:04:05 PM",        // of Windows PowerShell, Azure and Event Viewer
	"1/2/2006 3:04:05.999999999 PM",
	"1/2/2006, 3:04:05.999999999 PM", // of Log Analytics
	"1/2/2006 3:04 PM",
	"1/2/2006 15:04:05.999999999", // of auditd's interpreted form and Splunk
	"1/2/06 15:04:05.999999999",
	"2.1.2006 15:04:05",
	time.ANSIC,
	time.UnixDate,
	time.RubyDate,
	time.RFC1123,
	time.RFC1123Z,
	time.RFC850,
	"Monday, January 2, 2006 3:04:05 PM",
	"January 2, 2006 3:04:05 PM",
	"January 2, 2006 at 15:04:05.999999999",
	"Jan 2, 2006 @ 15:04:05.999999999", // of Kibana
	"Jan 2, 2006 3:04:05 PM",
	"Jan _2 2006 15:04:05.999999999",
	"_2 Jan 2006 15:04:05.999999999",
	"_2 Jan 2006 15:04:05.999999999 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Jan _2 15:04:05.999999999", // of syslog: no year
	"Jan _2 15:04:05.999999999 MST",
}

// Read reads a time: a number of seconds, milliseconds, microseconds or nanoseconds
// since 1970, one of Windows' 100 nanoseconds since 1601, or one of the layouts that
// tools write. What names no zone is UTC. What names no year is of the year 0.
func Read(s string) (time.Time, bool) {
	if len(s) > 64 {
		return time.Time{}, false
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, !t.IsZero()
	}
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return time.Time{}, false
	}
	if inside, ok := between(s, "/Date(", ")/"); ok { // of ConvertTo-Json in Windows PowerShell
		if zone := strings.IndexAny(inside[min(1, len(inside)):], "+-"); zone >= 0 {
			inside = inside[:zone+1]
		}
		ms, err := strconv.ParseInt(inside, 10, 64)
		return time.UnixMilli(ms).UTC(), err == nil
	}
	if t, ok := number(s); ok {
		return t, true
	}
	// A comma before the fraction is ISO 8601's and Python's.
	if at := strings.LastIndexByte(s, ','); at > 0 && at+1 < len(s) && digit(s[at+1]) && digit(s[at-1]) {
		s = s[:at] + "." + s[at+1:]
	}
	s = strings.TrimSuffix(s, " UTC+00:00")
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, !t.IsZero()
		}
	}
	return time.Time{}, false
}

func between(s, before, after string) (string, bool) {
	s, ok := strings.CutPrefix(s, before)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(s, after)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// number reads a time that is a number; how great it is tells its unit.
func number(s string) (time.Time, bool) {
	if strings.ContainsAny(s, "eE") {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || math.Abs(f) >= 1e18 {
			return time.Time{}, false
		}
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	if n < 1e8 { // before 1973, or a day such as 20240101
		return time.Time{}, false
	}
	var rest int64 // of one unit, in billionths
	if fraction != "" {
		if rest, err = strconv.ParseInt((fraction + "000000000")[:9], 10, 64); err != nil {
			return time.Time{}, false
		}
	}
	switch {
	case n < 1e11:
		return time.Unix(n, rest).UTC(), true
	case n < 1e14:
		return time.UnixMilli(n).Add(time.Duration(rest / 1e3)).UTC(), true
	case n < 1e17:
		return time.UnixMicro(n).Add(time.Duration(rest / 1e6)).UTC(), true
	case n < 1e18:
		return FileTime(uint64(n)), true
	default:
		return time.Unix(0, n).UTC(), true
	}
}

// from1601 are the seconds from Windows' epoch to that of Unix.
const from1601 = 11644473600

// FileTime is a time as Windows counts it, in 100 nanoseconds since 1601.
func FileTime(n uint64) time.Time {
	return time.Unix(int64(n/1e7)-from1601, int64(n%1e7)*100).UTC()
}
