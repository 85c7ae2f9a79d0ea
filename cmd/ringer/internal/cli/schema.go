package cli

import (
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/editorschema"
)

func newSchema(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of scenarios and libraries, for editors",
		Long: "Prints the JSON Schema (draft 2020-12) of the files that ringer reads, in the JSON form\n" +
			"that HCL gives every file: which blocks and attributes there are, of which type, and\n" +
			"what each means. What only a whole scenario shows, \"ringer validate\" finds.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return c.printJSON(editorschema.Document()) },
	}
}
