package shape

import (
	"path"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/clock"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// condition is what a row asks of a record.
type condition func(v *record.Value) bool

// has asks for something at each of the paths.
func has(paths ...string) condition {
	return func(v *record.Value) bool {
		for _, p := range paths {
			if found := v.At(p); found == nil || found.Kind == record.Null {
				return false
			}
		}
		return true
	}
}

// hasOne asks for something at one of the paths.
func hasOne(paths ...string) condition {
	return func(v *record.Value) bool {
		for _, p := range paths {
			if found := v.At(p); found != nil && found.Kind != record.Null {
				return true
			}
		}
		return false
	}
}

// holds asks for a value of a kind at a path.
func holds(kind record.Kind, at string) condition {
	return func(v *record.Value) bool {
		found := v.At(at)
		return found != nil && found.Kind == kind
	}
}

// says asks for a text at a path that is like one of the patterns, in whatever case;
// a star stands for anything but a slash, as package path has it.
func says(at string, patterns ...string) condition {
	return func(v *record.Value) bool {
		text := strings.ToLower(v.Said(at))
		if text == "" {
			return false
		}
		for _, p := range patterns {
			if ok, _ := path.Match(p, text); ok {
				return true
			}
		}
		return false
	}
}

// begins asks for a text at a path that begins so, in whatever case.
func begins(at, with string) condition {
	return func(v *record.Value) bool {
		return strings.HasPrefix(strings.ToLower(v.Said(at)), with)
	}
}

// contains asks for a text at a path that contains another, in whatever case.
func contains(at, inside string) condition {
	return func(v *record.Value) bool {
		return strings.Contains(strings.ToLower(v.Said(at)), inside)
	}
}

func all(of ...condition) condition {
	return func(v *record.Value) bool {
		for _, c := range of {
			if !c(v) {
				return false
			}
		}
		return true
	}
}

func either(of ...condition) condition {
	return func(v *record.Value) bool {
		for _, c := range of {
			if c(v) {
				return true
			}
		}
		return false
	}
}

// usualTimes are where records tell their time, the surest first. What Sysmon says in
// its data comes last: records of other providers in the same file do not have it, and
// all of a file must go by one clock.
var usualTimes = []string{
	"timestamp", "TimeCreated", "SystemTime", "eventTime", "EventTime", "event_time", "@timestamp", "Timestamp", "time", "_time",
	"TimeGenerated", "timeGenerated", "published", "createdDateTime", "activityDateTime", "CreationTime", "CreationDate",
	"requestReceivedTimestamp", "stageTimestamp", "receiveTimestamp", "eventTimestamp", "event.created", "created_at", "createdAt",
	"CreatedAt", "created", "ts", "datetime", "dateTime", "date_time", "date+time", "Date+Time", "utc_time", "local_time", "log_time", "logTime",
	"start_time", "startTime", "__REALTIME_TIMESTAMP", "UtcTime",
}

// timeIn is the first time at one of the paths that can be read; "a+b" is a day and
// what follows it.
func timeIn(v *record.Value, paths []string) (time.Time, bool) {
	for _, p := range paths {
		day, hours, two := strings.Cut(p, "+")
		text := timeText(v.At(day))
		if two {
			text += " " + timeText(v.At(hours))
		}
		if text == "" {
			continue
		}
		if t, ok := clock.Read(text); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// timeText is a time as text; an object is what PowerShell makes of one, or a search
// engine.
func timeText(v *record.Value) string {
	if v != nil && v.Kind == record.Object {
		for _, name := range [...]string{"value", "$date", "SystemTime", "#attributes"} {
			if inside := v.Get(name); inside != nil {
				return timeText(inside)
			}
		}
	}
	if v != nil && v.Kind == record.List && len(v.Members) == 1 {
		return timeText(&v.Members[0].Value)
	}
	return v.Scalar()
}
