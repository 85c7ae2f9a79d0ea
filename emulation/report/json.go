package report

import (
	_ "embed"
	"encoding/json"
	"io"

	"github.com/ringer-lab/ringer/emulation/result"
)

// Schema is the JSON Schema (2020-12) of what JSON writes.
//
//go:embed schema.json
var Schema []byte

// JSON writes a run as one document. It fails if w does.
func JSON(w io.Writer, run result.Run) error { return writeDocument(w, run) }

// writeDocument writes indented JSON.
func writeDocument(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
