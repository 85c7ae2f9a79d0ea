package scenario

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/ringer-lab/ringer/emulation/bounded"
)

// Format returns a scenario file in the canonical style of `terraform fmt`, comments
// kept. If it cannot be parsed, Format returns nil and the diagnostics. To print
// those with snippets, pass {name: {Bytes: text}} as files.
func Format(name string, text []byte) ([]byte, hcl.Diagnostics) {
	if _, problems := bounded.Parse(name, text); problems.HasErrors() {
		return nil, problems
	}
	return hclwrite.Format(text), nil
}
