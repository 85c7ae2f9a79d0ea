package scenario

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/bounded"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// decoder reads one scenario. A part of it is valid if no error was reported while
// the part was read.
type decoder struct {
	diagnostic.Reporter
	budget         *bounded.Budget
	vocabulary     Vocabulary
	variableValues map[string]string
	scope          *scope
	taken          map[string]declaration
	declared       map[string]bool
}

func newDecoder(words Vocabulary, given map[string]string, budget *bounded.Budget) *decoder {
	return &decoder{budget: budget, vocabulary: words, variableValues: given, scope: newScope(), taken: map[string]declaration{}, declared: map[string]bool{}}
}

// decodeBody returns the content of a body. For what the schema does not allow it
// reports what is expected instead.
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

// expected returns a sentence that names what a body may contain. It replaces HCL's
// own suggestion, which takes any name within two letters ("on" for "to") and ignores
// dynamic blocks.
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
