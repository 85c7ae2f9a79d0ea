package behaviour

import "github.com/ringer-lab/ringer/emulation/artifact"

// markedProgram is a dropped program: a stand-in without a version resource, and
// a line to tell it from the one that the agent would install in its place.
func markedProgram(line string) []byte {
	return append(artifact.Program(artifact.Resource{}), "# "+line+"\n"...)
}
