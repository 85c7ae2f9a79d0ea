package reenact

import (
	"fmt"
	"strings"
)

// Args are the arguments of one step of the behaviour reenact.
type Args map[string]any

// cast turns one recorded event into a step; why says what stands against it.
type cast func(Recorded) (step Args, why string)

const (
	sysmonChannel   = "Microsoft-Windows-Sysmon/Operational"
	securityChannel = "Security"
)

// castOf finds how an event is re-enacted. Sysmon and Security tell of what
// others did, so each of their events needs an act of its own; any other channel
// holds what a program says of itself, so the program says it again.
func castOf(e Recorded) cast {
	switch {
	case strings.EqualFold(e.Channel, sysmonChannel):
		if known, ok := sysmonCasts[e.ID]; ok {
			return known
		}
		return unknown("Sysmon", e.ID)
	case strings.EqualFold(e.Channel, securityChannel):
		if known, ok := securityCasts[e.ID]; ok {
			return known
		}
		if known, ok := directoryCasts()[e.ID]; ok {
			return known
		}
		return unknown("Security", e.ID)
	}
	if known, ok := systemCasts[strings.ToLower(e.Channel)][e.ID]; ok {
		return known
	}
	return castStatement
}

func unknown(channel string, id int) cast {
	return never(fmt.Sprintf("category not on the stage: nothing there does what event %d of %s tells of", id, channel))
}

// never is the cast of an event that is not re-enacted.
func never(why string) cast {
	return func(Recorded) (Args, string) {
		return nil, "category not on the stage: " + strings.TrimPrefix(why, "category not on the stage: ")
	}
}

// noImage is why an event without a process is not performed: the behaviour would
// take one of its own.
const noImage = "the record names no process that did it"

// actorOf is a process by the names of the fields that tell of it.
func actorOf(e Recorded, image, user string) Args {
	actor := Args{"image": place(e.Data[image])}
	put(actor, "user", line(e.Data[user]))
	return actor
}

// line is a name or title.
func line(text string) string { return atMost(oneLine(text), longestLine) }

// command is a command line.
func command(text string) string { return atMost(untilNUL(text), longestCommand) }

// put enters a text that is there: neither empty nor a dash.
func put(into Args, name, value string) {
	if value != "" && value != "-" {
		into[name] = value
	}
}

// plain is Args all the way down as behaviour.With takes it.
func (a Args) plain() map[string]any {
	out := make(map[string]any, len(a))
	for name, value := range a {
		if inner, ok := value.(Args); ok {
			value = inner.plain()
		}
		out[name] = value
	}
	return out
}
