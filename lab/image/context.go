package image

import (
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// WriteContext writes, as a tar stream, the folder from which an engine's
// builder lays this image's binary over a service's image. All settings are that
// one's, but for the labels, of which there must be one: they are on all that a
// builder has half made as well. The error is w's.
func (i Image) WriteContext(w io.Writer, base string, labels map[string]string) error {
	binary := strings.TrimPrefix(artifact.Interpreter, "/")
	recipe := "FROM " + base + "\nLABEL"
	for _, name := range sortedKeys(labels) {
		recipe += fmt.Sprintf(" %s=%q", name, labels[name])
	}
	recipe += "\nCOPY " + binary + " " + artifact.Interpreter + "\n"
	files := []entry{{name: "Dockerfile", mode: 0o644, content: []byte(recipe)}}
	for _, file := range i.files {
		if file.name == binary {
			files = append(files, file)
		}
	}
	return writeTar(w, files)
}
