package debrief

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// printable replaces a character that turns the reading order or moves the cursor.
func printable(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
		return utf8.RuneError
	}
	return r
}

// clock writes a time for a reader.
func clock(at time.Time) string {
	if at.IsZero() {
		return "–"
	}
	return at.UTC().Format("2006-01-02 15:04:05")
}

// passed writes how long something took, in the two largest units.
func passed(seconds float64) string {
	left := int64(seconds)
	var parts []string
	for _, unit := range []struct {
		name string
		of   int64
	}{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}} {
		n := left / unit.of
		left %= unit.of
		if n > 0 || len(parts) > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
		}
	}
	if len(parts) == 0 {
		return "0 s"
	}
	return strings.Join(parts[:min(2, len(parts))], " ")
}

// target says what an objective asks for.
func target(find exercise.Target) string {
	switch {
	case find.Actor != "":
		return "attribute a step to " + find.Actor
	case len(find.Detect) > 0:
		return "a rule that detects " + strings.Join(find.Detect, ", ")
	case len(find.See) > 0:
		return "telemetry that shows " + strings.Join(find.See, ", ")
	}
	return "find " + strings.Join(find.Steps, " or ")
}

// rule says what was expected of a rule, and what it did.
func rule(r exercise.ExpectedRule) string {
	did := ""
	if r.Verdict != "" {
		did = ", " + strings.ReplaceAll(r.Verdict, "_", " ")
	}
	return fmt.Sprintf("%s (%s%s)", r.Title, strings.ReplaceAll(r.Want, "_", " "), did)
}

// seen says who saw a step: rules, people, both or nobody.
func seen(s exercise.DebriefStep) string {
	switch {
	case s.Failed != "":
		return "not performed: " + s.Failed
	case s.Alerted && len(s.Found) > 0:
		return "a rule alerted, and it was hunted"
	case s.Alerted:
		return "a rule alerted, and nobody handed it in"
	case len(s.Found) > 0:
		return "only hunting found it"
	}
	return "nobody saw it"
}

// signed writes points with their sign.
func signed(points int) string {
	if points == 0 {
		return "0"
	}
	return fmt.Sprintf("%+d", points)
}

// status says of a line whether it counts.
func status(l Line) string {
	if l.Counts {
		return "counts"
	}
	return "does not count"
}

// about says in a few words what a finding claims.
func about(f exercise.Finding) string {
	var parts []string
	for _, part := range []string{f.Technique, f.Host, f.Actor} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if !f.Time.IsZero() {
		parts = append(parts, clock(f.Time))
	}
	return strings.Join(parts, ", ")
}
