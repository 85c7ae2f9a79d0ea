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

// Wrapping is what an asset's image has of one of the user's own besides the binary.
type Wrapping struct {
	// Base is the id of that one.
	Base string
	// Copies are folders of it, by the folder that is to have a copy of each.
	Copies map[string]string
	// Owner is who the copies belong to, as USER:GROUP in numbers.
	Owner  string
	Labels map[string]string
}

// WriteWrapping writes, as a tar stream, the folder from which an engine's builder makes an
// image of one of the user's own, by copies alone: nothing of it is run. Labels must be one
// at least, as for WriteContext. The error is w's.
func (i Image) WriteWrapping(w io.Writer, wrap Wrapping) error {
	binary := strings.TrimPrefix(artifact.Interpreter, "/")
	recipe := "FROM " + wrap.Base + " AS own\nFROM " + wrap.Base + "\nLABEL"
	for _, name := range sortedKeys(wrap.Labels) {
		recipe += fmt.Sprintf(" %s=%q", name, wrap.Labels[name])
	}
	recipe += "\nUSER 0\n"
	for _, to := range sortedKeys(wrap.Copies) {
		recipe += fmt.Sprintf("COPY --from=own --chown=%s [%q, %q]\n", wrap.Owner, wrap.Copies[to], to)
	}
	recipe += "COPY " + binary + " " + artifact.Interpreter + "\n"
	files := []entry{{name: "Dockerfile", mode: 0o644, content: []byte(recipe)}}
	for _, file := range i.files {
		if file.name == binary {
			files = append(files, file)
		}
	}
	return writeTar(w, files)
}
