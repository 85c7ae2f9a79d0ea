package reenact

import (
	"fmt"
	"strings"
)

// converterFor returns how an event is re-enacted. Sysmon and Security report what
// others did, so each of their events needs an act of its own; in any other channel a
// program reports of itself, so the program writes the record again.
func converterFor(e RecordedEvent) converter {
	switch {
	case strings.EqualFold(e.Channel, sysmonChannel):
		if convert, ok := sysmonConverters[e.ID]; ok {
			return convert
		}
		return unsupported("Sysmon", e.ID)
	case strings.EqualFold(e.Channel, securityChannel):
		if convert, ok := securityConverters[e.ID]; ok {
			return convert
		}
		if convert, ok := directoryConverters()[e.ID]; ok {
			return convert
		}
		return unsupported("Security", e.ID)
	}
	if convert, ok := systemConverters[strings.ToLower(e.Channel)][e.ID]; ok {
		return convert
	}
	return convertStatement
}

func unsupported(channel string, id int) converter {
	return notReproducible(fmt.Sprintf("the lab has no act for %s event %d", channel, id))
}
