package reenact

// Args are the arguments of one step of the behaviour reenact.
type Args map[string]any

// converter turns one recorded event into a step; why says what stands against it.
type converter func(RecordedEvent) (step Args, why string)

const (
	sysmonChannel   = "Microsoft-Windows-Sysmon/Operational"
	securityChannel = "Security"
)

// notReproducible converts an event that is not re-enacted: it only says why.
func notReproducible(why string) converter {
	return func(RecordedEvent) (Args, string) {
		return nil, "not reproducible: " + why
	}
}

// noImage is why an event without a process is not performed: the behaviour would
// take one of its own.
const noImage = "the record does not name the acting process"

// actingProcess is a process by the names of the fields that tell of it.
func actingProcess(e RecordedEvent, image, user string) Args {
	actor := Args{"image": normalizedPath(e.Data[image])}
	setIfPresent(actor, "user", singleLine(e.Data[user]))
	return actor
}

// singleLine is a name or title.
func singleLine(text string) string { return atMost(replaceControls(text), longestLine) }

// commandLine is a command line.
func commandLine(text string) string { return atMost(untilNUL(text), longestCommand) }

// setIfPresent enters a text that is there: neither empty nor a dash.
func setIfPresent(into Args, name, value string) {
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
