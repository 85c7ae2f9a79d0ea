package scenario

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// decoder reads one scenario. A part of it is valid if no error was reported while
// the part was read.
type decoder struct {
	diagnostic.Reporter
	vocabulary     Vocabulary
	variableValues map[string]string
	scope          *scope
	taken          map[string]declaration
	declared       map[string]bool
}

func newDecoder(words Vocabulary, given map[string]string) *decoder {
	return &decoder{vocabulary: words, variableValues: given, scope: newScope(), taken: map[string]declaration{}, declared: map[string]bool{}}
}

// decodeBlock reads a block's attributes and blocks by their names.
func (d *decoder) decodeBlock(block *hcl.Block, attributes []string, blocks ...hcl.BlockHeaderSchema) *hcl.BodyContent {
	schema := &hcl.BodySchema{Blocks: blocks}
	for _, name := range attributes {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: name})
	}
	return d.decodeBody(block.Body, schema)
}

// decodeBody reads a body, and says of what it should not hold what it may.
func (d *decoder) decodeBody(body hcl.Body, schema *hcl.BodySchema) *hcl.BodyContent {
	content, problems := body.Content(schema)
	for _, problem := range d.scope.explainUnknown(problems) {
		unsupported := problem.Summary == "Unsupported argument" || problem.Summary == "Unsupported block type"
		if unsupported && !strings.Contains(problem.Detail, "Did you mean to define") {
			detail, _, _ := strings.Cut(problem.Detail, " Did you mean")
			_, from, _ := strings.Cut(detail, `"`)
			name, _, _ := strings.Cut(from, `"`)
			problem.Detail = detail + " " + expected(name, schema, content)
		}
		d.Report(problem)
	}
	return content
}

// expected says what a body may hold. HCL's own nearest name is any within two
// letters, "on" for "to", and it looks for none among dynamic blocks.
func expected(found string, schema *hcl.BodySchema, given *hcl.BodyContent) string {
	var all, missing []string
	for _, attr := range schema.Attributes {
		all = append(all, attr.Name)
		if given.Attributes[attr.Name] == nil {
			missing = append(missing, attr.Name)
		}
	}
	for _, block := range schema.Blocks {
		all, missing = append(all, "a block "+block.Type), append(missing, block.Type)
	}
	if near := diagnostic.Nearest(found, missing); near != "" {
		return fmt.Sprintf("Did you mean %q?", near)
	}
	if len(all) == 0 {
		return "Nothing is expected here."
	}
	return "Expected: " + strings.Join(all, ", ") + "."
}

// requireAttribute gives an attribute that must be there; what says what it is for.
func (d *decoder) requireAttribute(block *hcl.Block, content *hcl.BodyContent, name, what string) *hcl.Attribute {
	attr := content.Attributes[name]
	switch {
	case attr == nil:
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", "This %s must have %q: %s.", block.Type, name, what)
	case d.isNull(attr):
		d.Errorf(diagnostic.AtValue(attr), "Missing attribute", "%q cannot be null: %s.", name, what)
		return nil
	}
	return attr
}
