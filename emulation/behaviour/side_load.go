package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// sideLoad is a program brought along with a library of the name that the real
// program expects beside it. The library is text: it is mapped, and nothing in
// it can run.
type sideLoad struct {
	folder, program, library string
	resource                 artifact.Resource
}

func (s sideLoad) files() (program, library effect.Write) {
	return droppedProgram(s.folder+`\`+s.program, s.resource),
		effect.Write{Path: s.folder + `\` + s.library, Content: artifact.Library(artifact.Resource{}, artifact.Signature{})}
}

// dropped is both files being left by whoever brought them.
func (s sideLoad) dropped() []effect.Act {
	program, library := s.files()
	return []effect.Act{program, library}
}

// started is the program with its library mapped.
func (s sideLoad) started(line string) effect.Process {
	program, _ := s.files()
	process := windowsProgram(program.Path, line, s.load())
	process.Dir = s.folder
	return process
}

func (s sideLoad) load() effect.Load {
	_, library := s.files()
	return effect.Load{Path: library.Path, Record: s.folder + `\mapped.txt`}
}

// checks ask for the program's own word that it has mapped the library.
func (s sideLoad) checks() []effect.Check {
	program, library := s.files()
	load := s.load()
	return []effect.Check{
		effect.ContentIs{Path: program.Path, Content: program.Content},
		effect.ContentIs{Path: library.Path, Content: library.Content},
		effect.ContentIs{Path: load.Record, Content: load.Recorded(library.Content)},
	}
}
