package behaviour

import "github.com/ringer-lab/ringer/emulation/effect"

// markedText is the content of a text that a behaviour leaves: the marker, and a
// line to tell it by.
func markedText(line string) []byte { return []byte(effect.Marker + "\n" + line + "\n") }

// markedProgram is a dropped program: a stand-in without a version resource, and
// a line to tell it from the one that the agent would lay out in its place.
func markedProgram(line string) []byte {
	return append(effect.Program(effect.Resource{}), "# "+line+"\n"...)
}
