package scenario

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Format writes a scenario file the one way: as `terraform fmt` would, comments
// kept. What cannot be parsed is not formatted: it returns nil and why. Files
// for printing the problems: {name: {Bytes: text}}.
func Format(name string, text []byte) ([]byte, hcl.Diagnostics) {
	if _, problems := parseFile(name, text); problems.HasErrors() {
		return nil, problems
	}
	return hclwrite.Format(text), nil
}
