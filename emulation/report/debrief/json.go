package debrief

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
)

// Schema is the JSON Schema (2020-12) of what JSON writes.
//
//go:embed schema.json
var Schema []byte

// JSON writes an exercise as one document. It fails if w does.
func JSON(w io.Writer, of Document) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	if err := out.Encode(of); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}
