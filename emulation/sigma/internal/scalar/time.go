package scalar

import "time"

// TimePart is a part of a timestamp that a rule may ask for.
type TimePart uint8

// The parts, named as the modifiers are.
const (
	Minute TimePart = iota + 1
	hour
	day
	week
	month
	Year
)

// String is the name of the modifier.
func (p TimePart) String() string {
	return [...]string{"", "minute", "hour", "day", "week", "month", "year"}[p]
}

// Span is the least and the greatest number of a part.
func (p TimePart) Span() (low, high float64) {
	switch p {
	case Minute:
		return 0, 59
	case hour:
		return 0, 23
	case day:
		return 1, 31
	case week:
		return 1, 53
	case month:
		return 1, 12
	default:
		return 0, 9999
	}
}

// Of takes the part out of a timestamp as it is written, without converting
// zones. [Modifiers: Time Modifiers]
func (p TimePart) Of(s string) (float64, bool) {
	t, ok := parseTimestamp(s)
	if !ok {
		return 0, false
	}
	n := 0
	switch p {
	case Minute:
		n = t.Minute()
	case hour:
		n = t.Hour()
	case day:
		n = t.Day()
	case week:
		_, n = t.ISOWeek()
	case month:
		n = int(t.Month())
	case Year:
		n = t.Year()
	}
	return float64(n), true
}

// parseTimestamp reads RFC 3339 and "2006-01-02 15:04:05.000" and drops the zone.
func parseTimestamp(s string) (time.Time, bool) {
	if len(s) < 19 || len(s) > 40 || s[4] != '-' || s[7] != '-' || s[13] != ':' || s[16] != ':' {
		return time.Time{}, false
	}
	if c := s[10]; c != 'T' && c != 't' && c != ' ' {
		return time.Time{}, false
	}
	y, ok1 := Int(s[0:4])
	mo, ok2 := Int(s[5:7])
	d, ok3 := Int(s[8:10])
	h, ok4 := Int(s[11:13])
	mi, ok5 := Int(s[14:16])
	se, ok6 := Int(s[17:19])
	if !(ok1 && ok2 && ok3 && ok4 && ok5 && ok6) || mo < 1 || mo > 12 || d < 1 || h > 23 || mi > 59 || se > 60 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(mo), d, h, mi, 0, 0, time.UTC)
	if t.Day() != d || !isZone(s[19:]) {
		return time.Time{}, false
	}
	return t.Add(time.Duration(se) * time.Second), true
}

// isZone accepts a fraction and a zone.
func isZone(s string) bool {
	if s != "" && (s[0] == '.' || s[0] == ',') {
		frac, rest := CutDigits(s[1:])
		if frac == "" {
			return false
		}
		s = rest
	}
	switch {
	case s == "" || s == "Z" || s == "z":
		return true
	case s[0] != '+' && s[0] != '-':
		return false
	case len(s) == 6:
		return s[3] == ':' && AllDigits(s[1:3]) && AllDigits(s[4:6])
	default:
		return len(s) == 5 && AllDigits(s[1:])
	}
}
