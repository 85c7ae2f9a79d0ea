package behaviour

import "github.com/ringer-lab/ringer/emulation/effect"

// inert is the content of a text that a behaviour leaves: the marker, and a
// line to tell it by.
func inert(line string) []byte { return []byte(effect.Marker + "\n" + line + "\n") }
