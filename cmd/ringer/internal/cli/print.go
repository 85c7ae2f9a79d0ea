package cli

import "encoding/json"

// printJSON writes one document to stdout.
func (c *command) printJSON(value any) error {
	out := json.NewEncoder(c.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
