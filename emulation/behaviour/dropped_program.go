package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// standInResource is the version resource of a tool that nobody sells: it says
// what it is.
var standInResource = artifact.Resource{OriginalFileName: "ringer.exe", Description: "ringer stand-in", Product: "ringer"}

// droppedProgram is a program that a behaviour brings along under a name of its own;
// the line tells it from one that the agent would install in its place.
func droppedProgram(path string, resource artifact.Resource) effect.Write {
	return effect.Write{Path: path, Mode: 0o755, Content: append(artifact.Program(resource), "# brought along\n"...)}
}
