package artifact

import (
	"bytes"
	"encoding/json"
)

// jsonLine encodes texts and numbers by name as one line. Signs that HTML would
// escape stay as they are: a script is long enough already.
func jsonLine(value any) []byte {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("artifact: texts by name cannot be encoded: " + err.Error()) // texts always can
	}
	return line.Bytes()
}
