package reenact

// Args are the arguments of one step of the behaviour reenact.
type Args map[string]any

// converter converts one recorded event into a step; why says why it cannot, and is
// empty if it can.
type converter func(RecordedEvent) (step Args, why string)

const (
	sysmonChannel   = "Microsoft-Windows-Sysmon/Operational"
	securityChannel = "Security"
)

// notReproducible returns the converter of an event that is not re-enacted, with the
// reason.
func notReproducible(why string) converter {
	return func(RecordedEvent) (Args, string) {
		return nil, "not reproducible: " + why
	}
}

// noImage is the reason to omit an event without a process: the behaviour would
// choose one of its own.
const noImage = "the record does not name the acting process"

// actingProcess returns a process by the names of the fields for its image and its
// user.
func actingProcess(e RecordedEvent, image, user string) Args {
	actor := Args{"image": normalizedPath(e.Data[image])}
	setIfPresent(actor, "user", singleLine(e.Data[user]))
	return actor
}

// singleLine returns a name or title of at most longestLine bytes, without control
// characters.
func singleLine(text string) string { return atMost(replaceControls(text), longestLine) }

// commandLine returns a command line of at most longestCommand bytes, up to the first
// NUL.
func commandLine(text string) string { return atMost(untilNUL(text), longestCommand) }

// setIfPresent sets an argument unless the value is empty or a dash.
func setIfPresent(into Args, name, value string) {
	if value != "" && value != "-" {
		into[name] = value
	}
}

// plain returns nested Args as the maps that behaviour.Behaviour.With takes.
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
