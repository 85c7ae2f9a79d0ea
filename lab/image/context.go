package image

import (
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// WriteContext writes, as a tar stream, the folder from which an engine's
// builder lays this image's binary over a service's image. All settings are that
// one's.
func (i Image) WriteContext(w io.Writer, base string) error {
	binary := strings.TrimPrefix(effect.Interpreter, "/")
	files := []entry{{name: "Dockerfile", mode: 0o644, content: []byte("FROM " + base + "\nCOPY " + binary + " " + effect.Interpreter + "\n")}}
	for _, file := range i.files {
		if file.name == binary {
			files = append(files, file)
		}
	}
	return writeTar(w, files)
}
