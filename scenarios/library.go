package scenarios

import (
	"embed"
	"io/fs"
	"path"
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// LibraryFS holds library/**/*.hcl: the behaviours, the kinds of host and the ordinary
// days that scenarios can name, with what these share.
//
//go:embed library
var LibraryFS embed.FS

// Library returns the shipped library. A mistake in it, which its tests would find,
// stops the program.
var Library = sync.OnceValue(func() *behaviour.Library {
	var files []*hcl.File
	var problems hcl.Diagnostics
	err := fs.WalkDir(LibraryFS, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".hcl" {
			return err
		}
		text, err := LibraryFS.ReadFile(name)
		if err != nil {
			return err
		}
		file, found := behaviour.Parse("scenarios/"+name, text)
		files, problems = append(files, file), append(problems, found...)
		return nil
	})
	if err != nil || problems.HasErrors() {
		panic("scenarios: the library cannot be read: " + problems.Error())
	}
	library, problems := behaviour.Read(files...)
	if problems.HasErrors() {
		panic("scenarios: the library is wrong: " + problems.Error())
	}
	return library
})

// Vocabulary returns what scenarios can name of the shipped library.
func Vocabulary() scenario.Vocabulary { return scenario.VocabularyOf(Library()) }
